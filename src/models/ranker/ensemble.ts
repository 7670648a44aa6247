import { type FlatTrees, MOST_LEAVES, MOST_THRESHOLDS, TreeScorer } from '../../math/kernels/trees.ts';

/**
 * A sum of regression trees. Node i of a tree sends x to its left child unless x > threshold (so a missing value, NaN, goes left).
 * The score of a row is the sum of its leaves' values, which include the learning rate.
 */
export class TreeEnsemble {
  readonly columns: number;
  readonly arrays: FlatTrees;
  private scorer: TreeScorer | null = null;
  private negatives: Uint8Array | null = null;

  /** @param columns number of features that a row must have */
  constructor(columns: number, arrays: FlatTrees) {
    this.columns = columns;
    this.arrays = arrays;
  }

  get trees(): number {
    return this.arrays.nodePtr.length - 1;
  }

  /**
   * Scores of `rows` rows, on all threads.
   * @param features rows × columns, row by row @param out length ≥ rows, overwritten
   */
  predict(features: Float32Array, rows: number, out: Float32Array): void {
    this.scorer ??= new TreeScorer(this.arrays, this.columns);
    this.scorer.predict(features, rows, out);
  }

  /** By column, 1 where a threshold is below 0; in the other columns, 0 and a missing value take the same branch. */
  get readsNegatives(): Uint8Array {
    if (!this.negatives) {
      this.negatives = new Uint8Array(this.columns);
      const { feature, threshold } = this.arrays;
      for (let i = 0; i < feature.length; i++) if (threshold[i]! < 0) this.negatives[feature[i]!] = 1;
    }
    return this.negatives;
  }

  /** Frees the kernel memory; a later prediction allocates it again. */
  dispose(): void {
    this.scorer?.dispose();
    this.scorer = null;
  }

  /** Checks that children, leaves, feature numbers and their counts are in bounds, before `load` trusts saved arrays. */
  isValid(): boolean {
    const { nodePtr, leafPtr, feature, threshold, children, leaves } = this.arrays;
    const nodes = nodePtr.at(-1) ?? -1;
    if (nodePtr.length !== leafPtr.length || nodePtr[0] !== 0 || leafPtr[0] !== 0) return false;
    if (
      feature.length !== nodes ||
      threshold.length !== nodes ||
      children.length !== 2 * nodes ||
      leaves.length !== leafPtr.at(-1)
    )
      return false;
    for (let t = 0; t < this.trees; t++) {
      const own = nodePtr[t + 1]! - nodePtr[t]!;
      const ownLeaves = leafPtr[t + 1]! - leafPtr[t]!;
      if (own < 0 || ownLeaves !== own + 1 || ownLeaves > MOST_LEAVES) return false;
      for (let i = 0; i < own; i++) {
        const at = nodePtr[t]! + i;
        if (feature[at]! < 0 || feature[at]! >= this.columns) return false;
        for (const child of [children[2 * at]!, children[2 * at + 1]!]) {
          // Children come after their parent, so no walk can loop.
          if (child >= 0 ? child <= i || child >= own : -child - 1 >= ownLeaves) return false;
        }
      }
    }
    const distinct = Array.from({ length: this.columns }, () => new Set<number>());
    for (let i = 0; i < nodes; i++) distinct[feature[i]!]!.add(threshold[i]!);
    return distinct.every((values) => values.size <= MOST_THRESHOLDS && !values.has(Number.NaN));
  }
}

/** Collects grown trees into one ensemble. */
export class EnsembleBuilder {
  private readonly nodePtr: number[] = [0];
  private readonly leafPtr: number[] = [0];
  private readonly feature: number[] = [];
  private readonly threshold: number[] = [];
  private readonly children: number[] = [];
  private readonly leaves: number[] = [];

  get trees(): number {
    return this.nodePtr.length - 1;
  }

  add(tree: {
    feature: ArrayLike<number>;
    threshold: ArrayLike<number>;
    children: ArrayLike<number>;
    leaves: ArrayLike<number>;
  }): void {
    for (let i = 0; i < tree.feature.length; i++) {
      this.feature.push(tree.feature[i]!);
      this.threshold.push(tree.threshold[i]!);
      this.children.push(tree.children[2 * i]!, tree.children[2 * i + 1]!);
    }
    for (let i = 0; i < tree.leaves.length; i++) this.leaves.push(tree.leaves[i]!);
    this.nodePtr.push(this.feature.length);
    this.leafPtr.push(this.leaves.length);
  }

  /** @param trees number of leading trees to keep */
  finish(columns: number): TreeEnsemble {
    return new TreeEnsemble(columns, {
      nodePtr: Int32Array.from(this.nodePtr),
      leafPtr: Int32Array.from(this.leafPtr),
      feature: Int32Array.from(this.feature),
      threshold: Float32Array.from(this.threshold),
      children: Int32Array.from(this.children),
      leaves: Float32Array.from(this.leaves),
    });
  }
}
