import { type CaseMetric, EMPTY_TRUTH, SHORT_AS_MISSES } from './metric.ts';

const ARTIST_CREDIT = 0.25;

/**
 * R-precision of the RecSys Challenge 2018: adds a quarter of a hit for each distinct main artist in both the truth and the first |G|
 * recommendations. Tracks without a known artist are ignored in this part.
 */
export const rPrecisionChallenge: CaseMetric = {
  kind: 'case',
  id: 'r-precision-challenge',
  title: 'R-precision (challenge)',
  description: 'Precision at rank |G|, the number of held-out tracks; a matching artist counts a quarter.',
  formula: '(|G_T ∩ R_T₁…|G|| + 0.25·|G_A ∩ R_A₁…|G||) / |G|',
  better: 'higher',
  range: [0, 1.25],
  unit: '',
  whenEmpty: EMPTY_TRUTH,
  whenShort: SHORT_AS_MISSES,
  cutoffs: 'none',
  evaluate({ list, length, hitRanks, hits, truth, catalogue, artistMarks }, _cutoffs, out, at) {
    const { artistOf } = catalogue;
    const size = truth.length;
    let found = 0;
    while (found < hits && hitRanks[found]! <= size) found++;
    for (let i = 0; i < size; i++) if (artistOf[truth[i]!]! >= 0) artistMarks[artistOf[truth[i]!]!] = 1;
    let artists = 0;
    for (let i = 0; i < Math.min(size, length); i++) {
      const artist = artistOf[list[i]!]!;
      if (artist < 0 || artistMarks[artist] === 0) continue;
      artists++;
      artistMarks[artist] = 0;
    }
    for (let i = 0; i < size; i++) if (artistOf[truth[i]!]! >= 0) artistMarks[artistOf[truth[i]!]!] = 0;
    out[at] = size === 0 ? Number.NaN : (found + ARTIST_CREDIT * artists) / size;
  },
};
