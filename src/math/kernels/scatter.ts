import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { addressOf } from './memory.ts';

/** Floats per row in tables for accumulation by number: one cache line. */
export const LINE = 16;

/** The first `rows` rows of a sparse matrix without values, in the kernels' memory. */
interface Lists {
  readonly rows: number;
  readonly ptr: Int32Array;
  readonly idx: Int32Array;
}

/**
 * out[idx[e]] += x[r] for every entry e of row r: the transposed matrix times a table of LINE floats per row, at the cost of only the given rows. All
 * arrays are in the kernels' memory; out is accumulated.
 * @param x rows × LINE @param out as many rows of LINE as idx refers to; idx is not checked @throws SegueError INTERNAL
 */
export function scatterRows({ rows, ptr, idx }: Lists, x: Float32Array, out: Float32Array): void {
  if (ptr.length <= rows || x.length < rows * LINE || (rows > 0 && idx.length < ptr[rows]!))
    throw new SegueError('INTERNAL', { got: `A table of ${x.length} numbers`, expected: `${rows} rows of ${LINE}` });
  // A single chunk, since rows share targets.
  parallel('scatterRows16', rows, Math.max(1, rows), [addressOf(ptr), addressOf(idx), addressOf(x), addressOf(out)]);
}

/**
 * out[labels[r]] += weights[r] · x[r] over the rows of a table of LINE floats per row; skips negative labels. All arrays are in the kernels' memory.
 * @param x labels × LINE @param weights one per label @param out as many rows of LINE as labels refer to; labels are not checked @throws SegueError
 * INTERNAL
 */
export function sumByLabel(x: Float32Array, labels: Int32Array, weights: Float32Array, out: Float32Array): void {
  const rows = labels.length;
  if (x.length < rows * LINE || weights.length < rows)
    throw new SegueError('INTERNAL', { got: `A table of ${x.length} numbers`, expected: `${rows} rows of ${LINE}` });
  parallel('sumByLabel16', rows, Math.max(1, rows), [
    addressOf(x),
    addressOf(labels),
    addressOf(weights),
    addressOf(out),
  ]);
}
