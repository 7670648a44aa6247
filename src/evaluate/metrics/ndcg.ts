import { discountTable } from './discounts.ts';
import { type CaseMetric, EMPTY_TRUTH, SHORT_AS_MISSES } from './metric.ts';

const table = discountTable((rank) => 1 / Math.log2(rank + 1));

/** NDCG@k with binary gains (Järvelin & Kekäläinen 2002, in the form with log2(rank + 1) from the first rank on). */
export const ndcg: CaseMetric = {
  kind: 'case',
  id: 'ndcg',
  title: 'NDCG',
  description: 'Relevant tracks, discounted by rank; 1 is the best possible order.',
  formula: 'Σ_{hits i ≤ k} 1/log2(i+1) ÷ Σ_{i ≤ min(|G|,k)} 1/log2(i+1)',
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
