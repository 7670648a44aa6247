import { LambdaQueries } from '../../math/kernels/lambdas.ts';

/** A loss of ranking as first and second derivatives with respect to the scores, for the labels it was made with. */
export interface Objective {
  /** Fills gradient and hessian for the current scores, one each per row; all in the kernels' memory. */
  derive(scores: Float64Array, gradient: Float32Array, hessian: Float32Array): void;
  free(): void;
}

const nothing = (): void => {};

/** 1 / log2(rank + 2) for rank 0 …, 0 from the truncation on. */
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
    derive: (scores, gradient, hessian) => queries.derive(scores, gradient, hessian, scale),
    free: () => queries.free(),
  };
}

/**
 * rankOf[i] = place of row from + i by descending score, ties by row. Numbers sort natively many times faster than rows by a comparator,
 * so the scores are sorted and each row's place is found by bisection; equal scores take consecutive places.
 */
export function ranks(scores: Float64Array, from: number, n: number, scratch: Float64Array, rankOf: Int32Array): void {
  const ascending = scratch.subarray(0, n);
  for (let i = 0; i < n; i++) ascending[i] = -scores[from + i]!;
  ascending.sort();
  let tied = false;
  for (let i = 0; i < n; i++) {
    const key = -scores[from + i]!;
    let low = 0;
    let high = n - 1;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (ascending[mid]! >= key) high = mid;
      else low = mid + 1;
    }
    tied ||= low + 1 < n && ascending[low + 1] === key;
    rankOf[i] = low;
  }
  if (tied) spreadTies(rankOf, n);
}

/** Rows that share a place take it and the following ones, in row order. */
function spreadTies(rankOf: Int32Array, n: number): void {
  const taken = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const place = rankOf[i]!;
    rankOf[i] = place + taken[place]!++;
  }
}

/**
 * Listwise softmax cross-entropy (ListNet's top-one form, Cao et al. 2007): loss = −Σ_i (y_i / Σy) log p_i, p = softmax(s),
 * gradient_i = p_i − y_i/Σy, hessian_i = p_i (1 − p_i). O(n) a query.
 */
export function softmax(labels: Float32Array, groups: Int32Array): Objective {
  return {
    free: nothing,
    derive(scores, gradient, hessian) {
      for (let q = 0; q + 1 < groups.length; q++) {
        const from = groups[q]!;
        const to = groups[q + 1]!;
        let best = Number.NEGATIVE_INFINITY;
        let mass = 0;
        for (let i = from; i < to; i++) {
          if (scores[i]! > best) best = scores[i]!;
          mass += labels[i]!;
        }
        let sum = 0;
        for (let i = from; i < to; i++) sum += Math.exp(scores[i]! - best);
        for (let i = from; i < to; i++) {
          const p = Math.exp(scores[i]! - best) / sum;
          gradient[i] = mass > 0 ? p - labels[i]! / mass : 0;
          hessian[i] = mass > 0 ? p * (1 - p) : 0;
        }
      }
    },
  };
}

/** Pointwise logistic loss: gradient = σ(s) − y, hessian = σ(s)(1 − σ(s)). */
export function logistic(labels: Float32Array): Objective {
  return {
    free: nothing,
    derive(scores, gradient, hessian) {
      for (let i = 0; i < labels.length; i++) {
        const p = 1 / (1 + Math.exp(-scores[i]!));
        gradient[i] = p - labels[i]!;
        hessian[i] = p * (1 - p);
      }
    },
  };
}

/** Measures mean NDCG over the groups that have a relevant row; gain = label, ranks beyond the truncation count nothing. */
export function ndcgOf(labels: Float32Array, groups: Int32Array, truncation: number): (scores: Float64Array) => number {
  const most = longest(groups);
  const table = discounts(most, truncation);
  const ideal = idealDcg(labels, groups, table);
  const scratch = new Float64Array(most);
  const rankOf = new Int32Array(most);
  return (scores) => {
    let sum = 0;
    let counted = 0;
    for (let q = 0; q + 1 < groups.length; q++) {
      if (ideal[q]! <= 0) continue;
      const from = groups[q]!;
      const n = groups[q + 1]! - from;
      ranks(scores, from, n, scratch, rankOf);
      let dcg = 0;
      for (let i = 0; i < n; i++) dcg += labels[from + i]! * table[rankOf[i]!]!;
      sum += dcg / ideal[q]!;
      counted++;
    }
    return counted > 0 ? sum / counted : 0;
  };
}
