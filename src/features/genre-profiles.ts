import type { Dataset } from '../dataset/dataset.ts';
import { type Csr, fromRows } from '../math/csr.ts';

/**
 * The tracks' genres as TF-IDF rows. A track has its own genres and those of its artists. Tracks with the same artists share one row (a profile), so
 * a catalogue of millions has a few hundred thousand short rows, and a scan reads each once.
 */
export interface GenreProfiles {
  /** Row of each track, −1 when no genre is known. */
  readonly profileOf: Int32Array;
  /** profiles × genres, rows of length 1, genres ascending. */
  readonly rows: Csr;
}

/** idf = ln((1 + N) / (1 + df)) + 1, N documents of which df have the genre (the smooth form; never 0, defined for unseen genres). */
export const inverseDocumentFrequency = (documents: number, frequency: number): number =>
  Math.log((1 + documents) / (1 + frequency)) + 1;

/** Converts rows of term counts to rows of count · idf, scaled to length 1 (rows of zeros stay zero). */
export function tfIdf(counts: Csr, idf: Float64Array): Csr {
  const values = new Float32Array(counts.idx.length);
  for (let r = 0; r < counts.rows; r++) {
    let squared = 0;
    for (let e = counts.ptr[r]!; e < counts.ptr[r + 1]!; e++) {
      const value = (counts.values ? counts.values[e]! : 1) * idf[counts.idx[e]!]!;
      values[e] = value;
      squared += value * value;
    }
    if (squared === 0) continue;
    const scale = 1 / Math.sqrt(squared);
    for (let e = counts.ptr[r]!; e < counts.ptr[r + 1]!; e++) values[e]! *= scale;
  }
  return { ...counts, values };
}

/** Genre counts by profile, and the profile of each track. */
export function genreCounts(dataset: Dataset): { profileOf: Int32Array; counts: Csr } {
  const { tracks, artists, genres } = dataset;
  const profileOf = new Int32Array(tracks.count).fill(-1);
  const rows: number[][] = [];
  const values: number[] = [];
  const single = new Int32Array(artists.count).fill(-2);
  const joint = new Map<string, number>();
  const tally = new Map<number, number>();
  const addProfile = (): number => {
    if (tally.size === 0) return -1;
    const row = [...tally.keys()].sort((a, b) => a - b);
    for (const genre of row) values.push(tally.get(genre)!);
    rows.push(row);
    return rows.length - 1;
  };
  for (let t = 0; t < tracks.count; t++) {
    const from = tracks.artists.ptr[t]!;
    const to = tracks.artists.ptr[t + 1]!;
    const own = tracks.genres.ptr[t + 1]! - tracks.genres.ptr[t]!;
    const only = to === from + 1 && own === 0 ? tracks.artists.idx[from]! : -1;
    if (only >= 0 && single[only]! !== -2) {
      profileOf[t] = single[only]!;
      continue;
    }
    let key = '';
    if (only < 0) {
      key = `${tracks.artists.idx.subarray(from, to).join(',')}|${tracks.genres.idx.subarray(tracks.genres.ptr[t]!, tracks.genres.ptr[t]! + own).join(',')}`;
      const known = joint.get(key);
      if (known !== undefined) {
        profileOf[t] = known;
        continue;
      }
    }
    tally.clear();
    for (let a = from; a < to; a++) {
      const artist = tracks.artists.idx[a]!;
      for (let g = artists.genres.ptr[artist]!; g < artists.genres.ptr[artist + 1]!; g++) {
        const genre = artists.genres.idx[g]!;
        tally.set(genre, (tally.get(genre) ?? 0) + 1);
      }
    }
    for (let g = tracks.genres.ptr[t]!; g < tracks.genres.ptr[t + 1]!; g++) {
      const genre = tracks.genres.idx[g]!;
      tally.set(genre, (tally.get(genre) ?? 0) + 1);
    }
    const profile = addProfile();
    if (only >= 0) single[only] = profile;
    else joint.set(key, profile);
    profileOf[t] = profile;
  }
  return { profileOf, counts: { ...fromRows(rows, genres.size), values: Float32Array.from(values) } };
}

/** Number of tracks that have a genre, and of tracks that have each genre. */
export function genreFrequencies(profileOf: Int32Array, counts: Csr): { documents: number; frequency: Int32Array } {
  const tracks = new Int32Array(counts.rows);
  let documents = 0;
  for (let t = 0; t < profileOf.length; t++) {
    if (profileOf[t]! < 0) continue;
    tracks[profileOf[t]!]!++;
    documents++;
  }
  const frequency = new Int32Array(counts.columns);
  for (let r = 0; r < counts.rows; r++)
    for (let e = counts.ptr[r]!; e < counts.ptr[r + 1]!; e++) frequency[counts.idx[e]!]! += tracks[r]!;
  return { documents, frequency };
}
