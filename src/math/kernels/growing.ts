import { SegueError } from '../../errors.ts';
import { parallel, threads } from '../pool.ts';
import { load } from './kernels.ts';
import { addressOf, Region } from './memory.ts';

/** Below this many row × column visits, a second thread costs more than it gains. */
const ALONE = 40_000;
const ROWS = 8192;
/** Bytes per pair of 64-bit numbers [gradient, count and hessian]. */
const PAIR = 16;

/** The best split of a leaf, with the sums over its rows; column −1 when no split reduces the loss. */
export interface Split {
  gain: number;
  gradient: number;
  hessian: number;
  /** Index in the list of columns that the tree may use. */
  column: number;
  bin: number;
}

export interface SplitRules {
  readonly minRows: number;
  readonly minHessian: number;
  readonly l2: number;
}

/**
 * Binned rows, prepared for growing one tree after another on some of the columns. Gradients and hessians are summed in fixed point (gradients with
 * 40 bits; hessians with at least 23 per row for a million rows), so sums are exact: neither the order of rows nor the number of threads changes a
 * digit. Free it in a `finally`.
 */
export class GrowingRows {
  /** One per row; filled by the caller before `begin`. */
  readonly gradient: Float32Array;
  readonly hessian: Float32Array;
  /** Row numbers; `partition` permutes them. */
  readonly order: Int32Array;
  private readonly region = new Region();
  private readonly rows: number;
  private readonly columns: number;
  private readonly bins: Uint8Array;
  private readonly binsOf: readonly number[];
  /** Bytes from one column of a histogram to the next. */
  private readonly stride: number;
  private readonly shift: number;
  private readonly pairs: Float64Array;
  private readonly packed: Uint8Array;
  private readonly swap: Int32Array;
  private readonly list: Int32Array;
  private readonly binCounts: Int32Array;
  private readonly result: Float64Array;
  private readonly spare: Float64Array[] = [];
  private count = 0;
  private unitG = 1;
  private unitH = 1;

  /** @param bins rows × columns, row by row @param binsOf number of bins of each column */
  constructor(bins: Uint8Array, binsOf: readonly number[]) {
    const { region } = this;
    this.columns = binsOf.length;
    this.rows = bins.length / this.columns;
    this.binsOf = binsOf;
    this.bins = region.place(bins);
    this.stride = Math.max(...binsOf) * PAIR;
    // Counts and hessians share 63 bits.
    this.shift = 63 - Math.ceil(Math.log2(this.rows + 1));
    this.gradient = region.float32(this.rows);
    this.hessian = region.float32(this.rows);
    this.order = region.int32(this.rows);
    this.swap = region.int32(this.rows);
    this.pairs = region.float64(2 * this.rows);
    this.packed = region.uint8(bins.length);
    this.list = region.int32(this.columns);
    this.binCounts = region.int32(this.columns);
    this.result = region.float64(5);
  }

  free(): void {
    this.region.free();
  }

  /** Loads gradients, hessians (≥ 0), the rows of a bag and the columns allowed in splits. */
  begin(rows: Int32Array, columns: Int32Array): void {
    this.order.set(rows);
    this.list.set(columns);
    this.count = columns.length;
    columns.forEach((column, k) => {
      this.binCounts[k] = this.binsOf[column]!;
    });
    const room = Math.ceil(Math.log2(this.rows + 1));
    this.unitG = largest(this.gradient) / 2 ** Math.min(40, 62 - room);
    this.unitH = largest(this.hessian) / 2 ** (this.shift - room);
    parallel('quantisePairs', this.rows, ROWS, [
      addressOf(this.gradient),
      addressOf(this.hessian),
      1 / this.unitG,
      1 / this.unitH,
      this.shift,
      addressOf(this.pairs),
    ]);
    parallel('packColumns', this.rows, ROWS, [
      addressOf(this.bins),
      this.columns,
      addressOf(this.list),
      this.count,
      addressOf(this.packed),
    ]);
  }

  /** The histogram of the rows order[from … to); return it with `recycle`. */
  histogram(from: number, to: number): Float64Array {
    const sums = this.spare.pop() ?? this.region.float64((this.columns * this.stride) / 8);
    sums.fill(0, 0, (this.count * this.stride) / 8);
    const alone = (to - from) * this.count < ALONE;
    parallel('histogramColumns', this.count, alone ? this.count : Math.ceil(this.count / Math.min(4, threads())), [
      addressOf(this.packed),
      this.count,
      addressOf(this.order),
      from,
      to,
      addressOf(this.pairs),
      this.stride,
      addressOf(sums),
    ]);
    return sums;
  }

  recycle(histogram: Float64Array): void {
    this.spare.push(histogram);
  }

  /** whole − part, stored in the memory of `whole`. */
  subtract(whole: Float64Array, part: Float64Array): Float64Array {
    load().kernels.subtractPairs!(addressOf(whole), addressOf(part), this.count * this.stride);
    return whole;
  }

  bestSplit(histogram: Float64Array, rows: number, { minRows, minHessian, l2 }: SplitRules): Split {
    const out = this.result;
    load().kernels.bestSplit!(
      addressOf(histogram),
      this.stride,
      this.count,
      addressOf(this.binCounts),
      rows,
      this.shift,
      this.unitG,
      this.unitH,
      minRows,
      minHessian,
      l2,
      addressOf(out),
    );
    return { gain: out[0]!, gradient: out[1]!, hessian: out[2]!, column: out[3]!, bin: out[4]! };
  }

  /** Stable partition of order[from … to) by the bin of a column of the list; returns the start of the rows above the bin. */
  partition(from: number, to: number, column: number, bin: number): number {
    return load().kernels.partitionRows!(
      addressOf(this.order),
      from,
      to,
      addressOf(this.swap),
      addressOf(this.packed),
      this.count,
      column,
      bin,
    );
  }
}

/** The largest absolute value of an array in the kernels' memory; 1 when there is none. */
function largest(values: Float32Array): number {
  const chunks = Math.ceil(values.length / ROWS);
  const region = new Region();
  try {
    const tops = region.float32(chunks);
    parallel('largestOfChunks', chunks, 8, [addressOf(values), values.length, ROWS, addressOf(tops)]);
    return tops.reduce((most, top) => Math.max(most, top), 0) || 1;
  } finally {
    region.free();
  }
}

/** A tree on bins; children negative −(l + 1) are leaves, every child after its parent. */
export interface BinTree {
  readonly feature: ArrayLike<number>;
  readonly bin: ArrayLike<number>;
  readonly children: ArrayLike<number>;
  readonly leaves: ArrayLike<number>;
}

/** scores[r] += the leaf that row r reaches. bins (rows × columns) and scores are in the kernels' memory. */
export function addTreeScores(tree: BinTree, bins: Uint8Array, columns: number, scores: Float64Array): void {
  const nodes = tree.feature.length;
  if (nodes === 0 || bins.length < scores.length * columns)
    throw new SegueError('INTERNAL', { got: `A tree of ${nodes} nodes`, expected: 'at least one, and a row a score' });
  const region = new Region();
  try {
    const words = region.int16(4 * nodes);
    for (let i = 0; i < nodes; i++) {
      words[4 * i] = tree.feature[i]!;
      words[4 * i + 1] = tree.bin[i]!;
      words[4 * i + 2] = tree.children[2 * i]!;
      words[4 * i + 3] = tree.children[2 * i + 1]!;
    }
    parallel('addTree', scores.length, ROWS, [
      addressOf(bins),
      columns,
      addressOf(words),
      addressOf(region.place(Float64Array.from(tree.leaves))),
      addressOf(scores),
    ]);
  } finally {
    region.free();
  }
}
