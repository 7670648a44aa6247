import { type Selectable, sql } from '#kysely';
import { SegueError } from '../../errors.ts';
import { EVENT_KINDS, type EventKind, type EventStore, type FeedbackEvent, type StoredEvent } from '../events.ts';
import { clearBan, setBan } from './bans.ts';
import { pageLimit, pageOf, readCursor } from './cursor.ts';
import { type Change, type Database, integer, text } from './database.ts';
import { knowSongs } from './known-songs.ts';
import { type NewOpinion, setOpinions } from './opinions.ts';
import { insertPlays, rowsOf } from './plays.ts';
import type { Tables } from './tables.ts';
import { checkId, checkTime, duration, name } from './values.ts';

/** Source of plays and opinions that come from Segue itself. */
const HERE = 'segue';

export function eventStore(database: Database): EventStore {
  const recordTogether: EventStore['recordTogether'] = async (byListener) => {
    const all = [...byListener.values()].flat();
    for (const event of all) checkEvent(event);
    const fresh = await database.writeEach(byListener.keys(), async (tx, no, listener) => {
      const added = await insertEvents(database, tx, no, byListener.get(listener)!);
      await applyEvents(database, tx, no, added);
      return added.length;
    });
    const recorded = fresh.reduce((sum, count) => sum + count, 0);
    return { recorded, known: all.length - recorded };
  };
  return {
    record: (listener, events) => recordTogether(new Map([[listener, events]])),
    recordTogether,

    page: (listener, choice = {}) =>
      database.read(listener, async (db, no) => {
        const limit = pageLimit(choice);
        const cursor = readCursor(choice);
        let query = db
          .selectFrom('events')
          .innerJoin('songs', 'songs.no', 'events.song')
          .selectAll('events')
          .select('songs.key')
          .where('events.listener', '=', no)
          .orderBy('events.at', 'desc')
          .orderBy('events.no', 'desc')
          .limit(limit + 1);
        if (choice.list !== undefined) query = query.where('events.list', '=', choice.list);
        if (choice.kind !== undefined) query = query.where('events.kind', '=', choice.kind);
        if (cursor) query = query.where(sql<boolean>`(events.at, events.no) < (${cursor[0]}, ${cursor[1]})`);
        return pageOf(await query.execute(), limit, (row) => [row.at, row.no], eventOf);
      }),

    arrivals: (listener, after, most) =>
      database.read(listener, async (db, no) => {
        const rows = await db
          .selectFrom('events')
          .innerJoin('songs', 'songs.no', 'events.song')
          .selectAll('events')
          .select(['songs.key', 'songs.title', 'songs.artists'])
          .where('events.listener', '=', no)
          .where('events.no', '>', after ?? 0)
          .orderBy('events.no', after === null ? 'desc' : 'asc')
          .limit(most)
          .execute();
        if (after === null) rows.reverse();
        const events = rows.map((row) => ({
          ...eventOf(row),
          title: row.title,
          artists: JSON.parse(row.artists) as string[],
        }));
        return { events, cursor: rows.at(-1)?.no ?? after ?? 0 };
      }),
  };
}

type EventRow = Selectable<Tables['events']> & { key: string };

const eventOf = (row: EventRow): StoredEvent => ({
  id: row.id,
  kind: row.kind as EventKind,
  song: row.key,
  at: row.at,
  msPlayed: row.ms,
  until: row.until,
  list: row.list,
  position: row.position,
  model: row.model,
  modelVersion: row.model_version,
});

/** @returns those that were not stored yet, in chronological order */
async function insertEvents(
  database: Database,
  tx: Change,
  listener: number,
  events: readonly FeedbackEvent[],
): Promise<FeedbackEvent[]> {
  const songs = await knowSongs(database, tx, listener, events);
  await database.breathe();
  const values = events.map((event) => [
    event.id,
    event.kind,
    songs.get(event.song)!,
    event.at,
    duration(event.msPlayed),
    event.until ?? null,
    event.list ? name(event.list) : null,
    event.position ?? null,
    event.model ? name(event.model) : null,
    event.modelVersion ? name(event.modelVersion) : null,
  ]);
  const { rows } = await sql<{ id: string }>`
    insert into events (listener, id, kind, song, at, ms, until, list, position, model, model_version)
    select ${listener}, ${text(0)}, ${text(1)}, ${integer(2)}, ${integer(3)}, ${integer(4)}, ${integer(5)}, ${text(6)},
      ${integer(7)}, ${text(8)}, ${text(9)} from ${database.rows(values)} where true
    on conflict (listener, id) do nothing returning id`.execute(tx);
  await database.breathe();
  const added = new Set(rows.map(({ id }) => id));
  // Only the first event with an id counts, so its id is removed from the set.
  return events.filter(({ id }) => added.delete(id)).sort((a, b) => a.at - b.at);
}

/** Applies events: adds plays, sets opinions and bans, notes skips. */
async function applyEvents(
  database: Database,
  tx: Change,
  listener: number,
  events: readonly FeedbackEvent[],
): Promise<void> {
  const plays = events
    .filter(({ kind }) => kind === 'play' || kind === 'skip')
    .map((event) => ({ ...event, skipped: event.kind === 'skip', source: HERE }));
  if (plays.length > 0) await insertPlays(database, tx, listener, rowsOf(plays), 0);
  const opinions = events.flatMap(({ kind, ...event }): NewOpinion[] => {
    if (kind === 'like' || kind === 'dislike') return [{ ...event, kind, source: HERE }];
    return kind === 'clear' ? [{ ...event, kind: 'none', source: HERE }] : [];
  });
  if (opinions.length > 0) await setOpinions(database, tx, listener, opinions);
  for (const { kind, song, title = '', at, until = null } of events) {
    if (kind === 'ban') await setBan(tx, listener, { kind: 'song', target: song, label: name(title), at, until });
    if (kind === 'unban') await clearBan(tx, listener, 'song', song);
  }
}

function checkEvent({ id, kind, at, until, position }: FeedbackEvent): void {
  checkId('An event', id);
  checkTime(at);
  if (until !== null && until !== undefined) checkTime(until);
  if (!EVENT_KINDS.includes(kind))
    throw new SegueError('USAGE', { got: `An event of the kind "${kind}"`, expected: EVENT_KINDS.join(', ') });
  if (position !== null && position !== undefined && !(Number.isInteger(position) && position >= 0))
    throw new SegueError('OUT_OF_RANGE', { got: `The position ${position}`, expected: 'a whole number from 0' });
}
