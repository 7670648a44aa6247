import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { TopK } from '../topk.ts';
import { int8Stride, roundQuery } from './int8-index.ts';
import { addressOf, Region, regionOf } from './memory.ts';

/** Scores per block of the parallel selection: small enough to distribute, large enough that merging costs next to nothing. */
const BLOCK = 16_384;
/** Candidates of the int8 pass per wanted result; the float32 pass decides among them. */
const OVERSAMPLING = 4;

export interface SearchOptions {
  /** One byte per row, 0 = must not be returned. */
  allowed?: Uint8Array | null;
  /** Only scores above it are returned. Default: none. */
  floor?: number;
}

export interface SearchResult {
  items: Int32Array;
  scores: Float32Array;
}

/** The k best of `scores` (an array in the kernels' memory), descending, ties by number; NaN never qualifies. */
export function topScores(scores: Float32Array, k: number, options: SearchOptions = {}): SearchResult {
  const { allowed = null, floor = Number.NEGATIVE_INFINITY } = options;
  const count = scores.length;
  const blocks = Math.ceil(count / BLOCK);
  const width = Math.min(k, BLOCK);
  const region = new Region();
  try {
    const items = region.int32(blocks * width);
    const best = region.float32(blocks * width);
    const counts = region.int32(blocks);
    const mask = allowed === null ? 0 : addressOf(region.place(allowed));
    parallel('topOfBlocks', blocks, 1, [
      addressOf(scores),
      count,
      BLOCK,
      mask,
      floor,
      width,
      addressOf(items),
      addressOf(best),
      addressOf(counts),
    ]);
    const top = new TopK(Math.min(k, count));
    for (let b = 0; b < blocks; b++) {
      for (let i = b * width; i < b * width + counts[b]!; i++) top.push(items[i]!, best[i]!);
    }
    return top.drain();
  } finally {
    region.free();
  }
}

/**
 * Exact search by dot product over N × d float32 rows (cosine when the rows are normalised), optionally with an int8 first pass
 * whose best 4·k are rescored in float32. Owns its copy in the kernels' memory until `dispose`.
 */
export class VectorIndex {
  readonly count: number;
  readonly dimension: number;
  private readonly region: Region;
  private readonly stride: number;
  private readonly stride8: number;
  private readonly table: Float32Array;
  private readonly query: Float32Array;
  private readonly query8: Int16Array;
  private readonly scratch: Float32Array;
  private readonly table8: Int8Array | null;
  private readonly scales: Float32Array | null;

  /**
   * @param data count × dimension, row by row; copied
   * @param options.normalise scales each row to length 1 (zero rows stay zero): scores are then cosines for a normalised query
   * @param options.int8 keeps a quantised copy for `searchFast`; see `Int8Index` to keep only such a copy
   */
  constructor(
    data: Float32Array,
    count: number,
    dimension: number,
    options: { normalise?: boolean; int8?: boolean } = {},
  ) {
    if (data.length !== count * dimension)
      throw new SegueError('INTERNAL', { got: `${data.length} numbers`, expected: `${count} × ${dimension}` });
    const region = regionOf(this);
    this.region = region;
    this.count = count;
    this.dimension = dimension;
    this.stride = Math.max(4, Math.ceil(dimension / 4) * 4);
    this.stride8 = int8Stride(dimension);
    this.table = region.float32(count * this.stride);
    this.query = region.float32(this.stride);
    this.query8 = region.int16(this.stride8);
    this.scratch = region.float32(count);
    this.table8 = options.int8 ? region.int8(count * this.stride8) : null;
    this.scales = options.int8 ? region.float32(count) : null;
    this.take(data, options.normalise === true);
  }

  /** Stores the rows, quantised as well where the int8 copy is kept. */
  private take(data: Float32Array, normalise: boolean): void {
    const { count, dimension, stride, stride8, table, table8, scales } = this;
    if (stride === dimension) table.set(data);
    else for (let r = 0; r < count; r++) table.set(data.subarray(r * dimension, (r + 1) * dimension), r * stride);
    if (normalise) parallel('normaliseRows', count, 4096, [addressOf(table), stride]);
    if (table8 && scales)
      parallel('quantiseRows', count, 4096, [addressOf(table), stride, addressOf(table8), stride8, addressOf(scales)]);
  }

  /** Frees the kernel memory; a later search is an INTERNAL error. */
  dispose(): void {
    this.region.free();
  }

  /** A copy of one row as stored (normalised if requested). */
  row(r: number): Float32Array {
    this.region.assertLive();
    return Float32Array.from(this.table.subarray(r * this.stride, r * this.stride + this.dimension));
  }

  /** All rows as stored, count × dimension: a copy. */
  rows(): Float32Array {
    this.region.assertLive();
    const out = new Float32Array(this.count * this.dimension);
    for (let r = 0; r < this.count; r++)
      out.set(this.table.subarray(r * this.stride, r * this.stride + this.dimension), r * this.dimension);
    return out;
  }

  /** The dot product of every row with the query, written to out (length count, any memory). */
  scores(query: ArrayLike<number>, out: Float32Array): void {
    this.scan(query);
    out.set(this.scratch);
  }

  /** The k rows with the largest dot product, exact. */
  search(query: ArrayLike<number>, k: number, options: SearchOptions = {}): SearchResult {
    this.scan(query);
    return topScores(this.scratch, k, options);
  }

  /** As `search` for several queries, one result each. */
  searchBatch(queries: readonly ArrayLike<number>[], k: number, options: SearchOptions = {}): SearchResult[] {
    return queries.map((query) => this.search(query, k, options));
  }

  /** int8 first, then the best 4·k again in float32: a quarter of the memory traffic, nearly always the same result. Needs `int8: true`. */
  searchFast(query: ArrayLike<number>, k: number, options: SearchOptions = {}): SearchResult {
    if (!this.table8) return this.search(query, k, options);
    this.scan8(query);
    const first = topScores(this.scratch, OVERSAMPLING * k, { allowed: options.allowed ?? null });
    const region = new Region();
    try {
      const items = region.place(first.items);
      const exact = region.float32(items.length);
      parallel('dotItems', items.length, 1024, [
        addressOf(this.table),
        this.stride,
        addressOf(this.query),
        addressOf(items),
        addressOf(exact),
      ]);
      const floor = options.floor ?? Number.NEGATIVE_INFINITY;
      const top = new TopK(Math.min(k, items.length));
      for (let i = 0; i < items.length; i++) if (exact[i]! > floor) top.push(items[i]!, exact[i]!);
      return top.drain();
    } finally {
      region.free();
    }
  }

  /**
   * As `scores` from the int8 copy (exact without one): a quarter of the memory traffic. Each number of a row is rounded to 1/127 of the row's
   * largest, so the error of a score is about |row| · |query| / 400.
   */
  scoresFast(query: ArrayLike<number>, out: Float32Array): void {
    if (!this.table8) {
      this.scores(query, out);
      return;
    }
    this.scan8(query);
    out.set(this.scratch);
  }

  /**
   * As `scoresFast` for some rows: out[i] is the score of row items[i], 0 for a negative item.
   * @param items in the kernels' memory @param out as long as `items`, in the kernels' memory
   */
  scoresAt(query: ArrayLike<number>, items: Int32Array, out: Float32Array): void {
    if (out.length < items.length)
      throw new SegueError('INTERNAL', { got: `Room for ${out.length} scores`, expected: `${items.length}` });
    if (!this.table8) {
      this.setQuery(query);
      parallel('dotItems', items.length, 4096, [
        addressOf(this.table),
        this.stride,
        addressOf(this.query),
        addressOf(items),
        addressOf(out),
      ]);
      return;
    }
    const unit = this.setQuery8(query);
    parallel('dotItems8', items.length, 8192, [
      addressOf(this.table8),
      this.stride8,
      addressOf(this.scales!),
      addressOf(this.query8),
      unit,
      addressOf(items),
      addressOf(out),
    ]);
  }

  /** Scans the int8 copy into `scratch`. */
  private scan8(query: ArrayLike<number>): void {
    const unit = this.setQuery8(query);
    parallel('dotRows8', this.count, 8192, [
      addressOf(this.table8!),
      this.stride8,
      addressOf(this.scales!),
      addressOf(this.query8),
      unit,
      addressOf(this.scratch),
    ]);
  }

  /** Rounds the query to integers. @returns the value of one unit */
  private setQuery8(query: ArrayLike<number>): number {
    this.setQuery(query);
    return roundQuery(this.query, this.query8);
  }

  private scan(query: ArrayLike<number>): void {
    this.setQuery(query);
    parallel('dotRows', this.count, 4096, [
      addressOf(this.table),
      this.stride,
      addressOf(this.query),
      addressOf(this.scratch),
    ]);
  }

  private setQuery(query: ArrayLike<number>): void {
    this.region.assertLive();
    if (query.length !== this.dimension)
      throw new SegueError('INTERNAL', { got: `A query of ${query.length} numbers`, expected: `${this.dimension}` });
    this.query.set(query);
  }
}
