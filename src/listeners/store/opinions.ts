import { sql } from '#kysely';
import type { OpinionKind, OpinionStore } from '../opinions.ts';
import type { SongRef } from '../songs.ts';
import { pageLimit, pageOf, readCursor } from './cursor.ts';
import { type Change, type Database, inBatches, integer, text } from './database.ts';
import { knowSongs, listenerSong, SONG_COLUMNS } from './known-songs.ts';
import { holdsAll, searchWords } from './matching.ts';
import { checkTime, name } from './values.ts';

/** An opinion to set; `none` withdraws it. */
export interface NewOpinion extends SongRef {
  readonly kind: OpinionKind | 'none';
  readonly at: number;
  readonly source: string;
}

/** Sets opinions that are newer than the stored ones. Withdrawals are stored, too, so that an older export does not undo them. */
export async function setOpinions(
  database: Database,
  tx: Change,
  listener: number,
  opinions: readonly NewOpinion[],
): Promise<number> {
  const songs = await knowSongs(database, tx, listener, opinions);
  await database.breathe();
  const latest = new Map<number, NewOpinion>();
  for (const opinion of opinions) {
    checkTime(opinion.at);
    const song = songs.get(opinion.song)!;
    const known = latest.get(song);
    if (!known || known.at <= opinion.at) latest.set(song, opinion);
  }
  const values = [...latest].map(([song, { kind, at, source }]) => [song, kind, at, name(source)]);
  let set = 0;
  for await (const some of inBatches(database, values)) {
    const { rows } = await sql`
      insert into opinions (listener, song, kind, at, source)
      select ${listener}, ${integer(0)}, ${text(1)}, ${integer(2)}, ${text(3)} from ${database.rows(some)} where true
      on conflict (listener, song) do update set kind = excluded.kind, at = excluded.at, source = excluded.source
      where opinions.at <= excluded.at and opinions.kind <> excluded.kind returning song`.execute(tx);
    set += rows.length;
  }
  return set;
}

export function opinionStore(database: Database): OpinionStore {
  return {
    set: (listener, opinions) =>
      database.write(listener, (tx, no) =>
        setOpinions(
          database,
          tx,
          no,
          opinions.map((opinion) => ({ ...opinion, at: opinion.at ?? Date.now(), source: opinion.source ?? 'segue' })),
        ),
      ),

    clear: (listener, songs) =>
      database.write(listener, async (tx, no) => {
        const { rows } = await sql`
          update opinions set kind = 'none', at = ${Date.now()} where listener = ${no} and kind <> 'none' and song in (
            select songs.no from ${database.rows(songs.map((song) => [song]))}
            cross join songs where songs.listener = ${no} and songs.key = ${text(0)}) returning song`.execute(tx);
        return rows.length;
      }),

    page: (listener, kind, choice = {}) =>
      database.read(listener, async (db, no) => {
        const limit = pageLimit(choice);
        const cursor = readCursor(choice);
        const words = searchWords(choice.search);
        let query = db
          .selectFrom('opinions')
          .innerJoin('songs', 'songs.no', 'opinions.song')
          .select([...SONG_COLUMNS, 'opinions.at', 'opinions.source'])
          .where('opinions.listener', '=', no)
          .where('opinions.kind', '=', kind)
          .orderBy('opinions.at', 'desc')
          .orderBy('opinions.song', 'desc')
          .limit(limit + 1);
        if (words.length > 0) query = query.where(({ ref }) => holdsAll(ref('songs.search'), words));
        if (cursor) query = query.where(sql<boolean>`(opinions.at, opinions.song) < (${cursor[0]}, ${cursor[1]})`);
        return pageOf(
          await query.execute(),
          limit,
          (row) => [row.at, row.no],
          (row) => ({ kind, song: listenerSong(row), at: row.at, source: row.source }),
        );
      }),

    songs: (listener, kind) =>
      database.read(listener, async (db, no) => {
        const query = db
          .selectFrom('opinions')
          .innerJoin('songs', 'songs.no', 'opinions.song')
          .select(['songs.key', 'opinions.at'])
          .where('opinions.listener', '=', no)
          .where('opinions.kind', '=', kind)
          .orderBy('opinions.at', 'desc');
        return database.all(query, ({ key, at }) => ({ song: key, at }));
      }),
  };
}
