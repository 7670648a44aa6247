import { SegueError } from '../errors.ts';
import type { Page } from './contract.ts';
import type { RemoteItem } from './records.ts';

/** Plays as a service hands them out, newest first. */
export interface OlderPlays {
  /** Seconds since 1970, and the play; null for one that has no name. */
  readonly plays: readonly { readonly at: number; readonly item: RemoteItem | null }[];
  /** Nothing older exists. */
  readonly last: boolean;
  /** Plays of the whole history; null when the service does not say. */
  readonly total: number | null;
}

interface Cursor {
  /** The latest play of the last complete reading, in seconds since 1970. */
  known: number;
  /** The latest play of this reading, its bound, and what it has read. */
  head: number;
  before: number | null;
  done: number;
}

/**
 * Reads a history from its newest play back to the latest known one. The bound is a moment, not a page number: plays that come or go
 * meanwhile move no other play. The second at a bound is read twice, for its plays may stand on both sides; a play is stored once.
 * @param older plays before a moment (exclusive, seconds since 1970; null = now)
 * @throws SegueError SERVICE_ANSWER when nothing older comes although there is more
 */
export async function* walkBack(
  older: (before: number | null) => Promise<OlderPlays>,
  from: string | null,
): AsyncGenerator<Page> {
  const cursor: Cursor = from ? (JSON.parse(from) as Cursor) : { known: 0, head: 0, before: null, done: 0 };
  for (;;) {
    const { plays, last, total } = await older(cursor.before);
    let oldest = Number.POSITIVE_INFINITY;
    for (const { at } of plays) {
      oldest = Math.min(oldest, at);
      cursor.head = Math.max(cursor.head, at);
    }
    const items = plays.flatMap(({ at, item }) => (item && at >= cursor.known ? [item] : []));
    cursor.done += items.length;
    if (last || plays.length === 0 || oldest < cursor.known) {
      const { head, done } = cursor;
      yield {
        items,
        cursor: JSON.stringify({ known: head, head, before: null, done: 0 }),
        done,
        total: done,
        complete: true,
      };
      return;
    }
    if (cursor.before !== null && oldest >= cursor.before)
      throw new SegueError('SERVICE_ANSWER', {
        got: 'The service sends the same plays again instead of older ones',
        remedy: 'What was read is kept',
      });
    // A page within one second can only be left by giving up the other plays of that second.
    cursor.before = cursor.before === oldest + 1 ? oldest : oldest + 1;
    yield { items, cursor: JSON.stringify(cursor), done: cursor.done, total: cursor.known === 0 ? total : null };
  }
}
