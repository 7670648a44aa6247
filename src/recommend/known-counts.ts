import { AUDIO_FEATURES } from '../dataset/audio-features.ts';
import type { Dataset } from '../dataset/dataset.ts';

const FEATURES = AUDIO_FEATURES.length;

/** Of how many tracks what is known; how many songs there are, releases of one counted once; and how many owners are people. */
export interface KnownCounts {
  withFeatures: number;
  withGenres: number;
  withYear: number;
  songs: number;
  persons: number;
}

export function knownCounts({ tracks, artists, owners }: Dataset): KnownCounts {
  const counts: KnownCounts = { withFeatures: 0, withGenres: 0, withYear: 0, songs: 0, persons: 0 };
  for (let t = 0; t < tracks.count; t++) {
    let f = t * FEATURES;
    while (f < (t + 1) * FEATURES && Number.isNaN(tracks.features[f]!)) f++;
    if (f < (t + 1) * FEATURES) counts.withFeatures++;
    let genres = tracks.genres.ptr[t + 1]! > tracks.genres.ptr[t]!;
    for (let e = tracks.artists.ptr[t]!; e < tracks.artists.ptr[t + 1]! && !genres; e++) {
      const artist = tracks.artists.idx[e]!;
      genres = artists.genres.ptr[artist + 1]! > artists.genres.ptr[artist]!;
    }
    if (genres) counts.withGenres++;
    if (tracks.year[t]! >= 0) counts.withYear++;
    if (tracks.song[t] === t) counts.songs++;
  }
  for (let o = 0; o < owners.count; o++) counts.persons += owners.kind[o]!;
  return counts;
}
