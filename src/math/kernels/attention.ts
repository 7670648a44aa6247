import { SegueError } from '../../errors.ts';
import { parallel, threads } from '../pool.ts';
import { addressOf, Region } from './memory.ts';

/**
 * Causal multi-head attention over concatenated sequences; all arrays are in the kernels' memory. Row i of a sequence attends to the rows j ≤ i with
 * the weights softmax_j(q_i·k_j / √width − slope · (i − j)) (Vaswani et al. 2017; linear biases instead of positional encodings: Press et al. 2022).
 */
export interface Attention {
  /** Sequence s has the rows starts[s] … starts[s + 1). */
  starts: Int32Array;
  heads: number;
  /** Floats of one head, a multiple of 4. */
  width: number;
  /** ≥ 0, one per head. */
  slopes: Float32Array;
  /** rows × 3 · heads · width: queries, keys, values. */
  qkv: Float32Array;
  /** rows × heads · width. */
  out: Float32Array;
  /** ln Σ eˢ, rows × heads: what the backward pass needs. */
  logs: Float32Array;
}

/** @param known number of leading rows of every sequence whose outputs are not needed; their keys and values are read. Default 0 */
export function attentionForward(attention: Attention, known = 0): void {
  const { starts, heads, width, slopes, qkv, out, logs } = attention;
  const longest = check(attention);
  const region = new Region();
  try {
    const room = Math.ceil(longest / 4) * 4 + 4;
    const scratch = region.float32(threads() * room);
    const pairs = (starts.length - 1) * heads;
    const shape = [addressOf(starts), heads, width, 1 / Math.sqrt(width), addressOf(slopes)];
    const arrays = [addressOf(qkv), addressOf(out), addressOf(logs), addressOf(scratch)];
    parallel('attentionForward', pairs, 1, [...shape, ...arrays, room, known]);
  } finally {
    region.free();
  }
}

/** Writes ∂loss/∂qkv to dQkv from ∂loss/∂out; must follow the forward pass. */
export function attentionBackward(attention: Attention, dOut: Float32Array, dQkv: Float32Array): void {
  const { starts, heads, width, slopes, qkv, out, logs } = attention;
  check(attention);
  if (dOut.length < starts.at(-1)! * heads * width || dQkv.length < starts.at(-1)! * heads * width * 3)
    throw new SegueError('INTERNAL', { got: 'Gradients of attention that are too short' });
  const pairs = (starts.length - 1) * heads;
  const shape = [addressOf(starts), heads, width, 1 / Math.sqrt(width), addressOf(slopes)];
  const arrays = [qkv, out, logs, dOut, dQkv].map(addressOf);
  parallel('attentionBackward', pairs, 1, [...shape, ...arrays]);
}

/** @returns number of rows of the longest sequence */
function check({ starts, heads, width, slopes, qkv, out, logs }: Attention): number {
  const rows = starts.at(-1)!;
  const fits =
    qkv.length >= rows * heads * width * 3 && out.length >= rows * heads * width && logs.length >= rows * heads;
  if (!fits || width <= 0 || width % 4 !== 0 || slopes.length < heads)
    throw new SegueError('INTERNAL', {
      got: `Arrays of attention for ${rows} rows and ${heads} heads of ${width} numbers`,
      expected: 'heads of a multiple of 4, and room for every row',
    });
  let longest = 0;
  for (let s = 1; s < starts.length; s++) longest = Math.max(longest, starts[s]! - starts[s - 1]!);
  return longest;
}
