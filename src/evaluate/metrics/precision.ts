import { type CaseMetric, EMPTY_TRUTH, SHORT_AS_MISSES } from './metric.ts';

/** Precision@k = |truth ∩ first k| / k. */
export const precision: CaseMetric = {
  kind: 'case',
  id: 'precision',
  title: 'Precision',
  description: 'Share of the first k recommendations that are relevant.',
  formula: '|G ∩ R₁…ₖ| / k',
  better: 'higher',
  range: [0, 1],
  unit: '',
  whenEmpty: EMPTY_TRUTH,
  whenShort: SHORT_AS_MISSES,
  cutoffs: 'each',
  evaluate({ hitRanks, hits, truth }, cutoffs, out, at) {
    let found = 0;
    for (let c = 0; c < cutoffs.length; c++) {
      const k = cutoffs[c]!;
      while (found < hits && hitRanks[found]! <= k) found++;
      out[at + c] = truth.length === 0 ? Number.NaN : found / k;
    }
  },
};
