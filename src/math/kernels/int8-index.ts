import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { type FileMemory, fileMemoryOf } from './file-memory.ts';
import { addressOf, Region, regionOf } from './memory.ts';

/** Rows that pass through memory at a time. */
const PASSING = 8192;
/** The query keeps 11 bits, so that its own rounding adds next to nothing and int32 sums cannot overflow. */
const LARGEST = 2047;

/** Rows in int8, each number rounded to 1/127 of its row's largest. */
export interface Int8Rows {
  /** count × `int8Stride(dimension)` */
  readonly rows: Int8Array;
  /** What one unit of each row is worth. */
  readonly scales: Float32Array;
}

/** Bytes from one row of int8 to the next. */
export const int8Stride = (dimension: number): number => Math.ceil(dimension / 16) * 16;

/** Rounds a query to integers. @returns what one of its units is worth */
export function roundQuery(query: ArrayLike<number>, out: Int16Array): number {
  let largest = 0;
  for (let j = 0; j < query.length; j++) largest = Math.max(largest, Math.abs(query[j]!));
  const scale = largest > 0 ? LARGEST / largest : 0;
  for (let j = 0; j < query.length; j++) out[j] = Math.round(query[j]! * scale);
  return scale > 0 ? 1 / scale : 0;
}

/**
 * Search by dot product over rows of which only an int8 copy is kept: a quarter of the memory and of its traffic. A score is wrong by about
 * |row| · |query| / 400. Rows that lie in a file's memory are searched there; others are held in the kernels' memory until `dispose`.
 */
export class Int8Index {
  readonly count: number;
  readonly dimension: number;
  private readonly stride: number;
  private readonly region: Region;
  private readonly stored: Int8Rows;
  /** Where the rows lie; null when that is the kernels' memory. */
  private readonly file: FileMemory | null;
  /** In the kernels' memory. */
  private readonly query: Int16Array;
  private readonly scratch: Float32Array;

  /** @param rows as `toRows` gave them, or count × dimension numbers to be rounded */
  constructor(rows: Int8Rows | Float32Array, dimension: number) {
    const region = regionOf(this);
    this.region = region;
    this.dimension = dimension;
    this.stride = int8Stride(dimension);
    this.query = region.int16(this.stride);
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
    this.scratch = region.float32(this.file ? 0 : this.count);
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

  /** The rows, to be saved: they outlive the index. */
  toRows(): Int8Rows {
    if (this.file) return this.stored;
    this.region.assertLive();
    return { rows: Int8Array.from(this.stored.rows), scales: Float32Array.from(this.stored.scales) };
  }

  /** The score of every row, written to out (length count, any memory). */
  scoresFast(query: ArrayLike<number>, out: Float32Array): void {
    this.check(query);
    const { file, stride, count, scratch, stored } = this;
    if (file) {
      this.inFile(query, null, out.subarray(0, count));
      return;
    }
    const unit = roundQuery(query, this.query);
    const { rows, scales } = stored;
    parallel('dotRows8', count, 8192, [
      addressOf(rows),
      stride,
      addressOf(scales),
      addressOf(this.query),
      unit,
      addressOf(scratch),
    ]);
    out.set(scratch);
  }

  /**
   * As `scoresFast` for some rows: out[i] is the score of row items[i], 0 for a negative item.
   * @param items as many as are scored, in the kernels' memory @param out at least as long, in the kernels' memory
   */
  scoresAt(query: ArrayLike<number>, items: Int32Array, out: Float32Array): void {
    this.check(query);
    if (out.length < items.length)
      throw new SegueError('INTERNAL', { got: `Room for ${out.length} scores`, expected: `${items.length}` });
    if (this.file) {
      this.inFile(query, items, out.subarray(0, items.length));
      return;
    }
    const unit = roundQuery(query, this.query);
    const { rows, scales } = this.stored;
    parallel('dotItems8', items.length, 8192, [
      addressOf(rows),
      this.stride,
      addressOf(scales),
      addressOf(this.query),
      unit,
      addressOf(items),
      addressOf(out),
    ]);
  }

  /** The kernels on the file's memory: what goes in and comes out passes through scratch there. @param items null = all rows */
  private inFile(query: ArrayLike<number>, items: Int32Array | null, out: Float32Array): void {
    const { stride, stored, count } = this;
    const file = this.file!;
    const n = items?.length ?? count;
    const { at, buffer } = file.scratch(2 * stride + 8 * n + 128);
    const itemsAt = at + 2 * stride;
    const outAt = itemsAt + 4 * n;
    const unit = roundQuery(query, new Int16Array(buffer, at, stride).fill(0));
    const shared = [stored.rows.byteOffset, stride, stored.scales.byteOffset, at, unit];
    if (items) {
      new Int32Array(buffer, itemsAt, n).set(items);
      file.kernels.dotItems8!(0, 0, n, ...shared, itemsAt, outAt);
    } else file.kernels.dotRows8!(0, 0, n, ...shared, outAt);
    out.set(new Float32Array(buffer, outAt, n));
  }

  private check(query: ArrayLike<number>): void {
    this.region.assertLive();
    if (query.length !== this.dimension)
      throw new SegueError('INTERNAL', { got: `A query of ${query.length} numbers`, expected: `${this.dimension}` });
  }
}
