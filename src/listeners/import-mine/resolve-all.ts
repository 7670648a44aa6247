import { throwIfCancelled } from '../../errors.ts';
import type { SongName } from '../../sources/personal/rows.ts';
import { ownSongKey } from '../keys.ts';
import type { OwnSongMatcher } from '../resolve/own-song-matcher.ts';
import type { Question } from '../reviews.ts';
import type { SongRef } from '../songs.ts';

export interface ResolvedSongs {
  /** The song in the store for each given song, in their order. */
  readonly refs: readonly SongRef[];
  readonly counts: { matched: number; unsure: number; unknown: number };
  /** Questions to the listener about uncertain matches. */
  readonly questions: readonly Question[];
}

/** Number of songs matched at a time. */
const CHUNK = 500;

/** Key of a song that the catalogue lacks: made from its names, or without these from its URI or other id. */
export const ownKey = (song: SongName): string =>
  song.title === '' ? ownSongKey(song.uri ?? song.mbid ?? song.isrc ?? '', []) : ownSongKey(song.title, song.artists);

/** Finds the store's song for every song of an export: the catalogue track if the match is certain, otherwise an own song. */
export async function resolveAll(
  matcher: OwnSongMatcher,
  songs: readonly SongName[],
  signal?: AbortSignal,
  onProgress: (part: number) => void = () => {},
): Promise<ResolvedSongs> {
  const counts = { matched: 0, unsure: 0, unknown: 0 };
  const refs: SongRef[] = [];
  const questions: Question[] = [];
  for (let from = 0; from < songs.length; from += CHUNK) {
    throwIfCancelled(signal, 'the import');
    onProgress(from / songs.length);
    const chunk = songs.slice(from, from + CHUNK);
    const matched = await matcher.match(chunk);
    for (const [i, song] of chunk.entries()) {
      const { song: known, candidates } = matched[i]!;
      const ids = { isrc: song.isrc ?? null, mbid: song.mbid ?? null };
      if (known) {
        counts.matched++;
        refs.push({ ...known, album: song.album ?? null, ...ids });
        continue;
      }
      const { title, artists, album } = song;
      const ref = { song: ownKey(song), title: title || (song.uri ?? ''), artists, album: album ?? null, ...ids };
      refs.push(ref);
      if (candidates.length > 0) {
        counts.unsure++;
        questions.push({ song: ref, candidates });
      } else counts.unknown++;
    }
  }
  return { refs, counts, questions };
}
