import { GrowingRows, type Split } from '../../math/kernels/growing.ts';
import type { BinnedMatrix } from './binning.ts';

export interface GrowConfig {
  /** Most leaves of a tree, ≥ 2. */
  readonly leaves: number;
  /** Fewest rows in a leaf, ≥ 1. */
  readonly minRows: number;
  /** Smallest sum of hessians in a leaf, ≥ 0. */
  readonly minHessian: number;
  /** λ of the leaf value −G / (H + λ), ≥ 0. */
  readonly l2: number;
}

/** A growing tree: nodes in order of creation, so a child's number is always larger than its parent's. */
export interface GrownTree {
  readonly feature: number[];
  readonly bin: number[];
  readonly threshold: number[];
  /** 2 per node; negative −(l + 1) is leaf l */
  readonly children: number[];
  readonly leaves: number[];
  /** Loss reduction of each node's split. */
  readonly gain: number[];
}

interface Leaf {
  from: number;
  to: number;
  histogram: Float64Array;
  /** Its sums and best split. */
  split: Split;
  /** The leaf's position in the tree: index into children, −1 for the root. */
  slot: number;
}

/**
 * Grows one regression tree leaf by leaf, the leaf with the largest gain first (Shi 2007; as histogram boosters do), on second-order statistics:
 * gain = G_L²/(H_L + λ) + G_R²/(H_R + λ) − G²/(H + λ) (Chen & Guestrin 2016). Only the smaller child's histogram is built from its rows; the larger
 * one's is the parent's minus the smaller one's.
 */
export class TreeGrower {
  private readonly matrix: BinnedMatrix;
  private readonly config: GrowConfig;
  private readonly rows: GrowingRows;

  /** Holds kernel memory until `free`. */
  constructor(matrix: BinnedMatrix, config: GrowConfig) {
    this.matrix = matrix;
    this.config = config;
    this.rows = new GrowingRows(
      matrix.bins,
      matrix.edges.map((list) => list.length),
    );
  }

  /** One per row of the matrix; filled by the caller before `grow`. */
  get gradient(): Float32Array {
    return this.rows.gradient;
  }

  /** As gradient; ≥ 0. */
  get hessian(): Float32Array {
    return this.rows.hessian;
  }

  free(): void {
    this.rows.free();
  }

  /** @param bag row numbers to learn from, ascending @param columns columns allowed in splits, at least one */
  grow(bag: Int32Array, columns: Int32Array): GrownTree {
    const { rows, config } = this;
    const tree: GrownTree = { feature: [], bin: [], threshold: [], children: [], leaves: [], gain: [] };
    rows.begin(bag, columns);
    const leaves = [this.leafOf(0, bag.length, rows.histogram(0, bag.length), -1)];
    while (leaves.length < config.leaves) {
      let best = 0;
      for (let i = 1; i < leaves.length; i++) if (leaves[i]!.split.gain > leaves[best]!.split.gain) best = i;
      const parent = leaves[best]!;
      if (parent.split.gain <= 0) break;
      const [left, right] = this.split(tree, parent, best, leaves.length, columns);
      leaves[best] = left;
      leaves.push(right);
    }
    for (const { split, histogram } of leaves) {
      tree.leaves.push(-split.gradient / (split.hessian + config.l2 || 1));
      rows.recycle(histogram);
    }
    return tree;
  }

  private split(
    tree: GrownTree,
    parent: Leaf,
    leftNumber: number,
    rightNumber: number,
    columns: Int32Array,
  ): [Leaf, Leaf] {
    const { rows } = this;
    const { from, to, histogram, split, slot } = parent;
    const node = tree.feature.length;
    const column = columns[split.column]!;
    if (slot >= 0) tree.children[slot] = node;
    tree.feature.push(column);
    tree.bin.push(split.bin);
    tree.threshold.push(this.matrix.edges[column]![split.bin]!);
    tree.gain.push(split.gain);
    tree.children.push(-leftNumber - 1, -rightNumber - 1);
    const middle = rows.partition(from, to, split.column, split.bin);
    const leftSmaller = middle - from <= to - middle;
    const small = leftSmaller ? rows.histogram(from, middle) : rows.histogram(middle, to);
    const large = rows.subtract(histogram, small);
    return [
      this.leafOf(from, middle, leftSmaller ? small : large, 2 * node),
      this.leafOf(middle, to, leftSmaller ? large : small, 2 * node + 1),
    ];
  }

  private leafOf(from: number, to: number, histogram: Float64Array, slot: number): Leaf {
    return { from, to, histogram, split: this.rows.bestSplit(histogram, to - from, this.config), slot };
  }
}
