import { SegueError } from '../../errors.ts';
import { parallel, threads } from '../pool.ts';
import { addressOf, Region, regionOf } from './memory.ts';

/** Rows per chunk of a prediction, and rows evaluated together. */
const PREDICT_ROWS = 128;
const LANES = 64;

/** Feature rows copied to the kernels' memory at a time, and rows per chunk. */
const BIN_SLICE = 65_536;
const BIN_ROWS = 4096;

/** Lays out ascending lists of thresholds side by side, each padded with +∞ to 2 · half numbers; half is the first step of a bisection. */
function thresholdTable(region: Region, lists: readonly Float32Array[]): { thresholds: Float32Array; half: number } {
  const half = 2 ** Math.floor(Math.log2(Math.max(1, ...lists.map((list) => list.length))));
  const thresholds = region.float32(lists.length * 2 * half).fill(Number.POSITIVE_INFINITY);
  lists.forEach((list, c) => {
    thresholds.set(list, c * 2 * half);
  });
  return { thresholds, half };
}

/**
 * Bin numbers of a rows × columns table, row by row: 0 for NaN, else 1 + the number of the column's thresholds that are smaller.
 * @param thresholds ascending, at most 254 per column @param out in the kernels' memory
 */
export function binTable(features: Float32Array, thresholds: readonly Float32Array[], out: Uint8Array): void {
  const columns = thresholds.length;
  const rows = out.length / Math.max(1, columns);
  for (let from = 0; from < rows; from += BIN_SLICE) {
    const to = Math.min(rows, from + BIN_SLICE);
    const region = new Region();
    try {
      const table = thresholdTable(region, thresholds);
      parallel('binMatrix', to - from, BIN_ROWS, [
        addressOf(region.place(features.subarray(from * columns, to * columns))),
        columns,
        addressOf(table.thresholds),
        table.half,
        addressOf(out) + from * columns,
      ]);
    } finally {
      region.free();
    }
  }
}

/** Trees in flat arrays. Children are numbered from the tree's own first node; a negative child −(l + 1) is the tree's leaf l. */
export interface FlatTrees {
  readonly nodePtr: Int32Array;
  readonly leafPtr: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly children: Int32Array;
  readonly leaves: Float32Array;
}

/** Most distinct thresholds per column and most leaves per tree: ranks and leaves are bytes. */
export const MOST_THRESHOLDS = 255;
export const MOST_LEAVES = 256;

/** An ensemble in the kernels' memory, for prediction on all threads, until `dispose`. */
export class TreeScorer {
  private readonly region = regionOf(this);
  private readonly columns: number;
  private readonly trees: number;
  private readonly nodePtr: Int32Array;
  private readonly leafPtr: Int32Array;
  private readonly nodes: Uint8Array;
  private readonly leaves: Float32Array;
  private readonly thresholds: Float32Array;
  private readonly half: number;
  private readonly scratchBytes: number;

  /**
   * @param flat arrays whose children and leaves have been checked to be in bounds
   * @throws SegueError INTERNAL beyond MOST_THRESHOLDS or MOST_LEAVES
   */
  constructor(flat: FlatTrees, columns: number) {
    const { region } = this;
    this.columns = columns;
    this.trees = flat.nodePtr.length - 1;
    this.nodePtr = region.place(flat.nodePtr);
    this.leafPtr = region.place(flat.leafPtr);
    this.leaves = region.place(flat.leaves);
    const sorted = distinctThresholds(flat, columns);
    const most = Math.max(1, ...sorted.map((list) => list.length));
    const mostLeaves = flat.leafPtr.reduce((top, end, t) => Math.max(top, end - (flat.leafPtr[t - 1] ?? 0)), 1);
    if (most > MOST_THRESHOLDS || mostLeaves > MOST_LEAVES)
      throw new SegueError('INTERNAL', {
        got: `${most} thresholds of a feature and ${mostLeaves} leaves of a tree`,
        expected: `at most ${MOST_THRESHOLDS} and ${MOST_LEAVES}`,
      });
    const table = thresholdTable(region, sorted);
    this.thresholds = table.thresholds;
    this.half = table.half;
    this.nodes = region.uint8(8 * Math.max(1, flat.feature.length));
    this.fillNodes(flat, sorted);
    this.scratchBytes = (columns + 2 * mostLeaves) * LANES;
  }

  /** Frees the kernel memory; a later prediction is an INTERNAL error. */
  dispose(): void {
    this.region.free();
  }

  private fillNodes({ nodePtr, feature, threshold, children }: FlatTrees, sorted: readonly Float32Array[]): void {
    const words = new Uint16Array(this.nodes.buffer, this.nodes.byteOffset, 4 * feature.length);
    for (let t = 0; t < this.trees; t++) {
      const count = nodePtr[t + 1]! - nodePtr[t]!;
      const slotOf = (child: number): number => (child < 0 ? count - child - 1 : child);
      for (let i = nodePtr[t]!; i < nodePtr[t + 1]!; i++) {
        words[4 * i] = feature[i]!;
        words[4 * i + 1] = sorted[feature[i]!]!.indexOf(threshold[i]!);
        words[4 * i + 2] = slotOf(children[2 * i]!);
        words[4 * i + 3] = slotOf(children[2 * i + 1]!);
      }
    }
  }

  /** @param features rows × columns, row by row @param out length ≥ rows, overwritten */
  predict(features: Float32Array, rows: number, out: Float32Array): void {
    const { columns } = this;
    this.region.assertLive();
    if (features.length < rows * columns || out.length < rows)
      throw new SegueError('INTERNAL', { got: `${features.length} values`, expected: `${rows} × ${columns}` });
    const region = new Region();
    try {
      const table = region.place(features.subarray(0, rows * columns));
      const scores = region.float32(rows);
      parallel('predictTrees', rows, PREDICT_ROWS, [
        addressOf(table),
        columns,
        this.trees,
        addressOf(this.nodePtr),
        addressOf(this.leafPtr),
        addressOf(this.nodes),
        addressOf(this.leaves),
        addressOf(this.thresholds),
        this.half,
        addressOf(scores),
        addressOf(region.uint8(threads() * this.scratchBytes)),
        this.scratchBytes,
      ]);
      out.set(scores);
    } finally {
      region.free();
    }
  }
}

/** The distinct thresholds used for each column, ascending. */
function distinctThresholds({ feature, threshold }: FlatTrees, columns: number): Float32Array[] {
  const lists = Array.from({ length: columns }, () => new Set<number>());
  for (let i = 0; i < feature.length; i++) lists[feature[i]!]!.add(threshold[i]!);
  return lists.map((list) => Float32Array.from(list).sort());
}
