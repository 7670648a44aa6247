import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { addressOf } from './memory.ts';

/** Floats of a row of the tables that are added to by number: one cache line. */
export const LINE = 16;

/** Rows of a sparse matrix, without values, in the kernels' memory: the first `rows` ones. */
interface Lists {
  readonly rows: number;
  readonly ptr: Int32Array;
  readonly idx: Int32Array;
}

/**
 * out[idx[e]] += x[r] for every entry e of row r: the transposed matrix times a table of LINE floats a row, at the cost of the rows given. All in
 * the kernels' memory; out is added to.
 * @param x rows × LINE @param out as many rows of LINE as idx names; its numbers are not checked @throws SegueError INTERNAL
 */
export function scatterRows({ rows, ptr, idx }: Lists, x: Float32Array, out: Float32Array): void {
  if (ptr.length <= rows || x.length < rows * LINE || (rows > 0 && idx.length < ptr[rows]!))
    throw new SegueError('INTERNAL', { got: `A table of ${x.length} numbers`, expected: `${rows} rows of ${LINE}` });
  // One chunk: rows share targets.
  parallel('scatterRows16', rows, Math.max(1, rows), [addressOf(ptr), addressOf(idx), addressOf(x), addressOf(out)]);
}

/**
 * out[labels[r]] += weights[r] · x[r] over the rows of a table of LINE floats; a negative label is left out. All in the kernels' memory.
 * @param x labels × LINE @param weights as many as labels @param out as many rows of LINE as are labelled; labels are not checked @throws SegueError INTERNAL
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
