import { throwIfCancelled } from '../../errors.ts';
import type { ListenerRepository } from '../repository.ts';
import type { Question } from '../reviews.ts';
import type { SongIds, SongRef } from '../songs.ts';
import type { OwnSongMatcher } from './own-song-matcher.ts';

/** Songs matched at a time. */
const CHUNK = 500;

export interface ResolvedAgain {
  /** Songs of the listener's own that were looked at. */
  readonly tried: number;
  /** Those that the catalogue knows now: their plays, opinions and bans moved to its track. */
  readonly settled: number;
  /** Questions that are open now. */
  readonly unsure: number;
}

/**
 * Looks again for the songs that the catalogue lacked when they were imported; what the listener refused is not offered again.
 * @param asked songs that were looked for just now, by their keys: those are left out
 * @throws SegueError NOT_FOUND, CANCELLED
 */
export async function resolveAgain(
  repository: ListenerRepository,
  matcher: OwnSongMatcher,
  listener: string,
  signal?: AbortSignal,
  asked: ReadonlyMap<string, SongRef> = new Map(),
): Promise<ResolvedAgain> {
  const songs = await repository.songs.unknown(listener, (song) => !isSame(song, asked.get(song.song)));
  const refused = await repository.reviews.refused(listener);
  const pairs: { from: string; to: SongRef }[] = [];
  const questions: Question[] = [];
  for (let from = 0; from < songs.length; from += CHUNK) {
    throwIfCancelled(signal, 'Matching songs');
    const chunk = songs.slice(from, from + CHUNK);
    const matched = await matcher.match(
      chunk.map(({ title, artists, album, isrc, mbid }) => ({
        title,
        artists: [...artists],
        ...(album !== null && { album }),
        ...(isrc !== null && { isrc }),
        ...(mbid !== null && { mbid }),
      })),
    );
    for (const [i, { song, title, artists, album, isrc, mbid }] of chunk.entries()) {
      const { song: known, candidates } = matched[i]!;
      if (!known) {
        if (candidates.length > 0) questions.push({ song: { song, title, artists, album }, candidates });
      } else if (!refused.get(song)?.has(known.song)) pairs.push({ from: song, to: { ...known, isrc, mbid } });
    }
  }
  const settled = await repository.songs.settle(listener, pairs);
  const unsure = await repository.reviews.ask(listener, questions);
  return { tried: songs.length, settled, unsure };
}

/** Whether both are looked for by the same words and ids; the key stands for title and artists. */
const isSame = (song: SongIds, asked: SongRef | undefined): boolean =>
  asked !== undefined && song.album === asked.album && song.isrc === asked.isrc && song.mbid === asked.mbid;
