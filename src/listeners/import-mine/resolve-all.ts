import { throwIfCancelled } from '../../errors.ts';
import type { SongName } from '../../sources/personal/rows.ts';
import { ownSongKey } from '../keys.ts';
import type { OwnSongMatcher } from '../resolve/own-song-matcher.ts';
import type { Question } from '../reviews.ts';
import type { SongRef } from '../songs.ts';

export interface ResolvedSongs {
  /** How the store names each song, in the order given. */
  readonly refs: readonly SongRef[];
  readonly counts: { matched: number; unsure: number; unknown: number };
  /** What to ask the listener about the unsure ones. */
  readonly questions: readonly Question[];
}

/** Songs matched at a time. */
const CHUNK = 500;

/** The key of a song that the catalogue lacks: its names, else its address. */
export const ownKey = (song: SongName): string =>
  song.title === '' ? ownSongKey(song.uri ?? song.mbid ?? song.isrc ?? '', []) : ownSongKey(song.title, song.artists);

/** Says for every song of an export how the store names it: by the catalogue's track where that is sure, else as a song of its own. */
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
