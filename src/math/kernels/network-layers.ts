import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { addressOf, Region } from './memory.ts';

/** Floats per block of the elementwise kernels. */
const BLOCK = 1024;
const GRAIN = 16;
/** Rows whose parts of a gain's gradient are summed in one block. */
const ROWS = 128;

const elementwise = (kernel: string, length: number, args: number[]): void =>
  parallel(kernel, Math.ceil(length / BLOCK), GRAIN, args);

/** x ← max(0, x). Lengths in this file are multiples of 4, and arrays are in the kernels' memory. */
export function rectify(x: Float32Array): void {
  elementwise('rectify', x.length, [addressOf(x), x.length]);
}

/** dx ← dx where the rectified y is positive, else 0. */
export function rectifyBackward(y: Float32Array, dx: Float32Array): void {
  elementwise('rectifyBackward', dx.length, [addressOf(y), addressOf(dx), dx.length]);
}

/** x ← x + y. */
export function addTo(x: Float32Array, y: Float32Array): void {
  elementwise('addTo', x.length, [addressOf(x), addressOf(y), x.length]);
}

/**
 * Sets each number to 0 with the given probability and scales the others by 1 / (1 − rate) (Srivastava et al. 2014). The seed determines the mask, so
 * the same call also applies to gradients.
 * @param rate 0 ≤ rate < 1; 0 changes nothing
 */
export function dropout(x: Float32Array, rate: number, seed: number): void {
  if (rate === 0) return;
  elementwise('dropout', x.length, [addressOf(x), x.length, seed, Math.floor(rate * 2 ** 32), 1 / (1 - rate)]);
}

/** y = gain ∘ x / √(mean(x²) + 10⁻⁶), row by row (Zhang & Sennrich 2019). @param inverse per row 1 / √…, for the backward pass */
export function rmsNorm(x: Float32Array, gain: Float32Array, y: Float32Array, inverse: Float32Array): void {
  const width = gain.length;
  const rows = rowsOf(x, width);
  parallel('rmsNormForward', rows, ROWS, [addressOf(x), addressOf(gain), width, addressOf(y), addressOf(inverse)]);
}

/** Adds ∂loss/∂x to dx and overwrites dGain, from ∂loss/∂y. x and inverse are those of the forward pass. */
export function rmsNormBackward(
  forward: { x: Float32Array; gain: Float32Array; inverse: Float32Array },
  dy: Float32Array,
  dx: Float32Array,
  dGain: Float32Array,
): void {
  const { x, gain, inverse } = forward;
  const width = gain.length;
  const rows = rowsOf(x, width);
  const region = new Region();
  try {
    const blocks = Math.ceil(rows / ROWS);
    const sums = region.float32(blocks * width);
    const inputs = [addressOf(x), addressOf(gain), width, addressOf(inverse), addressOf(dy)];
    parallel('rmsNormBackward', rows, ROWS, [...inputs, addressOf(dx), addressOf(sums), ROWS]);
    dGain.fill(0);
    for (let b = 0; b < blocks; b++) for (let j = 0; j < width; j++) dGain[j]! += sums[b * width + j]!;
  } finally {
    region.free();
  }
}

function rowsOf(x: Float32Array, width: number): number {
  if (width % 4 !== 0 || x.length % width !== 0)
    throw new SegueError('INTERNAL', { got: `${x.length} numbers in rows of ${width}`, expected: 'a multiple of 4' });
  return x.length / width;
}
