import { sql } from '#kysely';
import { SegueError } from '../../errors.ts';
import { isOwnSong } from '../keys.ts';
import type { Question, Review, ReviewCandidate, ReviewStore } from '../reviews.ts';
import { type Cursor, pageLimit, pageOf, readCursor } from './cursor.ts';
import { type Change, type Database, text } from './database.ts';
import { knowSongs, listenerSong, SONG_COLUMNS } from './known-songs.ts';
import { settleSong } from './settle.ts';

/** Number of questions looked up at a time. */
const BATCH = 1000;

export function reviewStore(database: Database): ReviewStore {
  return {
    ask: (listener, questions) =>
      database.write(listener, async (tx, no) => {
        let open = 0;
        for (let from = 0; from < questions.length; from += BATCH)
          open += await askSome(database, tx, no, questions.slice(from, from + BATCH));
        return open;
      }),

    page: (listener, choice = {}) =>
      database.read(listener, async (db, no) => {
        const limit = pageLimit(choice);
        const cursor = readCursor(choice);
        let query = db
          .selectFrom('reviews')
          .innerJoin('songs', (join) =>
            join.onRef('songs.listener', '=', 'reviews.listener').onRef('songs.key', '=', 'reviews.key'),
          )
          .select([...SONG_COLUMNS, 'reviews.candidates'])
          .where('reviews.listener', '=', no)
          .where('reviews.open', '=', 1)
          .orderBy('songs.plays', 'desc')
          .orderBy('songs.no', 'desc')
          .limit(limit + 1);
        if (cursor) query = query.where(sql<boolean>`(songs.plays, songs.no) < (${cursor[0]}, ${cursor[1]})`);
        return pageOf(
          await query.execute(),
          limit,
          (row): Cursor => [row.plays, row.no],
          (row): Review => ({
            song: listenerSong(row),
            candidates: JSON.parse(row.candidates) as ReviewCandidate[],
          }),
        );
      }),

    count: (listener) =>
      database.read(listener, async (db, no) => {
        const { open } = await db
          .selectFrom('reviews')
          .select(({ fn }) => fn.countAll<number>().as('open'))
          .where('listener', '=', no)
          .where('open', '=', 1)
          .executeTakeFirstOrThrow();
        return Number(open);
      }),

    answer: (listener, own, choose) =>
      database.write(listener, async (tx, no) => {
        const row = await tx
          .selectFrom('reviews')
          .select(['candidates', 'refused'])
          .where('listener', '=', no)
          .where('key', '=', own)
          .executeTakeFirst();
        if (!row)
          throw new SegueError('NOT_FOUND', {
            got: `The song "${own.slice(0, 100)}" has nothing to settle`,
            expected: 'a song of /api/listeners/{id}/review',
          });
        if (choose === 'none') {
          const offered = (JSON.parse(row.candidates) as ReviewCandidate[]).map(({ song }) => song);
          const refused = [...new Set([...(JSON.parse(row.refused) as string[]), ...offered])];
          await tx
            .updateTable('reviews')
            .set({ open: 0, refused: JSON.stringify(refused) })
            .where('listener', '=', no)
            .where('key', '=', own)
            .execute();
          return;
        }
        const target = (await knowSongs(database, tx, no, [choose])).get(choose.song)!;
        await settleSong(database, tx, no, own, { key: choose.song, no: target, own: isOwnSong(choose.song) });
      }),

    refused: (listener) =>
      database.read(listener, async (db, no) => {
        const rows = await db
          .selectFrom('reviews')
          .select(['key', 'refused'])
          .where('listener', '=', no)
          .where('refused', '!=', '[]')
          .execute();
        return new Map(rows.map(({ key, refused }) => [key, new Set(JSON.parse(refused) as string[])]));
      }),
  };
}

async function askSome(
  database: Pick<Database, 'kind' | 'rows' | 'breathe'>,
  tx: Change,
  listener: number,
  questions: readonly Question[],
): Promise<number> {
  const { rows } = database;
  await knowSongs(
    database,
    tx,
    listener,
    questions.map(({ song }) => song),
  );
  // Own songs that were matched are no longer stored under their own key.
  const found = await sql<{ key: string; refused: string | null }>`
    select songs.key, reviews.refused from ${rows(questions.map(({ song }) => [song.song]))}
    cross join songs left join reviews on reviews.listener = songs.listener and reviews.key = songs.key
    where songs.listener = ${listener} and songs.key = ${text(0)}`.execute(tx);
  const known = new Map(found.rows.map(({ key, refused }) => [key, JSON.parse(refused ?? '[]') as string[]]));
  const asked = questions.filter(({ song, candidates }) => {
    const refused = known.get(song.song);
    return refused !== undefined && candidates.some((candidate) => !refused.includes(candidate.song));
  });
  if (asked.length === 0) return 0;
  const values = asked.map(({ song, candidates }) => [song.song, JSON.stringify(candidates)]);
  await sql`
    insert into reviews (listener, key, candidates, refused, open)
    select ${listener}, ${text(0)}, ${text(1)}, '[]', 1 from ${rows(values)} where true
    on conflict (listener, key) do update set candidates = excluded.candidates, open = 1`.execute(tx);
  return asked.length;
}
