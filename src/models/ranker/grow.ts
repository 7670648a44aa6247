import { Region } from '../../math/kernels/memory.ts';
import { type BinnedRows, type BinSums, histogram } from '../../math/kernels/trees.ts';
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

/** A tree in growth: nodes in order of their making, so a child's number is always larger than its parent's. */
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
  histogram: BinSums;
  gradient: number;
  hessian: number;
  /** Best split found, gain 0 when there is none. */
  gain: number;
  column: number;
  bin: number;
  /** Where the leaf hangs: index into children, −1 for the root. */
  slot: number;
}

/**
 * Grows one regression tree leaf by leaf, the leaf with the largest gain first (Shi 2007; as histogram boosters do), on second-order statistics:
 * gain = G_L²/(H_L + λ) + G_R²/(H_R + λ) − G²/(H + λ) (Chen & Guestrin 2016). A leaf's histogram is made from its rows only for
 * the smaller child; the larger one is the parent's minus it.
 */
export class TreeGrower {
  /** One per row of the matrix; the caller fills them before `grow`. */
  readonly gradient: Float32Array;
  readonly hessian: Float32Array;
  private readonly matrix: BinnedMatrix;
  private readonly config: GrowConfig;
  private readonly region = new Region();
  private readonly rows: BinnedRows;
  private readonly columnList: Int32Array;
  private readonly swap: Int32Array;
  private readonly pool: BinSums[] = [];

  /** Holds memory of the kernels until `free`. */
  constructor(matrix: BinnedMatrix, config: GrowConfig) {
    this.matrix = matrix;
    this.config = config;
    const offsets = this.region.int32(matrix.columns + 1);
    for (let c = 0; c < matrix.columns; c++) offsets[c + 1] = offsets[c]! + matrix.edges[c]!.length;
    this.gradient = this.region.float32(matrix.rows);
    this.hessian = this.region.float32(matrix.rows);
    this.columnList = this.region.int32(matrix.columns);
    this.rows = {
      bins: this.region.place(matrix.bins),
      columns: matrix.columns,
      offsets,
      order: this.region.int32(matrix.rows),
      gradient: this.gradient,
      hessian: this.hessian,
    };
    this.swap = new Int32Array(matrix.rows);
  }

  free(): void {
    this.region.free();
  }

  /** @param rows row numbers to learn from (a bag), ascending @param columns columns that may split, at least one */
  grow(rows: Int32Array, columns: Int32Array): GrownTree {
    const tree: GrownTree = { feature: [], bin: [], threshold: [], children: [], leaves: [], gain: [] };
    this.rows.order.set(rows);
    const list = this.columnList.subarray(0, columns.length);
    list.set(columns);
    const leaves = [this.makeLeaf(0, rows.length, this.accumulate(0, rows.length, list), -1, list)];
    while (leaves.length < this.config.leaves) {
      let best = 0;
      for (let i = 1; i < leaves.length; i++) if (leaves[i]!.gain > leaves[best]!.gain) best = i;
      const parent = leaves[best]!;
      if (parent.gain <= 0) break;
      const [left, right] = this.split(tree, parent, best, leaves.length, list);
      leaves[best] = left;
      leaves.push(right);
    }
    for (const leaf of leaves) {
      tree.leaves.push(-leaf.gradient / (leaf.hessian + this.config.l2 || 1));
      this.pool.push(leaf.histogram);
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
    const node = tree.feature.length;
    if (parent.slot >= 0) tree.children[parent.slot] = node;
    tree.feature.push(parent.column);
    tree.bin.push(parent.bin);
    tree.threshold.push(this.matrix.edges[parent.column]![parent.bin]!);
    tree.gain.push(parent.gain);
    tree.children.push(-leftNumber - 1, -rightNumber - 1);
    const middle = this.partition(parent);
    const leftSmaller = middle - parent.from <= parent.to - middle;
    const small = leftSmaller
      ? this.accumulate(parent.from, middle, columns)
      : this.accumulate(middle, parent.to, columns);
    const large = this.subtract(parent.histogram, small);
    const left = this.makeLeaf(parent.from, middle, leftSmaller ? small : large, 2 * node, columns);
    const right = this.makeLeaf(middle, parent.to, leftSmaller ? large : small, 2 * node + 1, columns);
    return [left, right];
  }

  /** Stable partition of the leaf's rows by its split; returns where the right part starts. */
  private partition(leaf: Leaf): number {
    const { bins, columns } = this.rows;
    const { swap } = this;
    const { order } = this.rows;
    let left = leaf.from;
    let right = 0;
    for (let i = leaf.from; i < leaf.to; i++) {
      const row = order[i]!;
      if (bins[row * columns + leaf.column]! <= leaf.bin) order[left++] = row;
      else swap[right++] = row;
    }
    order.set(swap.subarray(0, right), left);
    return left;
  }

  private accumulate(from: number, to: number, columns: Int32Array): BinSums {
    const sums = this.blank();
    histogram(this.rows, columns, from, to, sums);
    return sums;
  }

  private blank(): BinSums {
    const used = this.pool.pop();
    if (used) {
      used.sums.fill(0);
      used.counts.fill(0);
      return used;
    }
    const bins = this.rows.offsets.at(-1)!;
    return { sums: this.region.float64(2 * bins), counts: this.region.int32(bins) };
  }

  /** parent − part, in the parent's memory. */
  private subtract(parent: BinSums, part: BinSums): BinSums {
    for (let i = 0; i < parent.sums.length; i++) parent.sums[i]! -= part.sums[i]!;
    for (let i = 0; i < parent.counts.length; i++) parent.counts[i]! -= part.counts[i]!;
    return parent;
  }

  private makeLeaf(from: number, to: number, histogram: BinSums, slot: number, columns: Int32Array): Leaf {
    const leaf: Leaf = { from, to, histogram, gradient: 0, hessian: 0, gain: 0, column: -1, bin: -1, slot };
    const first = columns[0]!;
    for (let at = this.rows.offsets[first]!; at < this.rows.offsets[first + 1]!; at++) {
      leaf.gradient += histogram.sums[2 * at]!;
      leaf.hessian += histogram.sums[2 * at + 1]!;
    }
    for (let k = 0; k < columns.length; k++) this.bestBin(leaf, columns[k]!);
    return leaf;
  }

  /** Improves the leaf's split by the best bin of one column. */
  private bestBin(leaf: Leaf, column: number): void {
    const { minRows, minHessian, l2 } = this.config;
    const { sums, counts } = leaf.histogram;
    const start = this.rows.offsets[column]!;
    const last = this.rows.offsets[column + 1]! - 1;
    const rows = leaf.to - leaf.from;
    const whole = (leaf.gradient * leaf.gradient) / (leaf.hessian + l2 || 1);
    let g = 0;
    let h = 0;
    let n = 0;
    for (let at = start; at < last; at++) {
      if (counts[at] === 0) continue;
      g += sums[2 * at]!;
      h += sums[2 * at + 1]!;
      n += counts[at]!;
      if (n < minRows || h < minHessian) continue;
      const hRight = leaf.hessian - h;
      if (rows - n < minRows || hRight < minHessian) break;
      const gRight = leaf.gradient - g;
      const gain = (g * g) / (h + l2 || 1) + (gRight * gRight) / (hRight + l2 || 1) - whole;
      if (gain > leaf.gain) {
        leaf.gain = gain;
        leaf.column = column;
        leaf.bin = at - start;
      }
    }
  }
}
