import { sql } from '#kysely';
import { isOwnSong } from '../keys.ts';
import { Pace } from '../pace.ts';
import type { SongStore } from '../songs.ts';
import { type Cursor, pageLimit, pageOf, readCursor } from './cursor.ts';
import type { Database } from './database.ts';
import { knowSongs, listenerSong, SONG_COLUMNS, type SongRow } from './known-songs.ts';
import { holdsAll, searchWords } from './matching.ts';
import { settleSong } from './settle.ts';

/** Maximum number of plays read for the last weeks. */
const MOST_SINCE = 5000;

export function songStore(database: Database): SongStore {
  const page: SongStore['page'] = (listener, choice = {}) =>
    database.read(listener, async (db, no) => {
      const limit = pageLimit(choice);
      const cursor = readCursor(choice);
      const words = searchWords(choice.search);
      const column = choice.order === 'last-played' ? 'last_at' : 'plays';
      let query = db
        .selectFrom('songs')
        .select(SONG_COLUMNS)
        .where('listener', '=', no)
        .where('first_at', 'is not', null)
        .orderBy(column, 'desc')
        .orderBy('no', 'desc')
        .limit(limit + 1);
      if (choice.own !== undefined) query = query.where('own', '=', sql.lit(choice.own ? 1 : 0));
      if (words.length > 0) query = query.where(({ ref }) => holdsAll(ref('songs.search'), words));
      if (cursor) query = query.where(sql<boolean>`(${sql.ref(column)}, no) < (${cursor[0]}, ${cursor[1]})`);
      const cursorOf = (row: SongRow): Cursor => [row[column]!, row.no];
      return pageOf(await query.execute(), limit, cursorOf, listenerSong);
    });
  return {
    page,
    own: (listener, choice = {}) => page(listener, { ...choice, own: true, order: 'most-played' }),

    played: (listener) =>
      database.read(listener, async (db, no) => {
        const query = db
          .selectFrom('songs')
          .select(SONG_COLUMNS)
          .where('listener', '=', no)
          .where('last_at', 'is not', null)
          .orderBy('last_at', 'desc')
          .orderBy('no', 'desc');
        return database.all(query, listenerSong);
      }),

    heard: (listener) =>
      database.read(listener, async (db, no) => {
        const query = db
          .selectFrom('songs')
          .select(['key', 'plays', 'skips', 'first_at', 'last_at'])
          .where('listener', '=', no)
          .where('last_at', 'is not', null)
          .orderBy('last_at', 'desc')
          .orderBy('no', 'desc');
        return database.all(query, ({ key, plays, skips, first_at, last_at }) => ({
          song: key,
          plays,
          skips,
          firstAt: first_at,
          lastAt: last_at,
        }));
      }),

    heardSince: (listener, from) =>
      database.read(listener, async (db, no) => {
        const query = db
          .selectFrom('plays')
          .innerJoin('songs', 'songs.no', 'plays.song')
          .select(['songs.key as song', 'plays.at'])
          .where('plays.listener', '=', no)
          .where('plays.at', '>', from)
          .where('plays.removed_at', 'is', null)
          .where('plays.skipped', '=', sql.lit(0))
          .orderBy('plays.at', 'desc')
          .orderBy('plays.no', 'desc')
          .limit(MOST_SINCE);
        return database.all(query, ({ song, at }) => ({ song, at }));
      }),

    unknown: (listener, wanted) =>
      database.read(listener, async (db, no) => {
        const own = db.selectFrom('songs').where('listener', '=', no).where('own', '=', sql.lit(1));
        const whole = own.select(SONG_COLUMNS).orderBy('plays', 'desc').orderBy('no', 'desc');
        if (!wanted) return database.all(whole, listenerSong);
        const chosen = new Set<string>();
        await database.all(own.select(['key', 'album', 'isrc', 'mbid']), ({ key, ...ids }) => {
          if (wanted({ song: key, ...ids })) chosen.add(key);
        });
        if (chosen.size === 0) return [];
        const rows = await database.all(whole, (row) => (chosen.has(row.key) ? listenerSong(row) : null));
        return rows.filter((song) => song !== null);
      }),

    hasUnknown: (listener) =>
      database.read(listener, async (db, no) => {
        const own = db.selectFrom('songs').select('no').where('listener', '=', no).where('own', '=', sql.lit(1));
        return (await own.limit(1).executeTakeFirst()) !== undefined;
      }),

    get: (listener, song) =>
      database.read(listener, async (db, no) => {
        const row = await db
          .selectFrom('songs')
          .select(SONG_COLUMNS)
          .where('listener', '=', no)
          .where('key', '=', song)
          .executeTakeFirst();
        return row ? listenerSong(row) : null;
      }),

    settle: (listener, pairs) =>
      database.write(listener, async (tx, no) => {
        const targets = await knowSongs(
          database,
          tx,
          no,
          pairs.map(({ to }) => to),
        );
        let settled = 0;
        const pace = new Pace();
        for (const { from, to } of pairs) {
          if (pace.due) await pace.rest();
          const target = targets.get(to.song)!;
          if (await settleSong(database, tx, no, from, { key: to.song, no: target, own: isOwnSong(to.song) }))
            settled++;
        }
        return settled;
      }),
  };
}
