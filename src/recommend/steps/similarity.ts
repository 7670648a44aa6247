import type { Dataset } from '../../dataset/dataset.ts';
import type { StandardRows } from '../../features/standard-rows.ts';
import { artistNumbers } from '../describe.ts';

/** Similarity of two tracks, 0–1, 1 = the same. */
export type Similarity = (a: number, b: number) => number;

/** Cosine of track vectors, with negative values set to 0. @param data count × dimension, row by row */
export function vectorSimilarity(data: Float32Array, dimension: number): Similarity {
  const norms = new Map<number, number>();
  const norm = (track: number): number => {
    let value = norms.get(track);
    if (value === undefined) {
      value = 0;
      for (let i = track * dimension; i < (track + 1) * dimension; i++) value += data[i]! * data[i]!;
      value = Math.sqrt(value);
      norms.set(track, value);
    }
    return value;
  };
  return (a, b) => {
    let dot = 0;
    for (let i = 0; i < dimension; i++) dot += data[a * dimension + i]! * data[b * dimension + i]!;
    const length = norm(a) * norm(b);
    return length > 0 ? Math.max(0, Math.min(1, dot / length)) : 0;
  };
}

/** The mean of two similarities, or the second alone where the first lacks data on a track. */
export const blended =
  (first: Similarity, second: Similarity): Similarity =>
  (a, b) =>
    first(a, a) > 0 && first(b, b) > 0 ? (first(a, b) + second(a, b)) / 2 : second(a, b);

/**
 * (1 + cosine) / 2 of the measured audio, so that the similarity to a mixture of two points is the mixture of the similarities; falls back to `other`
 * where a track was not analysed.
 * @param measured kinds of measures; the mean cosine over those that have both tracks
 */
export function soundSimilarity(measured: readonly StandardRows[], other: Similarity): Similarity {
  return (a, b) => {
    if (a === b) return 1;
    let sum = 0;
    let known = 0;
    for (const rows of measured) {
      const cosine = rows.alike(a, b);
      if (Number.isNaN(cosine)) continue;
      sum += cosine;
      known++;
    }
    return known === 0 ? other(a, b) : Math.max(0, Math.min(1, (1 + sum / known) / 2));
  };
}

/**
 * Similarity from metadata that every catalogue has, where there are no vectors: the same song 1, the same album 0.9, a common artist 0.8, otherwise
 * half of the genres' Jaccard coefficient.
 */
export function metadataSimilarity(dataset: Dataset): Similarity {
  const genres = new Map<number, Set<number>>();
  const genresOf = (track: number): Set<number> => {
    let set = genres.get(track);
    if (!set) {
      const { tracks, artists } = dataset;
      set = new Set(tracks.genres.idx.subarray(tracks.genres.ptr[track]!, tracks.genres.ptr[track + 1]!));
      for (const artist of artistNumbers(dataset, track))
        for (let e = artists.genres.ptr[artist]!; e < artists.genres.ptr[artist + 1]!; e++)
          set.add(artists.genres.idx[e]!);
      genres.set(track, set);
    }
    return set;
  };
  return (a, b) => {
    const { song, album } = dataset.tracks;
    if (song[a] === song[b]) return 1;
    if (album[a]! >= 0 && album[a] === album[b]) return 0.9;
    const others = artistNumbers(dataset, b);
    if (artistNumbers(dataset, a).some((artist) => others.includes(artist))) return 0.8;
    const x = genresOf(a);
    const y = genresOf(b);
    if (x.size === 0 || y.size === 0) return 0;
    let shared = 0;
    for (const genre of x) if (y.has(genre)) shared++;
    return (0.5 * shared) / (x.size + y.size - shared);
  };
}
