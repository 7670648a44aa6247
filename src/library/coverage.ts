import type { Dataset } from '../dataset/dataset.ts';
import type { LibraryCounts } from './library-types.ts';

/** Counts of a dataset, and the shares of its entries whose track is known by features, genres (its own or an artist's), year, popularity. */
export function countDataset(dataset: Dataset): LibraryCounts {
  const { tracks, artists, byOwner } = dataset;
  const known = knownOf(dataset);
  const counts: LibraryCounts = {
    tracks: tracks.count,
    artists: artists.count,
    albums: dataset.albums.count,
    genres: dataset.genres.size,
    owners: dataset.owners.count,
    entries: byOwner.idx.length,
    sameSong: 0,
    tracksWithFeatures: 0,
    tracksWithGenres: 0,
    artistsWithGenres: 0,
    entriesWithFeatures: 0,
    entriesWithGenres: 0,
    entriesWithYear: 0,
    entriesWithPopularity: 0,
  };
  for (let a = 0; a < artists.count; a++)
    if (artists.genres.ptr[a] !== artists.genres.ptr[a + 1]) counts.artistsWithGenres++;
  for (let t = 0; t < tracks.count; t++) {
    if (tracks.song[t] !== t) counts.sameSong++;
    if (known[t]! & HAS.features) counts.tracksWithFeatures++;
    if (known[t]! & HAS.genres) counts.tracksWithGenres++;
  }
  // A histogram of the 16 combinations: one pass over the entries.
  const entries = new Float64Array(16);
  for (let e = 0; e < byOwner.idx.length; e++) entries[known[byOwner.idx[e]!]!]!++;
  const share = (bit: number): number => {
    let sum = 0;
    for (let k = 0; k < 16; k++) if (k & bit) sum += entries[k]!;
    return byOwner.idx.length > 0 ? sum / byOwner.idx.length : 0;
  };
  counts.entriesWithFeatures = share(HAS.features);
  counts.entriesWithGenres = share(HAS.genres);
  counts.entriesWithYear = share(HAS.year);
  counts.entriesWithPopularity = share(HAS.popularity);
  return counts;
}

const HAS = { features: 1, genres: 2, year: 4, popularity: 8 } as const;

/** What is known of each track, as bits. */
function knownOf(dataset: Dataset): Uint8Array {
  const { tracks } = dataset;
  const known = new Uint8Array(tracks.count);
  for (let t = 0; t < tracks.count; t++) {
    let bits = dataset.hasFeatures(t) ? HAS.features : 0;
    if (dataset.hasGenres(t)) bits |= HAS.genres;
    if (tracks.year[t]! >= 0) bits |= HAS.year;
    if (tracks.popularity[t]! >= 0) bits |= HAS.popularity;
    known[t] = bits;
  }
  return known;
}

export const NOTHING: LibraryCounts = {
  tracks: 0,
  artists: 0,
  albums: 0,
  genres: 0,
  owners: 0,
  entries: 0,
  sameSong: 0,
  tracksWithFeatures: 0,
  tracksWithGenres: 0,
  artistsWithGenres: 0,
  entriesWithFeatures: 0,
  entriesWithGenres: 0,
  entriesWithYear: 0,
  entriesWithPopularity: 0,
};
