import { basename, dirname, extname } from 'node:path';
import type { IAudioMetadata } from 'music-metadata';
import { isrcOf, mbidOf } from '../music-ids.ts';
import type { AudioFormat } from './decoding.ts';

/** What a file says of its song. */
export interface SongTags {
  readonly title: string;
  readonly artists: readonly string[];
  readonly album?: string;
  readonly year?: number;
  readonly genres?: readonly string[];
  /** MusicBrainz recording. */
  readonly mbid?: string;
  readonly isrc?: string;
  /** −1 when neither tags nor headers say it. */
  readonly durationMs: number;
}

const MOST_TEXT = 500;
const MOST_NAMES = 20;

const clean = (text: string | undefined): string | undefined => {
  const trimmed = text?.replaceAll('\0', ' ').trim().slice(0, MOST_TEXT);
  return trimmed === '' ? undefined : trimmed;
};
const cleanAll = (texts: readonly string[] | undefined, split?: RegExp): string[] => [
  ...new Set(
    (texts ?? [])
      .flatMap((text) => (split ? text.split(split) : [text]))
      .flatMap((text) => clean(text) ?? [])
      .slice(0, MOST_NAMES),
  ),
];

/** Title and artist of a file without tags: `Artist - Title`, with the number before it, or the title alone in a folder of the artist. */
export function namesOfPath(path: string): { title: string; artists: string[] } {
  const name = basename(path, extname(path)).replaceAll('_', ' ').replace(/\s+/g, ' ').trim();
  const plain = name.replace(/^(?:\d{1,2}-)?\d{1,3}(?:[.)-] ?| - | )(?=\S)/, '') || name;
  const parts = plain.split(/ [-–—] /);
  if (parts.length >= 2) return { artists: [parts[0]!], title: parts.slice(1).join(' - ') };
  const artist = basename(dirname(dirname(path)));
  return { title: plain, artists: artist === '' || artist === '.' ? [] : [artist] };
}

/** @param relative path from the folder of music, for files without tags */
export function songTags({ common, format }: Pick<IAudioMetadata, 'common' | 'format'>, relative: string): SongTags {
  const byPath = namesOfPath(relative);
  const title = clean(common.title);
  const artists = cleanAll(common.artists && common.artists.length > 0 ? common.artists : [common.artist ?? '']);
  const genres = cleanAll(common.genre, /[;\0]|\s\/\s/).slice(0, 10);
  const year = common.originalyear ?? common.year;
  const isrc = isrcOf(common.isrc?.[0] ?? '');
  const mbid = mbidOf(common.musicbrainz_recordingid);
  return {
    title: title ?? byPath.title,
    // A title of the tags with an artist of the path may be of two songs.
    artists: artists.length > 0 ? artists : title === undefined ? byPath.artists : cleanAll([common.albumartist ?? '']),
    ...(clean(common.album) !== undefined && { album: clean(common.album)! }),
    ...(year !== undefined && year > 1000 && year < 2100 && { year }),
    ...(genres.length > 0 && { genres }),
    ...(mbid !== null && { mbid }),
    ...(isrc !== null && { isrc }),
    durationMs: format.duration !== undefined && format.duration > 0 ? Math.round(format.duration * 1000) : -1,
  };
}

/** What tags and headers of a file say. */
export interface ReadTags {
  readonly tags: SongTags;
  readonly format: AudioFormat;
}
