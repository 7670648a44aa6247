import { sql } from '#kysely';
import type { EventKind } from '../events.ts';
import type { ListOutcome, ShownList, ShownStore } from '../shown.ts';
import { pageLimit, pageOf, readCursor } from './cursor.ts';
import { type Connection, type Database, text } from './database.ts';
import type { Tables } from './tables.ts';
import { checkId, checkTime } from './values.ts';

const BATCH = 500;

type ShownRow = Omit<Tables['shown'], 'listener' | 'no'> & { no: number };

export function shownStore(database: Database): ShownStore {
  return {
    async add(listener, list) {
      checkId('A shown list', list.id);
      checkTime(list.at);
      // Shown lists do not change the listener's taste, so the revision and the caches that depend on it stay.
      await database.note(async (tx) =>
        tx
          .insertInto('shown')
          .values({
            listener: await database.number(listener, tx),
            id: list.id,
            kind: list.kind,
            at: list.at,
            model: list.model,
            model_version: list.modelVersion,
            experiment: list.experiment,
            arm: list.arm,
            songs: JSON.stringify(list.songs),
            detail: list.detail === null ? null : JSON.stringify(list.detail),
          })
          .onConflict((c) => c.columns(['listener', 'id']).doNothing())
          .execute(),
      );
    },

    page: (listener, choice = {}) =>
      database.read(listener, async (db, no) => {
        const limit = pageLimit(choice);
        const cursor = readCursor(choice);
        let query = db
          .selectFrom('shown')
          .selectAll()
          .where('listener', '=', no)
          .orderBy('at', 'desc')
          .orderBy('no', 'desc')
          .limit(limit + 1);
        if (choice.kind !== undefined) query = query.where('kind', '=', choice.kind);
        if (choice.experiment !== undefined) query = query.where('experiment', '=', choice.experiment);
        if (cursor) query = query.where(sql<boolean>`(at, no) < (${cursor[0]}, ${cursor[1]})`);
        return pageOf(await query.execute(), limit, (row) => [row.at, row.no], shownList);
      }),

    async *outcomes(listener, { from = 0, to = Number.MAX_SAFE_INTEGER, experiment } = {}) {
      let [at, last] = [from, -1];
      while (true) {
        const batch = await database.read(listener, async (db, no) => {
          let query = db
            .selectFrom('shown')
            .selectAll()
            .where('listener', '=', no)
            .where('at', '<', to)
            .where(sql<boolean>`(at, no) > (${at}, ${last})`)
            .orderBy('at')
            .orderBy('no')
            .limit(BATCH);
          if (experiment !== undefined) query = query.where('experiment', '=', experiment);
          const rows = await query.execute();
          return { rows, outcomes: await withEvents(database, db, no, rows) };
        });
        if (batch.rows.length > 0) yield batch.outcomes;
        if (batch.rows.length < BATCH) return;
        ({ at, no: last } = batch.rows.at(-1)!);
      }
    },
  };
}

async function withEvents(
  database: Database,
  db: Connection,
  listener: number,
  rows: readonly ShownRow[],
): Promise<ListOutcome[]> {
  const { rows: events } = await sql<{
    list: string;
    kind: EventKind;
    song: string;
    position: number | null;
    at: number;
  }>`
    select events.list, events.kind, songs.key as song, events.position, events.at
    from ${database.rows(rows.map(({ id }) => [id]))}
    cross join events cross join songs
    where events.listener = ${listener} and events.list = ${text(0)} and songs.no = events.song order by events.at, events.no`.execute(
    db,
  );
  const byList = Map.groupBy(events, ({ list }) => list);
  return rows.map((row) => ({
    list: shownList(row),
    events: (byList.get(row.id) ?? []).map(({ kind, song, position, at }) => ({ kind, song, position, at })),
  }));
}

const shownList = (row: ShownRow): ShownList => ({
  id: row.id,
  kind: row.kind,
  at: row.at,
  model: row.model,
  modelVersion: row.model_version,
  experiment: row.experiment,
  arm: row.arm,
  songs: JSON.parse(row.songs) as string[],
  detail: row.detail === null ? null : (JSON.parse(row.detail) as Record<string, unknown>),
});
