import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { type FileMemory, fileMemoryOf } from './file-memory.ts';
import { addressOf, isPlaced, Region, regionOf } from './memory.ts';

/** Rows copied through memory at a time. */
const PASSING = 8192;
/** Queries are rounded to 11 bits, so their own rounding adds next to nothing and int32 sums cannot overflow. */
const LARGEST = 2047;

/** Rows in int8, each number rounded to 1/127 of its row's largest. */
export interface Int8Rows {
  /** count × `int8Stride(dimension)` */
  readonly rows: Int8Array;
  /** The value of one unit in each row. */
  readonly scales: Float32Array;
}

/** Bytes from one row of int8 to the next. */
export const int8Stride = (dimension: number): number => Math.ceil(dimension / 16) * 16;

export type Pair<T> = readonly [T, T];

const kernelFor = (queries: readonly unknown[], items: Int32Array | null): string =>
  `dot${items ? 'Items' : 'Rows'}8${queries.length === 2 ? 'Twice' : ''}`;

/** Rounds a query to integers. @returns the value of one unit */
export function roundQuery(query: ArrayLike<number>, out: Int16Array): number {
  let largest = 0;
  for (let j = 0; j < query.length; j++) largest = Math.max(largest, Math.abs(query[j]!));
  const scale = largest > 0 ? LARGEST / largest : 0;
  for (let j = 0; j < query.length; j++) out[j] = Math.round(query[j]! * scale);
  return scale > 0 ? 1 / scale : 0;
}

/**
 * Search by dot product over rows that are kept only in int8: a quarter of the memory and of the memory traffic. The error of a score is about |row|
 * · |query| / 400. Rows in a file's memory are searched there; others are held in the kernels' memory until `dispose`.
 */
export class Int8Index {
  readonly count: number;
  readonly dimension: number;
  private readonly stride: number;
  private readonly region: Region;
  private readonly stored: Int8Rows;
  /** The file memory that contains the rows; null when they are in the kernels' memory. */
  private readonly file: FileMemory | null;
  /** Two queries, in the kernels' memory. */
  private readonly query: Int16Array;

  /** @param rows as returned by `toRows`, or count × dimension numbers to round */
  constructor(rows: Int8Rows | Float32Array, dimension: number) {
    const region = regionOf(this);
    this.region = region;
    this.dimension = dimension;
    this.stride = int8Stride(dimension);
    this.query = region.int16(2 * this.stride);
    const given = rows instanceof Float32Array ? null : rows;
    this.count = given ? given.scales.length : (rows as Float32Array).length / dimension;
    const wanted = given ? this.count * this.stride : this.count * dimension;
    if ((given?.rows ?? (rows as Float32Array)).length !== wanted || !Number.isInteger(this.count))
      throw new SegueError('INTERNAL', {
        got: `rows of other than ${dimension} numbers`,
        expected: `${this.count} rows`,
      });
    const memory = given && fileMemoryOf(given.rows);
    this.file = memory && fileMemoryOf(given.scales) === memory ? memory : null;
    this.stored = !given
      ? this.quantise(rows as Float32Array)
      : this.file
        ? given
        : { rows: region.place(given.rows), scales: region.place(given.scales) };
  }

  private quantise(data: Float32Array): Int8Rows {
    const { count, dimension, stride, region } = this;
    const rows = region.int8(count * stride);
    const scales = region.float32(count);
    const padded = Math.max(4, Math.ceil(dimension / 4) * 4);
    const passing = new Region();
    try {
      const size = Math.min(count, PASSING);
      const floats = passing.float32(size * padded);
      for (let from = 0; from < count; from += size) {
        const n = Math.min(size, count - from);
        for (let r = 0; r < n; r++)
          floats.set(data.subarray((from + r) * dimension, (from + r + 1) * dimension), r * padded);
        parallel('quantiseRows', n, 4096, [
          addressOf(floats),
          padded,
          addressOf(rows) + from * stride,
          stride,
          addressOf(scales) + 4 * from,
        ]);
      }
    } finally {
      passing.free();
    }
    return { rows, scales };
  }

  /** Frees the kernel memory; a later search is an INTERNAL error. */
  dispose(): void {
    this.region.free();
  }

  /** The rows in a form to save; they outlive the index. */
  toRows(): Int8Rows {
    if (this.file) return this.stored;
    this.region.assertLive();
    return { rows: Int8Array.from(this.stored.rows), scales: Float32Array.from(this.stored.scales) };
  }

  /** The score of every row, written to out (length count, any memory). */
  scoresFast(query: ArrayLike<number>, out: Float32Array): void {
    this.search([query], null, [out.subarray(0, this.count)]);
  }

  /** As `scoresFast` for two queries in one pass, since reading the rows takes longer than multiplying them. */
  scoresOfTwo(queries: Pair<ArrayLike<number>>, outs: Pair<Float32Array>): void {
    this.search(queries, null, [outs[0].subarray(0, this.count), outs[1].subarray(0, this.count)]);
  }

  /**
   * As `scoresFast` for some rows: out[i] is the score of row items[i], 0 for a negative item.
   * @param items in the kernels' memory @param out at least as long as `items`, in the kernels' memory
   */
  scoresAt(query: ArrayLike<number>, items: Int32Array, out: Float32Array): void {
    this.search([query], items, [out]);
  }

  /** As `scoresAt` for two queries in one pass. */
  scoresOfTwoAt(queries: Pair<ArrayLike<number>>, items: Int32Array, outs: Pair<Float32Array>): void {
    this.search(queries, items, outs);
  }

  /** @param queries one or two @param items null = all rows; the results may then be in any memory */
  private search(queries: readonly ArrayLike<number>[], items: Int32Array | null, outs: readonly Float32Array[]): void {
    for (const query of queries) this.check(query);
    const n = items?.length ?? this.count;
    for (const out of outs)
      if (out.length < n) throw new SegueError('INTERNAL', { got: `Room for ${out.length} scores`, expected: `${n}` });
    if (this.file) this.inFile(this.file, queries, items, outs, n);
    else this.inKernels(queries, items, outs, n);
  }

  private inKernels(
    queries: readonly ArrayLike<number>[],
    items: Int32Array | null,
    outs: readonly Float32Array[],
    n: number,
  ): void {
    const { stride, stored, query: rounded } = this;
    const asked = queries.flatMap((query, q) => {
      const room = rounded.subarray(q * stride, (q + 1) * stride);
      return [addressOf(room), roundQuery(query, room)];
    });
    const passing = new Region();
    try {
      const found = outs.map((out) => (items || isPlaced(out) ? out : passing.float32(n)));
      parallel(kernelFor(queries, items), n, 8192, [
        addressOf(stored.rows),
        stride,
        addressOf(stored.scales),
        ...asked,
        ...(items ? [addressOf(items)] : []),
        ...found.map(addressOf),
      ]);
      outs.forEach((out, q) => {
        if (found[q] !== out) out.set(found[q]!);
      });
    } finally {
      passing.free();
    }
  }

  /** Runs the kernels on the file's memory; arguments and results pass through scratch there. */
  private inFile(
    file: FileMemory,
    queries: readonly ArrayLike<number>[],
    items: Int32Array | null,
    outs: readonly Float32Array[],
    n: number,
  ): void {
    const { stride, stored } = this;
    const wide = 2 * stride * queries.length;
    const { at, buffer } = file.scratch(wide + 4 * n * (1 + outs.length) + 128);
    const itemsAt = at + wide;
    const outAt = (q: number): number => itemsAt + 4 * n * (1 + q);
    const asked = queries.flatMap((query, q) => {
      const place = at + 2 * stride * q;
      return [place, roundQuery(query, new Int16Array(buffer, place, stride).fill(0))];
    });
    if (items) new Int32Array(buffer, itemsAt, n).set(items);
    file.kernels[kernelFor(queries, items)]!(
      0,
      0,
      n,
      stored.rows.byteOffset,
      stride,
      stored.scales.byteOffset,
      ...asked,
      ...(items ? [itemsAt] : []),
      ...outs.map((_, q) => outAt(q)),
    );
    outs.forEach((out, q) => {
      out.set(new Float32Array(buffer, outAt(q), n));
    });
  }

  private check(query: ArrayLike<number>): void {
    this.region.assertLive();
    if (query.length !== this.dimension)
      throw new SegueError('INTERNAL', { got: `A query of ${query.length} numbers`, expected: `${this.dimension}` });
  }
}
