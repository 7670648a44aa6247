import { SegueError } from '../../errors.ts';
import type { ArrivedEvent } from '../events.ts';
import type { Household } from './household.ts';
import type { PersonalList } from './personal-list.ts';
import type { PersonalRecommender } from './personal-recommender.ts';

/** What someone who watches a listener is told. */
export type LiveUpdate =
  | { readonly type: 'events'; readonly cursor: number; readonly events: readonly ArrivedEvent[] }
  | { readonly type: 'list'; readonly list: PersonalList }
  /** There is no list, e.g. because no model is trained; events go on. */
  | { readonly type: 'problem'; readonly error: SegueError };

export interface LiveOptions {
  /** `cursor` of the last update that was seen; null = begin with the newest events. */
  readonly after: number | null;
  /** Songs of a list. */
  readonly n: number;
  readonly signal: AbortSignal;
  /** Resolves when it is time to look again, and when the signal is aborted. */
  readonly wait: (signal: AbortSignal) => Promise<void>;
}

/** Events of one update; when more came at once, several updates follow each other. */
const MOST_EVENTS = 100;

const passes = (error: unknown): boolean =>
  error instanceof SegueError && (error.code === 'LIBRARY_BUSY' || error.code === 'DATABASE_UNREACHABLE');

/**
 * The events of a listener as they arrive, and the list for them whenever that changed. It reads the store, so it does not matter which process
 * recorded an event: this server, another replica or a stream's consumer. A store that is away is asked again. Ends with the signal.
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
          // The first one goes out empty too: whoever watches learns that it works.
          if (arrived.events.length > 0 || !greeted) yield { type: 'events', ...arrived };
          greeted = true;
        }
        const update = await listFor(personal, listener, n);
        const now = update.type === 'list' ? update.list.tracks.map(({ uri }) => uri).join('\n') : update.error.message;
        if (now !== shown) yield update;
        shown = now;
        // Only now: when the store is away before the list is made, all of this is done again.
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
