import type { CaseMetric } from './metric.ts';

/** Share of recommendations by the seeds' own main artists: how closely a model stays with the artists given. */
export const seedArtists: CaseMetric = {
  kind: 'case',
  id: 'seed-artists',
  title: "Share of the seeds' artists",
  description: 'Share of recommended tracks whose main artist is also the main artist of a seed.',
  formula: '|{i ≤ k : artist(Rᵢ) ∈ artists of the seeds}| / number of tracks',
  better: 'neither',
  range: [0, 1],
  unit: '',
  whenEmpty: 'undefined without seeds: the case does not count',
  whenShort: 'share of the tracks present; undefined for an empty list',
  cutoffs: 'each',
  evaluate({ list, length, seeds, catalogue, artistMarks }, cutoffs, out, at) {
    const { artistOf } = catalogue;
    for (let i = 0; i < seeds.length; i++) if (artistOf[seeds[i]!]! >= 0) artistMarks[artistOf[seeds[i]!]!] = 1;
    let rank = 0;
    let found = 0;
    for (let c = 0; c < cutoffs.length; c++) {
      const end = Math.min(length, cutoffs[c]!);
      for (; rank < end; rank++) {
        const artist = artistOf[list[rank]!]!;
        if (artist >= 0) found += artistMarks[artist]!;
      }
      out[at + c] = seeds.length === 0 || rank === 0 ? Number.NaN : found / rank;
    }
    for (let i = 0; i < seeds.length; i++) if (artistOf[seeds[i]!]! >= 0) artistMarks[artistOf[seeds[i]!]!] = 0;
  },
};
