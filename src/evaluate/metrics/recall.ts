import { type CaseMetric, EMPTY_TRUTH, SHORT_AS_MISSES } from './metric.ts';

/** Recall@k = |truth ∩ first k| / |truth|; also with k < |truth|, as in the published tables of implicit-feedback splits. */
export const recall: CaseMetric = {
  kind: 'case',
  id: 'recall',
  title: 'Recall',
  description: 'Share of the held-out tracks among the first k recommendations.',
  formula: '|G ∩ R₁…ₖ| / |G|',
  better: 'higher',
  range: [0, 1],
  unit: '',
  whenEmpty: EMPTY_TRUTH,
  whenShort: SHORT_AS_MISSES,
  cutoffs: 'each',
  evaluate({ hitRanks, hits, truth }, cutoffs, out, at) {
    let found = 0;
    for (let c = 0; c < cutoffs.length; c++) {
      while (found < hits && hitRanks[found]! <= cutoffs[c]!) found++;
      out[at + c] = truth.length === 0 ? Number.NaN : found / truth.length;
    }
  },
};
