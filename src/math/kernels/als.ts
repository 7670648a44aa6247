import { SegueError } from '../../errors.ts';
import { parallel, threads } from '../pool.ts';
import { addressOf, Region } from './memory.ts';

/**
 * One half-step of alternating least squares: with the other side's factors fixed, every row r gets the x that solves
 * (G + Σ_e w_e y_e y_eᵀ + λ_r I) x = Σ_e t_e y_e over its entries e, by Cholesky. All arrays are in the kernels' memory.
 */
export interface HalfStep {
  /** Row r holds the entries ptr[r] … ptr[r+1). Rows without entries get zeros. */
  ptr: Int32Array;
  idx: Int32Array;
  /** w_e ≥ 0, one per entry or one for all. */
  weights: Float32Array | number;
  /** t_e, one per entry or one for all. */
  targets: Float32Array | number;
  /** λ_r > 0, one per row. */
  lambdas: Float32Array;
  /** G, d × d, symmetric and full: e.g. α₀ YᵀY. */
  gram: Float32Array;
  /** Y, × d, with rows addressed by idx. */
  factors: Float32Array;
  /** Number of factors, a multiple of 8; padding columns of zeros stay zeros. */
  d: number;
  /** x, rows × d: overwritten. */
  out: Float32Array;
  /** Rows [from, to) only, so that a caller can show progress and be cancelled between slices. Default: all. */
  from?: number;
  to?: number;
}

const GRAIN = 128;
const BATCH = 32;

/** @throws SegueError UNSOLVABLE naming the row whose system has no stable solution */
export function solveRows(step: HalfStep): void {
  const { ptr, idx, weights, targets, lambdas, gram, factors, d, out } = step;
  const { from = 0, to = ptr.length - 1 } = step;
  if (d <= 0 || d % 8 !== 0) throw new SegueError('INTERNAL', { got: `${d} factors`, expected: 'a multiple of 8' });
  if (out.length < (ptr.length - 1) * d || lambdas.length < ptr.length - 1 || gram.length < d * d)
    throw new SegueError('INTERNAL', {
      got: 'Arrays of a half-step that are too short',
      expected: `${ptr.length - 1} rows × ${d}`,
    });
  const region = new Region();
  try {
    const scratch = region.float32(threads() * d * (d + BATCH));
    const failed = region.int32(1).fill(-1);
    // The range starts at `from`, so addresses of per-row arrays are shifted.
    parallel('alsRows', to - from, GRAIN, [
      addressOf(ptr) + from * 4,
      addressOf(idx),
      typeof weights === 'number' ? 0 : addressOf(weights),
      typeof weights === 'number' ? weights : 0,
      typeof targets === 'number' ? 0 : addressOf(targets),
      typeof targets === 'number' ? targets : 0,
      addressOf(lambdas) + from * 4,
      addressOf(gram),
      addressOf(factors),
      d,
      addressOf(out) + from * d * 4,
      addressOf(scratch),
      addressOf(failed),
    ]);
    if (failed[0]! >= 0) throw unsolvableRow(from + failed[0]!);
  } finally {
    region.free();
  }
}

export const unsolvableRow = (row: number): SegueError =>
  new SegueError('UNSOLVABLE', {
    got: `The least-squares system of row ${row} has no stable solution`,
    remedy: 'Train with a larger regularisation, or check the weights of that row for extreme values',
  });
