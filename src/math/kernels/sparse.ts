import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { addressOf, Region } from './memory.ts';

/** A sparse matrix in the kernels' memory: row r holds columns idx[ptr[r] … ptr[r+1)). */
export interface PlacedCsr {
  ptr: Int32Array;
  idx: Int32Array;
  /** One per entry, or null when each weighs 1. */
  values: Float32Array | null;
  columns: number;
}

/** Below this many columns, a second thread costs more than it gains. */
const RANGE = 65_536;

/**
 * out = Σ_i weights[i] · matrix[rows[i]], dense: the weighted sum of the given rows. Columns must ascend within each row (as `transpose` makes them);
 * threads divide the columns. out is in the kernels' memory, length ≥ columns; overwritten.
 */
export function weightedRowSum(matrix: PlacedCsr, rows: Int32Array, weights: Float32Array, out: Float32Array): void {
  if (out.length < matrix.columns || weights.length < rows.length)
    throw new SegueError('INTERNAL', { got: `${out.length} places`, expected: `${matrix.columns} columns` });
  const region = new Region();
  try {
    parallel('accumulateColumns', matrix.columns, RANGE, [
      matrix.columns,
      addressOf(matrix.ptr),
      addressOf(matrix.idx),
      matrix.values ? addressOf(matrix.values) : 0,
      addressOf(region.place(rows)),
      addressOf(region.place(weights)),
      rows.length,
      addressOf(out),
    ]);
  } finally {
    region.free();
  }
}
