import { throwIfCancelled } from '../../errors.ts';
import { Pace } from '../../math/pace.ts';
import { artistNames } from '../../recommend/describe.ts';
import type { SongName } from '../../sources/personal/rows.ts';
import { ownSongKey } from '../keys.ts';
import { reviewCandidates } from '../resolve/resolve-again.ts';
import type { Resolver } from '../resolve/resolver.ts';
import type { Question } from '../reviews.ts';
import type { SongRef } from '../songs.ts';

export interface ResolvedSongs {
  /** How the store names each song, in the order given. */
  readonly refs: readonly SongRef[];
  readonly counts: { matched: number; unsure: number; unknown: number };
  /** What to ask the listener about the unsure ones. */
  readonly questions: readonly Question[];
}

/** The key of a song that the catalogue lacks: its names, else its address. */
export const ownKey = (song: SongName): string =>
  song.title === '' ? ownSongKey(song.uri ?? song.mbid ?? song.isrc ?? '', []) : ownSongKey(song.title, song.artists);

/** Says for every song of an export how the store names it: by the catalogue's track where that is sure, else as a song of its own. */
export async function resolveAll(
  resolver: Resolver,
  songs: readonly SongName[],
  signal?: AbortSignal,
  onProgress: (part: number) => void = () => {},
): Promise<ResolvedSongs> {
  const { tracks } = resolver.dataset;
  const counts = { matched: 0, unsure: 0, unknown: 0 };
  const refs: SongRef[] = [];
  const questions: Question[] = [];
  const pace = new Pace();
  for (const [i, song] of songs.entries()) {
    if (pace.due) {
      await pace.rest();
      throwIfCancelled(signal, 'the import');
      onProgress(i / songs.length);
    }
    const { track, candidates } = resolver.resolve(song);
    const ids = { isrc: song.isrc ?? null, mbid: song.mbid ?? null };
    if (track >= 0) {
      counts.matched++;
      const artists = artistNames(resolver.dataset, track);
      refs.push({
        song: tracks.vocabulary.id(track),
        title: tracks.names.get(track),
        artists,
        album: song.album ?? null,
        ...ids,
      });
    } else {
      const { title, artists, album } = song;
      const ref = { song: ownKey(song), title: title || (song.uri ?? ''), artists, album: album ?? null, ...ids };
      refs.push(ref);
      if (candidates.length > 0) {
        counts.unsure++;
        questions.push({ song: ref, candidates: reviewCandidates(resolver, candidates) });
      } else counts.unknown++;
    }
  }
  return { refs, counts, questions };
}
