import { sql } from '#kysely';
import { Pace } from '../pace.ts';
import type { AddedPlays, NewPlay, Play, PlayChoice, PlayRows, PlayStore } from '../plays.ts';
import type { SongRef } from '../songs.ts';
import { apart, batchFrom, PLAYS_AT_ONCE } from './apart.ts';
import { type CountedPlay, countPlays, HOUR, recount } from './counted.ts';
import { pageLimit, pageOf, readCursor } from './cursor.ts';
import { type Change, type Connection, type Database, integer, text } from './database.ts';
import { insertDirectly, type PlayInsertion } from './insert-directly.ts';
import { knowSongs, type SongColumns, songRef } from './known-songs.ts';
import { holdsAll, searchWords } from './matching.ts';
import { checkId, duration, name } from './values.ts';

/** Number of plays read at a time. */
const BATCH = 500;
/** Up to this many matching songs are looked up one by one; with more, scanning the history soon meets their plays. */
const FEW = 250;

interface PlayColumns {
  no: number;
  id: string;
  at: number;
  ms: number | null;
  skipped: number;
  source: string;
  import_id: string | null;
  removed_at: number | null;
}

type PlayRow = SongColumns & PlayColumns;

export function playStore(database: Database): PlayStore {
  const addRows: PlayStore['addRows'] = async (listener, plays, { sameWithinMs = 0, onBatch } = {}) => {
    if (plays.length === 0) {
      await database.number(listener);
      return { added: 0, known: 0 };
    }
    return database.write(listener, (tx, no) => insertPlays(database, tx, no, plays, sameWithinMs, onBatch));
  };
  return {
    addRows,
    add: (listener, plays, options) => addRows(listener, rowsOf(plays), options),

    page: (listener, choice = {}) =>
      database.read(listener, async (db, no) => {
        const limit = pageLimit(choice);
        const rows = await playRows(database, db, no, choice, limit);
        return pageOf(
          rows,
          limit,
          (row) => [row.at, row.no],
          (row) => playOf(songRef(row), row),
        );
      }),

    async *inOrder(listener, { from = 0, to = Number.MAX_SAFE_INTEGER, batch = BATCH } = {}) {
      let [at, last] = [from, -1];
      // A long history has far fewer songs than plays: each is read once.
      const songs = new Map<number, Required<SongRef>>();
      // The embedded store answers synchronously, so without rests nobody else would be served during a long history.
      const pace = new Pace();
      while (true) {
        if (pace.due) await pace.rest();
        const rows = await database.read(listener, async (db, no) => {
          const found = await playsFrom(db, no, at, last, to, batch);
          await readSongs(database, db, found, songs);
          return found;
        });
        // The song of a play that was removed between the two queries may be gone.
        const plays = rows.filter(({ song }) => songs.has(song)).map((row) => playOf(songs.get(row.song)!, row));
        if (plays.length > 0) yield plays;
        if (rows.length < batch) return;
        ({ at, no: last } = rows.at(-1)!);
      }
    },

    hours: (listener, { from = 0, to = Number.MAX_SAFE_INTEGER, limit } = {}) =>
      database.read(listener, async (db, no) => {
        const rows = await db
          .selectFrom('hours')
          .selectAll()
          .where('listener', '=', no)
          .where('hour', '>=', Math.floor(from / HOUR))
          .where('hour', '<', Math.ceil(to / HOUR))
          .where('plays', '>', 0)
          .orderBy('hour')
          .$if(limit !== undefined, (query) => query.limit(limit!))
          .execute();
        return rows.map(({ hour, plays, listened_ms }) => ({ at: hour * HOUR, plays, listenedMs: listened_ms }));
      }),

    remove: (listener, ids) => setRemoved(database, listener, ids, Date.now()),
    restore: (listener, ids) => setRemoved(database, listener, ids, null),
    purge: (listener) =>
      database.write(listener, async (tx, no) => {
        const { numDeletedRows } = await tx
          .deleteFrom('plays')
          .where('listener', '=', no)
          .where('removed_at', 'is not', null)
          .executeTakeFirstOrThrow();
        return Number(numDeletedRows);
      }),
  };
}

/** Plays given as objects. */
export const rowsOf = (plays: readonly NewPlay[]): PlayRows => ({
  length: plays.length,
  songs: plays,
  song: (play) => play,
  id: (play) => plays[play]!.id,
  at: (play) => plays[play]!.at,
  ms: (play) => plays[play]!.msPlayed,
  skipped: (play) => plays[play]!.skipped ?? false,
  source: (play) => plays[play]!.source,
  importId: (play) => plays[play]!.importId,
});

/** Stores new plays and updates the counts. @throws SegueError USAGE, OUT_OF_RANGE */
export async function insertPlays(
  database: Database,
  tx: Change,
  listener: number,
  plays: PlayRows,
  sameWithinMs: number,
  onBatch: (done: number) => void = () => {},
): Promise<AddedPlays> {
  const imports = await importNumbers(tx, listener, plays);
  const insertion = { listener, plays, imports, sameWithinMs, onBatch };
  return database.native
    ? insertDirectly(database, database.native, tx, insertion)
    : insertByStatement(database, tx, insertion);
}

/** Uses statements of many rows, because each takes a round trip over the network. */
async function insertByStatement(
  database: Database,
  tx: Change,
  { listener, plays, imports, sameWithinMs, onBatch }: PlayInsertion,
): Promise<AddedPlays> {
  const songs = await knowSongs(database, tx, listener, plays.songs);
  const near =
    sameWithinMs > 0
      ? sql`where not exists (select 1 from plays as p where p.song = ${integer(1)}
          and p.at between ${integer(2)} - cast(${sameWithinMs} as bigint) and ${integer(2)} + cast(${sameWithinMs} as bigint))`
      : sql`where true`;
  const former = plays.formerId
    ? sql`and not exists (select 1 from plays as p where p.listener = ${listener} and p.id = ${text(7)})`
    : sql``;
  const added: CountedPlay[] = [];
  for (let from = 0; from < plays.length; from += PLAYS_AT_ONCE) {
    onBatch(from);
    const song = (play: number): number => songs.get(plays.songs[plays.song(play)]!.song)!;
    const values = apart(batchFrom(plays, from), sameWithinMs, song, plays.at).map((play) => [
      checkId('A play', plays.id(play)),
      song(play),
      plays.at(play),
      duration(plays.ms(play)),
      plays.skipped(play) ? 1 : 0,
      name(plays.source(play)),
      imports.get(plays.importId(play) ?? '') ?? null,
      ...(plays.formerId ? [plays.formerId(play)] : []),
    ]);
    const { rows } = await sql<CountedPlay>`
      insert into plays (listener, id, song, at, ms, skipped, source, import)
      select ${listener}, ${text(0)}, ${integer(1)}, ${integer(2)}, ${integer(3)}, ${integer(4)}, ${text(5)}, ${integer(6)}
      from ${database.rows(values)} ${near} ${former}
      on conflict (listener, id) do nothing returning song, at, ms, skipped`.execute(tx);
    for (const row of rows) added.push(row);
    await database.breathe();
  }
  await countPlays(database, tx, listener, added);
  return { added: added.length, known: plays.length - added.length };
}

async function importNumbers(db: Connection, listener: number, plays: PlayRows): Promise<Map<string, number>> {
  const ids = new Set<string>();
  for (let play = 0; play < plays.length; play++) {
    const id = plays.importId(play);
    if (id) ids.add(id);
  }
  if (ids.size === 0) return new Map();
  const rows = await db
    .selectFrom('imports')
    .select(['id', 'no'])
    .where('listener', '=', listener)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, no }) => [id, no]));
}

const PLAY_COLUMNS = [
  'plays.no',
  'plays.id',
  'plays.at',
  'plays.ms',
  'plays.skipped',
  'plays.source',
  'plays.removed_at',
  'imports.id as import_id',
] as const;

/** Plays after a position in chronological order. */
const playsFrom = (db: Connection, listener: number, at: number, no: number, to: number, limit: number) =>
  db
    .selectFrom('plays')
    .leftJoin('imports', 'imports.no', 'plays.import')
    .select([...PLAY_COLUMNS, 'plays.song'])
    .where('plays.listener', '=', listener)
    .where('plays.removed_at', 'is', null)
    .where('plays.at', '<', to)
    .where(sql<boolean>`(plays.at, plays.no) > (${at}, ${no})`)
    .orderBy('plays.at')
    .orderBy('plays.no')
    .limit(limit)
    .execute();

/** Adds the songs of plays that are not in `songs` yet. */
async function readSongs(
  database: Database,
  db: Connection,
  plays: readonly { readonly song: number }[],
  songs: Map<number, Required<SongRef>>,
): Promise<void> {
  const missing = [...new Set(plays.map(({ song }) => song))].filter((song) => !songs.has(song));
  if (missing.length === 0) return;
  const { rows } = await sql<SongColumns & { no: number }>`
    select songs.no, songs.key, songs.title, songs.artists, songs.album, songs.isrc, songs.mbid
    from ${database.rows(missing.map((no) => [no]))} cross join songs where songs.no = ${integer(0)}`.execute(db);
  for (const row of rows) songs.set(row.no, songRef(row));
}

const withSong = (db: Connection) =>
  db
    .selectFrom('plays')
    // A cross join, so that SQLite scans the plays in order and looks up their songs.
    .crossJoin('songs')
    .whereRef('songs.no', '=', 'plays.song')
    .leftJoin('imports', 'imports.no', 'plays.import')
    .select([...PLAY_COLUMNS, 'songs.key', 'songs.title', 'songs.artists', 'songs.album', 'songs.isrc', 'songs.mbid']);

/** Up to one row more than the limit, newest first. */
async function playRows(
  database: Database,
  db: Connection,
  listener: number,
  choice: PlayChoice,
  limit: number,
): Promise<PlayRow[]> {
  const cursor = readCursor(choice);
  const before = Math.min(choice.to ?? Number.MAX_SAFE_INTEGER, cursor ? cursor[0] + 1 : Number.MAX_SAFE_INTEGER);
  const words = searchWords(choice.search);
  const found =
    choice.removed || words.length === 0 ? null : await latestMatches(db, listener, words, before, limit + 1);
  if (found?.songs.length === 0) return [];
  let query = withSong(db)
    .where('plays.removed_at', choice.removed ? 'is not' : 'is', null)
    .orderBy('plays.at', 'desc')
    .orderBy('plays.no', 'desc')
    .limit(limit + 1);
  if (choice.song !== undefined) {
    const song = await db
      .selectFrom('songs')
      .select('no')
      .where('listener', '=', listener)
      .where('key', '=', choice.song)
      .executeTakeFirst();
    if (!song) return [];
    query = query.where('plays.song', '=', song.no);
  }
  const few = found !== null && found.songs.length <= FEW;
  if (few)
    query = query.where('plays.song', 'in', sql<number>`(select ${integer(0)} from ${database.rows(found.songs)})`);
  else if (words.length > 0) query = query.where(({ ref }) => holdsAll(ref('songs.search'), words));
  // A song belongs to one listener. When songs are given, the plus keeps SQLite from scanning the whole history instead.
  query =
    few || choice.song !== undefined
      ? query.where(sql<boolean>`+plays.listener = ${listener}`)
      : query.where('plays.listener', '=', listener);
  if (choice.from !== undefined) query = query.where('plays.at', '>=', choice.from);
  if (choice.to !== undefined) query = query.where('plays.at', '<', choice.to);
  if (found && choice.song === undefined) query = query.where('plays.at', '>=', found.since);
  if (cursor) query = query.where(sql<boolean>`(plays.at, plays.no) < (${cursor[0]}, ${cursor[1]})`);
  return query.execute();
}

/**
 * The matching songs that can have one of the `count` latest plays before a moment: those last played after it, and of the others the `count` played
 * last, since each of these has a play that is later than all plays of the songs after it. `since`: if these `count` songs fill the page by themselves, the
 * earliest of their last plays, before which no play is on the page; otherwise 0.
 */
async function latestMatches(
  db: Connection,
  listener: number,
  words: readonly string[],
  before: number,
  count: number,
): Promise<{ songs: [number][]; since: number }> {
  const matching = db
    .selectFrom('songs')
    .select(['songs.no', 'songs.last_at'])
    .where('listener', '=', listener)
    .where(({ ref }) => holdsAll(ref('songs.search'), words));
  const later = await matching.where('last_at', '>=', before).where('first_at', '<', before).execute();
  const earlier = await matching
    .where('last_at', '<', before)
    .orderBy('last_at', 'desc')
    .orderBy('no', 'desc')
    .limit(count)
    .execute();
  // A play at exactly that time may be on the previous page.
  const sure = earlier.filter(({ last_at }) => last_at! < before - 1);
  return {
    songs: [...later, ...earlier].map(({ no }) => [no]),
    since: sure.length >= count ? sure[count - 1]!.last_at! : 0,
  };
}

async function setRemoved(
  database: Database,
  listener: string,
  ids: readonly string[],
  at: number | null,
): Promise<number> {
  return database.write(listener, async (tx, no) => {
    const { rows } = await sql<CountedPlay>`
      update plays set removed_at = ${at} where listener = ${no} and id in (select ${text(0)} from ${database.rows(ids.map((id) => [id]))})
        and removed_at is ${at === null ? sql`not null` : sql`null`} returning song, at, ms, skipped`.execute(tx);
    if (at === null) await countPlays(database, tx, no, rows);
    else
      await recount(
        database,
        tx,
        no,
        rows.map(({ song }) => song),
        rows.map((row) => Math.floor(row.at / HOUR)),
      );
    return rows.length;
  });
}

const playOf = (song: Required<SongRef>, row: PlayColumns): Play => ({
  song: song.song,
  title: song.title,
  artists: song.artists,
  album: song.album,
  isrc: song.isrc,
  mbid: song.mbid,
  id: row.id,
  at: row.at,
  msPlayed: row.ms,
  skipped: row.skipped === 1,
  source: row.source,
  importId: row.import_id,
  removedAt: row.removed_at,
});
