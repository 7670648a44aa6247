import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { addressOf } from './memory.ts';
import type { PlacedCsr } from './sparse.ts';

/**
 * out = M · x for a sparse M (rows × columns) and a dense row-major x (columns × d): rows × d, overwritten. All arrays are in the kernels' memory.
 * @param d any number; a multiple of 4 is fastest @throws SegueError INTERNAL for arrays that are too short
 */
export function sparseTimesDense(matrix: PlacedCsr, x: Float32Array, d: number, out: Float32Array): void {
  const rows = matrix.ptr.length - 1;
  if (x.length < matrix.columns * d || out.length < rows * d)
    throw new SegueError('INTERNAL', {
      got: `A table of ${x.length} numbers in rows of ${d}, and room for ${out.length}`,
      expected: `${matrix.columns} rows, and room for ${rows}`,
    });
  parallel('sparseRows', rows, 256, [
    addressOf(matrix.ptr),
    addressOf(matrix.idx),
    matrix.values ? addressOf(matrix.values) : 0,
    addressOf(x),
    d,
    addressOf(out),
  ]);
}

/** The largest value in each of a table's d columns (d a multiple of 4), 0 where none is larger. All arrays are in the kernels' memory. */
export function columnMaxima(table: Float32Array, d: number, out: Float32Array): void {
  const rows = Math.floor(table.length / d);
  if (d % 4 !== 0 || out.length < d) throw wrongTable(table, d, `room for ${d}`);
  out.fill(0);
  // A single chunk: a second one would reset the maxima.
  parallel('columnMaxima', rows, Math.max(1, rows), [addressOf(table), d, addressOf(out)]);
}

const wrongTable = (table: Float32Array, d: number, expected: string): SegueError =>
  new SegueError('INTERNAL', { got: `A table of ${table.length} numbers in rows of ${d}`, expected });
