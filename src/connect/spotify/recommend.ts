import { SegueError } from '../../errors.ts';
import { recordsIn } from '../answers.ts';
import type { RemoteSong } from '../records.ts';
import type { SpotifyClient } from './client.ts';
import type { Learned } from './learned.ts';
import { trackOf } from './tracks.ts';

/** What a call takes. */
const MOST_SEEDS = 5;
const MOST_SONGS = 100;

/**
 * Spotify's own recommendations, for applications that still may ask.
 * @param seeds Spotify ids; the first five count
 * @throws SegueError NOT_POSSIBLE with the sentence of the first refusal, and those of the client
 */
export async function recommendedBySpotify(
  client: SpotifyClient,
  learned: Learned,
  seeds: readonly string[],
  n: number,
  signal?: AbortSignal,
): Promise<RemoteSong[]> {
  const query = { seed_tracks: seeds.slice(0, MOST_SEEDS).join(','), limit: Math.min(n, MOST_SONGS) };
  const answer = await learned.unlessRefused('recommend', () => client.get('/recommendations', query, signal));
  if (!answer)
    throw new SegueError('NOT_POSSIBLE', {
      got: learned.because('recommend') ?? 'Spotify recommends nothing to this application',
      remedy: 'Use one of the models here; see `segue models`',
    });
  return recordsIn(answer.tracks).flatMap((track) => trackOf(track) ?? []);
}
