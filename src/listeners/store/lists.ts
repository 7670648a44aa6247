import { randomUUID } from 'node:crypto';
import { sql } from '#kysely';
import { normaliseName } from '../../dataset/normalise.ts';
import { SegueError } from '../../errors.ts';
import type { ListRecipe, ListSong, ListStore, SavedList } from '../lists.ts';
import type { SongRef } from '../songs.ts';
import { pageLimit, pageOf, readCursor } from './cursor.ts';
import { type Change, type Connection, type Database, text } from './database.ts';
import { holdsAll, searchWords } from './matching.ts';
import type { Tables } from './tables.ts';
import { checkId, checkSong, name } from './values.ts';

export const MOST_SONGS = 10_000;

type ListRow = Omit<Tables['lists'], 'listener' | 'search'>;

const LIST_COLUMNS = [
  'id',
  'name',
  'description',
  'source',
  'created_at',
  'updated_at',
  'removed_at',
  'version',
  'length',
] as const;

export function listStore(database: Database): ListStore {
  const songCount =
    database.kind === 'embedded'
      ? sql<number>`json_array_length(songs)`
      : sql<number>`json_array_length(cast(songs as json))`;
  const change = (listener: string, id: string, to: Partial<Omit<Tables['lists'], 'listener' | 'id'>>) =>
    database.write(listener, async (tx, no) => {
      const row = await tx
        .updateTable('lists')
        .set({ ...to, updated_at: Date.now() })
        .where('listener', '=', no)
        .where('id', '=', id)
        .returning(LIST_COLUMNS)
        .executeTakeFirst();
      if (!row) throw unknownList(id);
      return savedList(row);
    });
  return {
    async save(listener, { id = randomUUID(), name: title, description = '', source = 'segue', songs, recipe = null }) {
      checkId('A list', id);
      await database.breathe();
      const checked = songs.map(listSong);
      await database.breathe();
      const stored: NewVersion = { songs: JSON.stringify(checked), length: songs.length, recipe };
      if (songs.length > MOST_SONGS)
        throw new SegueError('OUT_OF_RANGE', {
          got: `A list of ${songs.length} songs`,
          expected: `at most ${MOST_SONGS}`,
        });
      await database.breathe();
      return database.write(listener, async (tx, no) => {
        const now = Date.now();
        await tx
          .insertInto('lists')
          .values({
            listener: no,
            id,
            name: name(title),
            search: normaliseName(name(title)),
            description: name(description),
            source: name(source),
            created_at: now,
            updated_at: now,
            removed_at: null,
            version: 0,
            length: 0,
          })
          .onConflict((c) => c.columns(['listener', 'id']).doNothing())
          .execute();
        return savedList(await addVersion(tx, no, id, stored, now));
      });
    },

    page: (listener, choice = {}) =>
      database.read(listener, async (db, no) => {
        const limit = pageLimit(choice);
        const cursor = readCursor(choice);
        const words = searchWords(choice.search);
        let query = db
          .selectFrom('lists')
          .select(LIST_COLUMNS)
          .where('listener', '=', no)
          .where('removed_at', choice.removed ? 'is not' : 'is', null)
          .orderBy('updated_at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit + 1);
        if (words.length > 0) query = query.where(({ ref }) => holdsAll(ref('search'), words));
        if (cursor) query = query.where(sql<boolean>`(updated_at, id) < (${cursor[0]}, ${cursor[1]})`);
        return pageOf(await query.execute(), limit, (row) => [row.updated_at, row.id], savedList);
      }),

    get: (listener, id) => database.read(listener, async (db, no) => savedList(await listRow(db, no, id))),

    version: (listener, id, version) =>
      database.read(listener, async (db, no) => {
        const row = await versionRow(db, no, id, version ?? (await listRow(db, no, id)).version);
        await database.breathe();
        const songs = JSON.parse(row.songs) as ListSong[];
        await database.breathe();
        const current = await currentSongs(database, db, no, songs);
        await database.breathe();
        return { version: row.version, at: row.at, songs: current, recipe: readRecipe(row.recipe) };
      }),

    versions: (listener, id) =>
      database.read(listener, async (db, no) => {
        await listRow(db, no, id);
        const rows = await db
          .selectFrom('list_versions')
          .select(['version', 'at', 'recipe', songCount.as('length')])
          .where('listener', '=', no)
          .where('list', '=', id)
          .orderBy('version', 'desc')
          .execute();
        return rows.map(({ recipe, ...version }) => ({ ...version, recipe: readRecipe(recipe) }));
      }),

    describe: (listener, id, { name: title, description }) =>
      change(listener, id, {
        ...(title !== undefined && { name: name(title), search: normaliseName(name(title)) }),
        ...(description !== undefined && { description: name(description) }),
      }),

    revert: (listener, id, version) =>
      database.write(listener, async (tx, no) => {
        const { songs, recipe } = await versionRow(tx, no, id, version);
        const { length } = JSON.parse(songs) as ListSong[];
        return savedList(await addVersion(tx, no, id, { songs, length, recipe: readRecipe(recipe) }, Date.now()));
      }),

    async remove(listener, id, { forGood = false } = {}) {
      if (!forGood) {
        await change(listener, id, { removed_at: Date.now() });
        return;
      }
      await database.write(listener, async (tx, no) => {
        await listRow(tx, no, id);
        await tx.deleteFrom('list_versions').where('listener', '=', no).where('list', '=', id).execute();
        await tx.deleteFrom('lists').where('listener', '=', no).where('id', '=', id).execute();
      });
    },

    restore: (listener, id) => change(listener, id, { removed_at: null }),
  };
}

interface NewVersion {
  /** JSON of ListSong[]. */
  readonly songs: string;
  readonly length: number;
  readonly recipe: ListRecipe | null;
}

/** Adds a version if it differs from the latest one. */
async function addVersion(
  tx: Change,
  listener: number,
  id: string,
  { songs, length, recipe }: NewVersion,
  now: number,
): Promise<ListRow> {
  const row = await listRow(tx, listener, id);
  const text = recipe === null ? null : JSON.stringify(recipe);
  if (row.version > 0) {
    const latest = await versionRow(tx, listener, id, row.version);
    if (latest.songs === songs && latest.recipe === text) return row;
  }
  const version = row.version + 1;
  await tx.insertInto('list_versions').values({ listener, list: id, version, at: now, songs, recipe: text }).execute();
  return tx
    .updateTable('lists')
    .set({ version, length, updated_at: now })
    .where('listener', '=', listener)
    .where('id', '=', id)
    .returning(LIST_COLUMNS)
    .executeTakeFirstOrThrow();
}

async function listRow(db: Connection, listener: number, id: string): Promise<ListRow> {
  const row = await db
    .selectFrom('lists')
    .select(LIST_COLUMNS)
    .where('listener', '=', listener)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw unknownList(id);
  return row;
}

async function versionRow(db: Connection, listener: number, id: string, version: number) {
  const row = await db
    .selectFrom('list_versions')
    .select(['version', 'at', 'songs', 'recipe'])
    .where('listener', '=', listener)
    .where('list', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!row) {
    const { version: latest } = await listRow(db, listener, id);
    throw new SegueError('NOT_FOUND', {
      got: `The list "${id}" has no version ${version}`,
      expected: `1 to ${latest}`,
    });
  }
  return row;
}

/** The songs of a list; own songs that were matched since appear as their catalogue tracks. */
async function currentSongs(
  database: Database,
  db: Connection,
  listener: number,
  songs: readonly ListSong[],
): Promise<ListSong[]> {
  const { rows } = await sql<{ old: string; key: string; title: string; artists: string }>`
    select settled.key as old, songs.key, songs.title, songs.artists from ${database.rows(songs.map(({ song }) => [song]))}
    cross join settled cross join songs
    where settled.listener = ${listener} and settled.key = ${text(0)} and songs.no = settled.song`.execute(db);
  if (rows.length === 0) return [...songs];
  const now = new Map(rows.map((row) => [row.old, row]));
  return songs.map((song) => {
    const row = now.get(song.song);
    return row ? { song: row.key, title: row.title, artists: JSON.parse(row.artists) as string[] } : song;
  });
}

const listSong = ({ song, title, artists = [] }: SongRef): ListSong => ({
  song: checkSong(song),
  title: name(title),
  artists: artists.map(name),
});

const readRecipe = (text: string | null): ListRecipe | null =>
  text === null ? null : (JSON.parse(text) as ListRecipe);

const savedList = (row: ListRow): SavedList => ({
  id: row.id,
  name: row.name,
  description: row.description,
  source: row.source,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  removedAt: row.removed_at,
  version: row.version,
  length: row.length,
});

const unknownList = (id: string): SegueError =>
  new SegueError('NOT_FOUND', {
    got: `There is no list "${id}"`,
    remedy: 'See /api/listeners/{id}/lists',
  });
