import { SegueError } from '../../errors.ts';
import type { ArrivedEvent } from '../events.ts';
import type { Household } from './household.ts';
import type { PersonalList } from './personal-list.ts';
import type { PersonalRecommender } from './personal-recommender.ts';

/** A message to somebody who watches a listener. */
export type LiveUpdate =
  | { readonly type: 'events'; readonly cursor: number; readonly events: readonly ArrivedEvent[] }
  | { readonly type: 'list'; readonly list: PersonalList }
  /** There is no list, e.g. because no model is trained; events continue. */
  | { readonly type: 'problem'; readonly error: SegueError };

export interface LiveOptions {
  /** `cursor` of the last update seen; null = start with the newest events. */
  readonly after: number | null;
  /** Number of songs in a list. */
  readonly n: number;
  readonly signal: AbortSignal;
  /** Resolves when it is time to check again, or when the signal is aborted. */
  readonly wait: (signal: AbortSignal) => Promise<void>;
}

/** Most events per update; more of them are sent as several updates. */
const MOST_EVENTS = 100;

const passes = (error: unknown): boolean =>
  error instanceof SegueError && (error.code === 'LIBRARY_BUSY' || error.code === 'DATABASE_UNREACHABLE');

/**
 * A listener's events as they arrive, and their list whenever it has changed. Reads the store, so it does not matter which process recorded an event:
 * this server, another replica or a consumer of the stream. Retries when the store does not respond. Ends with the signal.
 * @throws SegueError NOT_FOUND when the listener is deleted
 */
export async function* liveUpdates(
  household: Household,
  personal: PersonalRecommender,
  listener: string,
  { after, n, signal, wait }: LiveOptions,
): AsyncGenerator<LiveUpdate> {
  let cursor = after;
  let greeted = false;
  let seen: number | null = null;
  let shown: string | null = null;
  while (!signal.aborted) {
    try {
      const repository = await household.repository();
      const { revision } = await repository.listeners.get(listener);
      if (revision !== seen) {
        for (let more = true; more && !signal.aborted; ) {
          const arrived = await repository.events.arrivals(listener, cursor, MOST_EVENTS);
          cursor = arrived.cursor;
          more = arrived.events.length === MOST_EVENTS;
          // The first update is sent even when empty, to show that the connection works.
          if (arrived.events.length > 0 || !greeted) yield { type: 'events', ...arrived };
          greeted = true;
        }
        const update = await listFor(personal, listener, n);
        const now = update.type === 'list' ? update.list.tracks.map(({ uri }) => uri).join('\n') : update.error.message;
        if (now !== shown) yield update;
        shown = now;
        // Only now: if the store fails before the list is made, all of this is repeated.
        seen = revision;
      }
    } catch (error) {
      if (!passes(error)) throw error;
    }
    await wait(signal);
  }
}

async function listFor(
  personal: PersonalRecommender,
  listener: string,
  n: number,
): Promise<Exclude<LiveUpdate, { type: 'events' }>> {
  try {
    return { type: 'list', list: await personal.forYou(listener, { n }) };
  } catch (error) {
    if (!(error instanceof SegueError) || passes(error) || error.code === 'NOT_FOUND') throw error;
    return { type: 'problem', error };
  }
}
