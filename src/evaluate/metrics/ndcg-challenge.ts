import { discountTable } from './discounts.ts';
import { type CaseMetric, EMPTY_TRUTH, SHORT_AS_MISSES } from './metric.ts';

const table = discountTable((rank) => (rank === 1 ? 1 : 1 / Math.log2(rank)));

/** NDCG as the RecSys Challenge 2018 defines it: ranks 1 and 2 are not discounted, then 1/log2(rank). */
export const ndcgChallenge: CaseMetric = {
  kind: 'case',
  id: 'ndcg-challenge',
  title: 'NDCG (challenge)',
  description: 'Relevant tracks, discounted by rank as the challenge defines it.',
  formula: '(rel₁ + Σ_{2 ≤ i ≤ k} relᵢ/log2(i)) ÷ the same for an ideal list of min(|G|,k) hits',
  better: 'higher',
  range: [0, 1],
  unit: '',
  whenEmpty: EMPTY_TRUTH,
  whenShort: SHORT_AS_MISSES,
  cutoffs: 'each',
  evaluate({ hitRanks, hits, truth }, cutoffs, out, at) {
    const { gain, ideal } = table(cutoffs[cutoffs.length - 1]!);
    let found = 0;
    let dcg = 0;
    for (let c = 0; c < cutoffs.length; c++) {
      const k = cutoffs[c]!;
      for (; found < hits && hitRanks[found]! <= k; found++) dcg += gain[hitRanks[found]!]!;
      out[at + c] = truth.length === 0 ? Number.NaN : dcg / ideal[Math.min(truth.length, k)]!;
    }
  },
};
