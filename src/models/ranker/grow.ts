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

/** Gradient sums of one leaf's rows by column and bin, [G, H] pairs and row counts. */
interface Histogram {
  readonly sums: Float64Array;
  readonly counts: Int32Array;
}

interface Leaf {
  from: number;
  to: number;
  histogram: Histogram;
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
  private readonly matrix: BinnedMatrix;
  private readonly config: GrowConfig;
  private readonly offsets: Int32Array;
  private readonly order: Int32Array;
  private readonly swap: Int32Array;
  private readonly pool: Histogram[] = [];

  constructor(matrix: BinnedMatrix, config: GrowConfig) {
    this.matrix = matrix;
    this.config = config;
    this.offsets = new Int32Array(matrix.columns + 1);
    for (let c = 0; c < matrix.columns; c++) this.offsets[c + 1] = this.offsets[c]! + matrix.edges[c]!.length;
    this.order = new Int32Array(matrix.rows);
    this.swap = new Int32Array(matrix.rows);
  }

  /**
   * @param rows row numbers to learn from (a bag), ascending @param columns columns that may split
   * @param gradient,hessian one per row of the matrix
   */
  grow(rows: Int32Array, columns: Int32Array, gradient: Float32Array, hessian: Float32Array): GrownTree {
    const tree: GrownTree = { feature: [], bin: [], threshold: [], children: [], leaves: [], gain: [] };
    this.order.set(rows);
    const root = this.makeLeaf(
      0,
      rows.length,
      this.accumulate(0, rows.length, columns, gradient, hessian),
      -1,
      columns,
    );
    const leaves = [root];
    while (leaves.length < this.config.leaves) {
      let best = 0;
      for (let i = 1; i < leaves.length; i++) if (leaves[i]!.gain > leaves[best]!.gain) best = i;
      const parent = leaves[best]!;
      if (parent.gain <= 0) break;
      const [left, right] = this.split(tree, parent, best, leaves.length, columns, gradient, hessian);
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
    gradient: Float32Array,
    hessian: Float32Array,
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
      ? this.accumulate(parent.from, middle, columns, gradient, hessian)
      : this.accumulate(middle, parent.to, columns, gradient, hessian);
    const large = this.subtract(parent.histogram, small);
    const left = this.makeLeaf(parent.from, middle, leftSmaller ? small : large, 2 * node, columns);
    const right = this.makeLeaf(middle, parent.to, leftSmaller ? large : small, 2 * node + 1, columns);
    return [left, right];
  }

  /** Stable partition of the leaf's rows by its split; returns where the right part starts. */
  private partition(leaf: Leaf): number {
    const { bins, columns } = this.matrix;
    const { order, swap } = this;
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

  private accumulate(
    from: number,
    to: number,
    splitColumns: Int32Array,
    gradient: Float32Array,
    hessian: Float32Array,
  ): Histogram {
    const { bins, columns } = this.matrix;
    const { order, offsets } = this;
    const histogram = this.blank();
    const { sums, counts } = histogram;
    const width = splitColumns.length;
    for (let i = from; i < to; i++) {
      const row = order[i]!;
      const g = gradient[row]!;
      const h = hessian[row]!;
      const base = row * columns;
      for (let k = 0; k < width; k++) {
        const c = splitColumns[k]!;
        const at = offsets[c]! + bins[base + c]!;
        sums[2 * at]! += g;
        sums[2 * at + 1]! += h;
        counts[at]!++;
      }
    }
    return histogram;
  }

  private blank(): Histogram {
    const histogram = this.pool.pop();
    if (histogram) {
      histogram.sums.fill(0);
      histogram.counts.fill(0);
      return histogram;
    }
    const bins = this.offsets.at(-1)!;
    return { sums: new Float64Array(2 * bins), counts: new Int32Array(bins) };
  }

  /** parent − part, in the parent's memory. */
  private subtract(parent: Histogram, part: Histogram): Histogram {
    for (let i = 0; i < parent.sums.length; i++) parent.sums[i]! -= part.sums[i]!;
    for (let i = 0; i < parent.counts.length; i++) parent.counts[i]! -= part.counts[i]!;
    return parent;
  }

  private makeLeaf(from: number, to: number, histogram: Histogram, slot: number, columns: Int32Array): Leaf {
    const leaf: Leaf = { from, to, histogram, gradient: 0, hessian: 0, gain: 0, column: -1, bin: -1, slot };
    const first = columns[0]!;
    for (let at = this.offsets[first]!; at < this.offsets[first + 1]!; at++) {
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
    const start = this.offsets[column]!;
    const last = this.offsets[column + 1]! - 1;
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
