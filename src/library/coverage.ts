import type { Dataset } from '../dataset/dataset.ts';
import type { LibraryCounts } from './library-types.ts';

/** Counts of a dataset, and the shares of its entries whose track has known features, genres (its own or an artist's), year and popularity. */
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
  let [sameSong, featured, withGenres] = [0, 0, 0];
  const { song } = tracks;
  for (let t = 0; t < tracks.count; t++) {
    if (song[t] !== t) sameSong++;
    if (known[t]! & HAS.features) featured++;
    if (known[t]! & HAS.genres) withGenres++;
  }
  counts.sameSong = sameSong;
  counts.tracksWithFeatures = featured;
  counts.tracksWithGenres = withGenres;
  // A histogram of the 16 combinations takes a single pass over the entries.
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

/** What is known of each track, as bits. Skips empty columns, and columns that are only counted per entry when there are no entries. */
function knownOf(dataset: Dataset): Uint8Array {
  const { tracks, artists, byOwner } = dataset;
  const { count } = tracks;
  const known = new Uint8Array(count);
  if (tracks.features.length > 0) for (let t = 0; t < count; t++) if (dataset.hasFeatures(t)) known[t]! |= HAS.features;
  if (tracks.genres.idx.length > 0 || artists.genres.idx.length > 0)
    for (let t = 0; t < count; t++) if (dataset.hasGenres(t)) known[t]! |= HAS.genres;
  if (byOwner.idx.length === 0) return known;
  const { year, popularity } = tracks;
  for (let t = 0; t < count; t++)
    known[t]! |= (year[t]! >= 0 ? HAS.year : 0) | (popularity[t]! >= 0 ? HAS.popularity : 0);
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
