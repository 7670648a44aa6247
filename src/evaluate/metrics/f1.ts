import { type CaseMetric, EMPTY_TRUTH, SHORT_AS_MISSES } from './metric.ts';

/** F1@k, the harmonic mean of precision@k and recall@k: 2·hits / (k + |truth|), which is 0 without hits. */
export const f1: CaseMetric = {
  kind: 'case',
  id: 'f1',
  title: 'F1',
  description: 'Harmonic mean of precision and recall.',
  formula: '2·|G ∩ R₁…ₖ| / (k + |G|)',
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
      out[at + c] = truth.length === 0 ? Number.NaN : (2 * found) / (k + truth.length);
    }
  },
};
