import { type CaseMetric, EMPTY_TRUTH, SHORT_AS_MISSES } from './metric.ts';

/** Average precision at k; its mean over cases is MAP. Divided by |truth| as trec_eval does, not by min(|truth|, k). */
export const averagePrecision: CaseMetric = {
  kind: 'case',
  id: 'map',
  title: 'MAP',
  description: 'Mean precision at each relevant track; rewards relevant tracks near the top.',
  formula: 'Σ_{hits i ≤ k} precision@i ÷ |G|',
  better: 'higher',
  range: [0, 1],
  unit: '',
  whenEmpty: EMPTY_TRUTH,
  whenShort: SHORT_AS_MISSES,
  cutoffs: 'each',
  evaluate({ hitRanks, hits, truth }, cutoffs, out, at) {
    let found = 0;
    let sum = 0;
    for (let c = 0; c < cutoffs.length; c++) {
      for (; found < hits && hitRanks[found]! <= cutoffs[c]!; found++) sum += (found + 1) / hitRanks[found]!;
      out[at + c] = truth.length === 0 ? Number.NaN : sum / truth.length;
    }
  },
};
