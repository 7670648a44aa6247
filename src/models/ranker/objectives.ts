import { LambdaQueries } from '../../math/kernels/lambdas.ts';

/** A ranking loss for fixed labels, given by its first and second derivatives with respect to the scores. */
export interface Objective {
  /**
   * Fills gradient and hessian for the current scores, one each per row; all in the kernels' memory.
   * @param picked 1 for each query to differentiate; rows of other queries become 0
   */
  derive(scores: Float64Array, gradient: Float32Array, hessian: Float32Array, picked: Uint8Array): void;
  free(): void;
}

/** 1 / log2(rank + 2) for rank 0 …, 0 from the truncation rank on. */
export function discounts(length: number, truncation: number): Float64Array {
  return Float64Array.from({ length }, (_, rank) => (rank < truncation ? 1 / Math.log2(rank + 2) : 0));
}

const longest = (groups: Int32Array): number =>
  groups.reduce((most, end, q) => Math.max(most, q > 0 ? end - groups[q - 1]! : 0), 0);

/** Σ label · discount over each query's ideal order; gain = label (binary or graded). */
function idealDcg(labels: Float32Array, groups: Int32Array, table: Float64Array): Float64Array {
  return Float64Array.from({ length: groups.length - 1 }, (_, q) => {
    const sorted = labels.slice(groups[q]!, groups[q + 1]!).sort();
    let sum = 0;
    for (let rank = 0; rank < sorted.length; rank++) sum += sorted[sorted.length - 1 - rank]! * table[rank]!;
    return sum;
  });
}

/**
 * LambdaMART (Burges 2010), see `LambdaQueries`; the gain is the label itself. With `normalise`, a query's lambdas are scaled by log2(1 + Σλ)/Σλ so
 * that no query dominates.
 * @param groups query q has the rows groups[q] … groups[q + 1] @param truncation ranks beyond it don't count, ≥ 1
 */
export function lambdaRank(
  labels: Float32Array,
  groups: Int32Array,
  truncation: number,
  normalise: boolean,
): Objective {
  const table = discounts(longest(groups), truncation);
  const queries = new LambdaQueries(labels, groups, table, idealDcg(labels, groups, table));
  const scale = normalise ? (sum: number): number => (sum > 0 ? Math.log2(1 + sum) / sum : 1) : null;
  return {
    derive: (scores, gradient, hessian, picked) => queries.derive(scores, gradient, hessian, scale, picked),
    free: () => queries.free(),
  };
}
