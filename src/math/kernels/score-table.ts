import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { addressOf } from './memory.ts';
import { LINE } from './scatter.ts';

/** Fills an array in the kernels' memory with zeros. */
export function zero(view: Float32Array): void {
  parallel('zeroBytes', view.byteLength, Math.max(1, view.byteLength), [addressOf(view)]);
}

/** Columns of a table and the inputs that they are computed from. All arrays are in the kernels' memory. */
export interface TableColumns {
  /** column = column · scale[group] + first[place] + second[place], each step rounded. */
  readonly walk?: {
    readonly column: number;
    readonly scale: Float32Array;
    /** For each group, its place, or −1 where nothing is added; null: the place is the row. */
    readonly places: Int32Array | null;
    readonly first: Float32Array;
    readonly second: Float32Array;
  };
  /** column = values[row] */
  readonly dense: readonly { readonly column: number; readonly values: Float32Array }[];
  /** column = column · by[group] */
  readonly discount?: { readonly column: number; readonly by: Float32Array };
  /** column = score[artist] · (popularity[group] or unheld) / (entries[artist] + doubt) where the group has an artist of a score above 0. */
  readonly spread?: {
    readonly column: number;
    readonly score: Float32Array;
    readonly artistOf: Int32Array;
    readonly popularity: Float32Array;
    readonly entries: Float32Array;
    readonly unheld: number;
    readonly doubt: number;
  };
}

/** Most dense columns per pass. */
const DENSE = 2;
const BYTES = 4;

/**
 * Computes columns of a table of LINE floats per row, in one pass.
 * @param groupOf group of each row, one per computed row; arrays by group, place or artist are not checked
 * @throws SegueError INTERNAL
 */
export function finishRows(
  table: Float32Array,
  groupOf: Int32Array,
  { walk, dense, discount, spread }: TableColumns,
): void {
  const rows = groupOf.length;
  if (table.length < rows * LINE || dense.length > DENSE || dense.some(({ values }) => values.length < rows))
    throw new SegueError('INTERNAL', {
      got: `A table of ${table.length} numbers`,
      expected: `${rows} rows of ${LINE}`,
    });
  const at = (part: { readonly column: number } | undefined): number => BYTES * (part?.column ?? 0);
  const address = (view: Float32Array | Int32Array | null | undefined): number => (view ? addressOf(view) : 0);
  // A single chunk: the pass is memory-bound, so threads would not help.
  parallel('finishRows16', rows, Math.max(1, rows), [
    addressOf(table),
    addressOf(groupOf),
    at(walk),
    address(walk?.scale),
    address(walk?.places),
    address(walk?.first),
    address(walk?.second),
    ...[0, 1].flatMap((d) => [at(dense[d]), address(dense[d]?.values)]),
    at(discount),
    address(discount?.by),
    at(spread),
    address(spread?.score),
    address(spread?.artistOf),
    address(spread?.popularity),
    address(spread?.entries),
    spread?.unheld ?? 0,
    spread?.doubt ?? 0,
  ]);
}

/**
 * The rows of a table of LINE floats per row that exceed a floor in any column, ascending. All arrays are in the kernels' memory; the results are
 * views.
 * @param floors LINE of them @param out length ≥ rows + 1 @param outMasks length ≥ rows
 * @returns the row numbers, each with a mask of the columns that exceed their floor @throws SegueError INTERNAL
 */
export function rowsAbove(
  table: Float32Array,
  floors: Float32Array,
  out: Int32Array,
  outMasks: Int16Array,
): { readonly rows: Int32Array; readonly masks: Int16Array } {
  const rows = Math.floor(table.length / LINE);
  if (floors.length < LINE || out.length < rows + 1 || outMasks.length < rows)
    throw new SegueError('INTERNAL', {
      got: `Room for ${out.length} rows, ${floors.length} floors`,
      expected: `${rows}, ${LINE}`,
    });
  out[0] = 0;
  const args = [addressOf(table), addressOf(floors), addressOf(out), addressOf(outMasks)];
  // A single chunk: the rows are listed in sequence.
  parallel('rowsAbove16', rows, Math.max(1, rows), args);
  return { rows: out.subarray(1, 1 + out[0]!), masks: outMasks.subarray(0, out[0]!) };
}
