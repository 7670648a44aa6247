import { type CaseMetric, EMPTY_TRUTH, SHORT_AS_MISSES } from './metric.ts';

/** Precision at the size of the truth. */
export const rPrecision: CaseMetric = {
  kind: 'case',
  id: 'r-precision',
  title: 'R-precision',
  description: 'Precision at rank |G|, the number of held-out tracks.',
  formula: '|G ∩ R₁…|G|| / |G|',
  better: 'higher',
  range: [0, 1],
  unit: '',
  whenEmpty: EMPTY_TRUTH,
  whenShort: SHORT_AS_MISSES,
  cutoffs: 'none',
  evaluate({ hitRanks, hits, truth }, _cutoffs, out, at) {
    let found = 0;
    while (found < hits && hitRanks[found]! <= truth.length) found++;
    out[at] = truth.length === 0 ? Number.NaN : found / truth.length;
  },
};
