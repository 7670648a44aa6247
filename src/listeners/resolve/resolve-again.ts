import { throwIfCancelled } from '../../errors.ts';
import { artistNames } from '../../recommend/describe.ts';
import type { ListenerRepository } from '../repository.ts';
import type { Question, ReviewCandidate } from '../reviews.ts';
import type { SongRef } from '../songs.ts';
import type { Candidate, Resolver } from './resolver.ts';

/** Songs matched between two breaths, in which other work may run. */
const CHUNK = 50;

export interface ResolvedAgain {
  /** Songs of the listener's own that were looked at. */
  readonly tried: number;
  /** Those that the catalogue knows now: their plays, opinions and bans moved to its track. */
  readonly settled: number;
  /** Questions that are open now. */
  readonly unsure: number;
}

/** Candidates as a review keeps them. */
export const reviewCandidates = ({ dataset }: Resolver, candidates: readonly Candidate[]): ReviewCandidate[] =>
  candidates.map(({ track, confidence }) => ({
    song: dataset.tracks.vocabulary.id(track),
    title: dataset.tracks.names.get(track),
    artists: artistNames(dataset, track),
    confidence: Math.round(confidence * 1000) / 1000,
  }));

/**
 * Looks again for the songs that the catalogue lacked when they were imported; what the listener refused is not offered again.
 * @throws SegueError NOT_FOUND, CANCELLED
 */
export async function resolveAgain(
  repository: ListenerRepository,
  resolver: Resolver,
  listener: string,
  signal?: AbortSignal,
): Promise<ResolvedAgain> {
  const { dataset } = resolver;
  const [songs, refused] = [await repository.songs.unknown(listener), await repository.reviews.refused(listener)];
  const pairs: { from: string; to: SongRef }[] = [];
  const questions: Question[] = [];
  for (const [i, { song, title, artists, album, isrc, mbid }] of songs.entries()) {
    if (i % CHUNK === CHUNK - 1) {
      await new Promise((resolve) => setImmediate(resolve));
      throwIfCancelled(signal, 'Matching songs');
    }
    const { track, candidates } = resolver.resolve({
      title,
      artists: [...artists],
      ...(album !== null && { album }),
      ...(isrc !== null && { isrc }),
      ...(mbid !== null && { mbid }),
    });
    if (track < 0) {
      if (candidates.length > 0)
        questions.push({ song: { song, title, artists, album }, candidates: reviewCandidates(resolver, candidates) });
      continue;
    }
    const id = dataset.tracks.vocabulary.id(track);
    if (!refused.get(song)?.has(id))
      pairs.push({
        from: song,
        to: { song: id, title: dataset.tracks.names.get(track), artists: artistNames(dataset, track), isrc, mbid },
      });
  }
  const settled = await repository.songs.settle(listener, pairs);
  const unsure = await repository.reviews.ask(listener, questions);
  return { tried: songs.length, settled, unsure };
}
