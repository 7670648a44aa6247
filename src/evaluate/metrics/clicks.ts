import { type CaseMetric, EMPTY_TRUTH, SHORT_AS_MISSES } from './metric.ts';

const PAGE = 10;

/**
 * Number of times a person must request ten more songs until the first correct one appears (RecSys Challenge 2018). 0 when it is among the first ten;
 * when there is none, one more than the pages of the list, which is 51 for lists of 500.
 */
export const clicks: CaseMetric = {
  kind: 'case',
  id: 'clicks',
  title: 'Clicks',
  description: 'Pages of ten tracks to scroll past before the first relevant one.',
  formula: '⌊(rank of the first hit − 1) / 10⌋, and ⌊k/10⌋ + 1 when there is none',
  better: 'lower',
  range: [0, null],
  unit: '',
  whenEmpty: EMPTY_TRUTH,
  whenShort: SHORT_AS_MISSES,
  cutoffs: 'each',
  evaluate({ hitRanks, hits, truth }, cutoffs, out, at) {
    for (let c = 0; c < cutoffs.length; c++) {
      const k = cutoffs[c]!;
      const found = hits > 0 && hitRanks[0]! <= k;
      out[at + c] =
        truth.length === 0 ? Number.NaN : found ? Math.floor((hitRanks[0]! - 1) / PAGE) : Math.floor(k / PAGE) + 1;
    }
  },
};
