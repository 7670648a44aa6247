import { type CaseMetric, EMPTY_TRUTH, SHORT_AS_MISSES } from './metric.ts';

/** 1 / rank of the first correct track within k, 0 without one; its mean is MRR. */
export const reciprocalRank: CaseMetric = {
  kind: 'case',
  id: 'mrr',
  title: 'MRR',
  description: 'Reciprocal rank of the first relevant track.',
  formula: '1 / min{i ≤ k : Rᵢ ∈ G}, 0 when there is none',
  better: 'higher',
  range: [0, 1],
  unit: '',
  whenEmpty: EMPTY_TRUTH,
  whenShort: SHORT_AS_MISSES,
  cutoffs: 'each',
  evaluate({ hitRanks, hits, truth }, cutoffs, out, at) {
    for (let c = 0; c < cutoffs.length; c++) {
      const found = hits > 0 && hitRanks[0]! <= cutoffs[c]!;
      out[at + c] = truth.length === 0 ? Number.NaN : found ? 1 / hitRanks[0]! : 0;
    }
  },
};
