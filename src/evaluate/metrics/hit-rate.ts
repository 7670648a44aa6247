import { type CaseMetric, EMPTY_TRUTH, SHORT_AS_MISSES } from './metric.ts';

/** 1 when at least one of the first k is correct, else 0. */
export const hitRate: CaseMetric = {
  kind: 'case',
  id: 'hit-rate',
  title: 'Hit rate',
  description: 'Share of lists with at least one relevant track in the first k.',
  formula: '1 if |G ∩ R₁…ₖ| > 0, else 0',
  better: 'higher',
  range: [0, 1],
  unit: '',
  whenEmpty: EMPTY_TRUTH,
  whenShort: SHORT_AS_MISSES,
  cutoffs: 'each',
  evaluate({ hitRanks, hits, truth }, cutoffs, out, at) {
    for (let c = 0; c < cutoffs.length; c++)
      out[at + c] = truth.length === 0 ? Number.NaN : hits > 0 && hitRanks[0]! <= cutoffs[c]! ? 1 : 0;
  },
};
