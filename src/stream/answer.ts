import { SegueError } from '../errors.ts';
import {
  MESSAGE_VERSION,
  type RecommendationMessage,
  type RequestMessage,
  requestMessage,
} from '../listeners/messages.ts';
import type { PersonalRecommender } from '../listeners/personal/personal-recommender.ts';
import { nearestByFeatures } from '../recommend/by-features.ts';
import type { Engine } from '../recommend/engine.ts';
import type { RecommendRequest } from '../recommend/request.ts';
import { decode, type Incoming } from './decode.ts';

/** Number of nearest tracks used as seeds for a feature vector. */
const NEAREST = 5;

/**
 * The answer to a request message.
 * @throws SegueError: USAGE for a message that violates its schema or requests several things at once, DEADLINE_PASSED, and those of the engine
 */
export async function answerRequest(
  engine: Engine,
  personal: PersonalRecommender,
  message: Incoming,
  now: () => number,
): Promise<RecommendationMessage> {
  const start = now();
  const request = decode<RequestMessage>(requestMessage, message);
  const { id, deadline, listener, n, model } = request;
  if (deadline !== undefined && deadline < start)
    throw new SegueError('DEADLINE_PASSED', {
      got: `The request ${id} arrived ${start - deadline} ms after its deadline`,
      remedy: 'Run more consumers, or allow more time',
    });
  const answer =
    listener !== undefined && seedsOf(engine, request) === null
      ? await personal.forYou(listener, { ...(n !== undefined && { n }), ...(model !== undefined && { model }) })
      : await engine.recommend(asRequest(engine, request));
  return {
    version: MESSAGE_VERSION,
    id,
    model: answer.model,
    tookMs: now() - start,
    tracks: [...answer.tracks],
    notes: [...(answer.notes ?? [])],
  };
}

function asRequest(engine: Engine, request: RequestMessage): RecommendRequest {
  const { title, n, model, perArtist } = request;
  const seeds = seedsOf(engine, request);
  const given = { seeds: seeds ?? undefined, title, n, model, perArtist };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Seeds for what the request names; null when it names nothing. @throws SegueError USAGE when it names several things */
function seedsOf(
  engine: Engine,
  { id, track, seeds, features, listener, title }: RequestMessage,
): RecommendRequest['seeds'] | null {
  const named = [track, seeds, features, listener].filter((part) => part !== undefined).length;
  if (named > 1 || (named === 0 && title === undefined))
    throw new SegueError('USAGE', {
      got: `The request ${id} names ${named} of track, seeds, features and listener`,
      expected: 'exactly one, or a title',
    });
  if (track !== undefined) return [{ track }];
  if (seeds !== undefined) return seeds;
  if (features === undefined) return null;
  const { dataset } = engine.current;
  return Array.from(nearestByFeatures(dataset, features, NEAREST), (t) => ({ track: dataset.tracks.vocabulary.id(t) }));
}
