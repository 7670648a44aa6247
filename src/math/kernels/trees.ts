import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { addressOf, Region } from './memory.ts';

/** Below so many row × column visits a second thread costs more than it brings. */
const ALONE = 40_000;
/** Rows that one chunk of a prediction walks. */
const PREDICT_ROWS = 128;

/** Gradient sums by column and bin, as `histogram` fills them: [G, H] pairs and row counts. */
export interface BinSums {
  readonly sums: Float64Array;
  readonly counts: Int32Array;
}

/** What `histogram` reads; every array in the kernels' memory. */
export interface BinnedRows {
  /** rows × columns, row by row */
  readonly bins: Uint8Array;
  readonly columns: number;
  /** First bin of each column in the histogram. */
  readonly offsets: Int32Array;
  readonly order: Int32Array;
  readonly gradient: Float32Array;
  readonly hessian: Float32Array;
}

/**
 * Adds the rows order[from … to) to the histogram, for the listed columns. Threads share the columns; the sums do not depend on how many
 * threads there are.
 */
export function histogram(rows: BinnedRows, columnList: Int32Array, from: number, to: number, out: BinSums): void {
  const share = (to - from) * columnList.length < ALONE ? columnList.length : Math.ceil(columnList.length / 4);
  parallel('histogramColumns', columnList.length, share, [
    addressOf(columnList),
    addressOf(rows.bins),
    rows.columns,
    addressOf(rows.order),
    from,
    to,
    addressOf(rows.gradient),
    addressOf(rows.hessian),
    addressOf(rows.offsets),
    addressOf(out.sums),
    addressOf(out.counts),
  ]);
}

/** Trees in flat arrays; children count from the tree's own first node, a negative child −(l + 1) is the tree's leaf l. */
export interface FlatTrees {
  readonly nodePtr: Int32Array;
  readonly leafPtr: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float32Array;
  readonly children: Int32Array;
  readonly leaves: Float32Array;
}

/** An ensemble in the kernels' memory, for prediction on all threads. Its memory is given back with the object. */
export class TreeWalker {
  private readonly region = new Region();
  private readonly trees: number;
  private readonly nodePtr: Int32Array;
  private readonly leafPtr: Int32Array;
  private readonly nodes: Int32Array;
  private readonly leaves: Float32Array;

  /** @param flat arrays whose children and leaves are known to be in bounds */
  constructor(flat: FlatTrees) {
    this.trees = flat.nodePtr.length - 1;
    this.nodePtr = this.region.place(flat.nodePtr);
    this.leafPtr = this.region.place(flat.leafPtr);
    this.leaves = this.region.place(flat.leaves);
    // feature, threshold, left, right side by side: one cache line holds four nodes.
    this.nodes = this.region.int32(Math.max(4, 4 * flat.feature.length));
    const thresholds = new Float32Array(this.nodes.buffer, this.nodes.byteOffset, this.nodes.length);
    for (let i = 0; i < flat.feature.length; i++) {
      this.nodes[4 * i] = flat.feature[i]!;
      thresholds[4 * i + 1] = flat.threshold[i]!;
      this.nodes[4 * i + 2] = flat.children[2 * i]!;
      this.nodes[4 * i + 3] = flat.children[2 * i + 1]!;
    }
    unused.register(this, this.region);
  }

  /** @param features rows × columns, row by row @param out length ≥ rows, overwritten */
  predict(features: Float32Array, rows: number, columns: number, out: Float32Array): void {
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
        addressOf(scores),
      ]);
      out.set(scores);
    } finally {
      region.free();
    }
  }
}

const unused = new FinalizationRegistry<Region>((region) => region.free());
