/**
 * Losses of ranking as first and second derivatives with respect to the scores. Groups are queries: rows
 * groups[q] … groups[q + 1] belong together.
 */
export interface Objective {
  /** Fills gradient and hessian (length rows) for the current scores. */
  derive(
    scores: Float64Array,
    labels: Float32Array,
    groups: Int32Array,
    gradient: Float32Array,
    hessian: Float32Array,
  ): void;
}

const SIGMOID_LIMIT = 24;
const SIGMOID_STEPS = 1 << 14;
const sigmoidTable = new Float64Array(SIGMOID_STEPS + 1);
for (let i = 0; i <= SIGMOID_STEPS; i++) {
  sigmoidTable[i] = 1 / (1 + Math.exp(SIGMOID_LIMIT - (i * 2 * SIGMOID_LIMIT) / SIGMOID_STEPS));
}

/** 1 / (1 + e^(−x)) from a table of 2¹⁴ steps over ±24: absolute error below 4 · 10⁻⁴, and a pair loss needs no more. */
function sigmoid(x: number): number {
  if (x <= -SIGMOID_LIMIT) return 0;
  if (x >= SIGMOID_LIMIT) return 1;
  return sigmoidTable[((x + SIGMOID_LIMIT) * (SIGMOID_STEPS / (2 * SIGMOID_LIMIT)) + 0.5) | 0]!;
}

/** 1 / log2(rank + 2) for rank 0 … */
export function discounts(length: number): Float64Array {
  const table = new Float64Array(length);
  for (let rank = 0; rank < length; rank++) table[rank] = 1 / Math.log2(rank + 2);
  return table;
}

/** Σ gain(label) · discount over the ideal order of the group's first `truncation` places; gain = label (binary or graded). */
function idealDcg(labels: Float32Array, from: number, to: number, table: Float64Array, truncation: number): number {
  const sorted = labels.slice(from, to).sort();
  let sum = 0;
  for (let rank = 0; rank < Math.min(truncation, sorted.length); rank++)
    sum += sorted[sorted.length - 1 - rank]! * table[rank]!;
  return sum;
}

/**
 * LambdaMART's gradients (Burges 2010): for each pair with y_i > y_j and a place within the truncation,
 * λ_ij = σ(s_j − s_i) · |ΔNDCG_ij|, gradient_i −= λ_ij, gradient_j += λ_ij, hessian += λ_ij (1 − σ(s_j − s_i)) on both.
 * The gain is the label itself. With `normalise`, a query's lambdas are scaled by log2(1 + Σλ)/Σλ so that no query dominates.
 * @param truncation ranks beyond it don't count, ≥ 1
 */
export function lambdaRank(truncation: number, normalise: boolean): Objective {
  let table = discounts(1024);
  let sorted = new Float64Array(1024);
  let rankOf = new Int32Array(1024);
  return {
    derive(scores, labels, groups, gradient, hessian) {
      gradient.fill(0);
      hessian.fill(0);
      for (let q = 0; q + 1 < groups.length; q++) {
        const from = groups[q]!;
        const n = groups[q + 1]! - from;
        if (n > table.length) {
          table = discounts(2 * n);
          sorted = new Float64Array(2 * n);
          rankOf = new Int32Array(2 * n);
        }
        const ideal = idealDcg(labels, from, from + n, table, truncation);
        if (ideal <= 0) continue;
        ranks(scores, from, n, sorted, rankOf);
        const sum = pairs(scores, labels, from, n, rankOf, table, truncation, 1 / ideal, gradient, hessian);
        if (normalise && sum > 0) {
          const scale = Math.log2(1 + sum) / sum;
          for (let i = from; i < from + n; i++) {
            gradient[i]! *= scale;
            hessian[i]! *= scale;
          }
        }
      }
    },
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

/** Adds the lambdas of one query's pairs; returns twice the sum of λ. */
function pairs(
  scores: Float64Array,
  labels: Float32Array,
  from: number,
  n: number,
  rankOf: Int32Array,
  table: Float64Array,
  truncation: number,
  inverseIdeal: number,
  gradient: Float32Array,
  hessian: Float32Array,
): number {
  let total = 0;
  for (let i = 0; i < n; i++) {
    const label = labels[from + i]!;
    if (label <= 0) continue;
    const score = scores[from + i]!;
    const rank = rankOf[i]!;
    const discount = rank < truncation ? table[rank]! : 0;
    let gi = 0;
    let hi = 0;
    for (let j = 0; j < n; j++) {
      const other = labels[from + j]!;
      if (other >= label) continue;
      const otherRank = rankOf[j]!;
      if (rank >= truncation && otherRank >= truncation) continue;
      const delta =
        (label - other) * Math.abs(discount - (otherRank < truncation ? table[otherRank]! : 0)) * inverseIdeal;
      const probability = sigmoid(scores[from + j]! - score);
      const lambda = probability * delta;
      const curvature = lambda * (1 - probability);
      gi += lambda;
      hi += curvature;
      gradient[from + j]! += lambda;
      hessian[from + j]! += curvature;
    }
    gradient[from + i]! -= gi;
    hessian[from + i]! += hi;
    total += 2 * gi;
  }
  return total;
}

/**
 * Listwise softmax cross-entropy (ListNet's top-one form, Cao et al. 2007): loss = −Σ_i (y_i / Σy) log p_i, p = softmax(s),
 * gradient_i = p_i − y_i/Σy, hessian_i = p_i (1 − p_i). O(n) a query.
 */
export function softmax(): Objective {
  return {
    derive(scores, labels, groups, gradient, hessian) {
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
export function logistic(): Objective {
  return {
    derive(scores, labels, _groups, gradient, hessian) {
      for (let i = 0; i < labels.length; i++) {
        const p = 1 / (1 + Math.exp(-scores[i]!));
        gradient[i] = p - labels[i]!;
        hessian[i] = p * (1 - p);
      }
    },
  };
}

/** Mean NDCG over the groups that have a relevant row; gain = label, ranks beyond the truncation count nothing. */
export function meanNdcg(scores: Float64Array, labels: Float32Array, groups: Int32Array, truncation: number): number {
  let sum = 0;
  let counted = 0;
  let longest = 0;
  for (let q = 0; q + 1 < groups.length; q++) longest = Math.max(longest, groups[q + 1]! - groups[q]!);
  const table = discounts(longest);
  const scratch = new Float64Array(longest);
  const rankOf = new Int32Array(longest);
  for (let q = 0; q + 1 < groups.length; q++) {
    const from = groups[q]!;
    const to = groups[q + 1]!;
    const ideal = idealDcg(labels, from, to, table, truncation);
    if (ideal <= 0) continue;
    ranks(scores, from, to - from, scratch, rankOf);
    let dcg = 0;
    for (let i = from; i < to; i++) {
      const rank = rankOf[i - from]!;
      if (rank < truncation) dcg += labels[i]! * table[rank]!;
    }
    sum += dcg / ideal;
    counted++;
  }
  return counted > 0 ? sum / counted : 0;
}
