import { AUDIO_FEATURES } from '../dataset/audio-features.ts';
import type { Dataset } from '../dataset/dataset.ts';
import type { BriefTrack, TrackDetails } from './request.ts';

/** Converts catalogue numbers into names and values for people. Unknown values become null, never −1 or NaN. */

export function artistNumbers(dataset: Dataset, track: number): Int32Array {
  const { ptr, idx } = dataset.tracks.artists;
  return idx.subarray(ptr[track]!, ptr[track + 1]!);
}

export function artistNames(dataset: Dataset, track: number): string[] {
  const { ptr, idx } = dataset.tracks.artists;
  const names: string[] = [];
  for (let e = ptr[track]!, end = ptr[track + 1]!; e < end; e++) names.push(dataset.artists.names.get(idx[e]!));
  return names;
}

export function briefTrack(dataset: Dataset, track: number): BriefTrack {
  return {
    uri: dataset.tracks.vocabulary.id(track),
    name: dataset.tracks.names.get(track),
    artists: artistNames(dataset, track),
  };
}

/** "Name" by Artist, for messages. */
export function trackLabel(dataset: Dataset, track: number): string {
  const artists = artistNames(dataset, track).join(', ');
  return artists === '' ? dataset.tracks.names.get(track) : `${artists} - ${dataset.tracks.names.get(track)}`;
}

/** The genres of a track: its own, then its artists', each once. */
export function genreNumbers({ tracks, artists }: Dataset, track: number): Set<number> {
  const numbers = new Set<number>();
  for (let e = tracks.genres.ptr[track]!; e < tracks.genres.ptr[track + 1]!; e++) numbers.add(tracks.genres.idx[e]!);
  for (let i = tracks.artists.ptr[track]!; i < tracks.artists.ptr[track + 1]!; i++) {
    const artist = tracks.artists.idx[i]!;
    for (let e = artists.genres.ptr[artist]!; e < artists.genres.ptr[artist + 1]!; e++)
      numbers.add(artists.genres.idx[e]!);
  }
  return numbers;
}

export const genreNames = (dataset: Dataset, track: number): string[] =>
  Array.from(genreNumbers(dataset, track), (g) => dataset.genres.id(g));

const known = (value: number): number | null => (value < 0 ? null : value);

export function trackDetails(dataset: Dataset, track: number): TrackDetails {
  const { tracks } = dataset;
  const album = tracks.album[track]!;
  const features: Record<string, number | null> = {};
  for (let f = 0; f < AUDIO_FEATURES.length; f++) {
    const value = dataset.feature(track, f);
    // The sources have five digits; float32 noise beyond them is useless.
    features[AUDIO_FEATURES[f]!.id] = Number.isNaN(value) ? null : Number(value.toPrecision(5));
  }
  return {
    ...briefTrack(dataset, track),
    number: track,
    album: album < 0 ? null : dataset.albums.names.get(album),
    year: known(tracks.year[track]!),
    durationMs: known(tracks.durationMs[track]!),
    popularity: known(tracks.popularity[track]!),
    explicit: tracks.explicit[track]! < 0 ? null : tracks.explicit[track] === 1,
    genres: genreNames(dataset, track),
    features,
    artistUris: Array.from(artistNumbers(dataset, track), (a) => artistReference(dataset, a)),
  };
}

/** The form in which `exclude` accepts an artist: its URI, or `artist:<name>` when it has none. */
export function artistReference(dataset: Dataset, artist: number): string {
  const id = dataset.artists.vocabulary.id(artist);
  return id.startsWith('name:') ? `artist:${dataset.artists.names.get(artist)}` : id;
}
