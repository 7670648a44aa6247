import type { Dataset } from '../dataset/dataset.ts';

/** Counts for a library: tracks with each kind of data, distinct songs (counting one for all its releases), and owners that are people. */
export interface KnownCounts {
  withFeatures: number;
  withGenres: number;
  withYear: number;
  songs: number;
  persons: number;
}

export function knownCounts(dataset: Dataset): KnownCounts {
  const { tracks, owners } = dataset;
  const counts: KnownCounts = { withFeatures: 0, withGenres: 0, withYear: 0, songs: 0, persons: 0 };
  for (let t = 0; t < tracks.count; t++) {
    if (dataset.hasFeatures(t)) counts.withFeatures++;
    if (dataset.hasGenres(t)) counts.withGenres++;
    if (tracks.year[t]! >= 0) counts.withYear++;
    if (tracks.song[t] === t) counts.songs++;
  }
  for (let o = 0; o < owners.count; o++) counts.persons += owners.kind[o]!;
  return counts;
}
