import { randomBytes } from 'node:crypto';
import { sql } from '#kysely';
import { normaliseName } from '../../dataset/normalise.ts';
import { SegueError } from '../../errors.ts';
import type { Listener, ListenerStore } from '../listener.ts';
import { type Database, unknownListener } from './database.ts';
import { isTaken, storeFailure, taken } from './failures.ts';
import type { Tables } from './tables.ts';
import { checkId } from './values.ts';

const LONGEST_NAME = 100;
const COLUMNS = ['id', 'name', 'created_at', 'revision'] as const;

/** Tables with a listener's data, the largest first; tables that others refer to come last. */
const OWNED = [
  'plays',
  'hours',
  'opinions',
  'bans',
  'list_versions',
  'lists',
  'events',
  'shown',
  'imports',
  'settings',
  'blends',
  'settled',
  'reviews',
  'sessions',
  'listener_invitations',
  'passkeys',
  'identities',
  'accounts',
  'songs',
] as const satisfies readonly (keyof Tables)[];

/** @param overwrite makes deleted data unreadable on the disk */
export function listenerStore(database: Database, overwrite: () => Promise<void>): ListenerStore {
  const { db } = database;
  const all = async (): Promise<Listener[]> => {
    try {
      return (await db.selectFrom('listeners').select(COLUMNS).orderBy('name_key').execute()).map(listenerOf);
    } catch (error) {
      throw storeFailure(error);
    }
  };
  return {
    all,

    async add({ name, id = `l-${randomBytes(6).toString('hex')}` }) {
      const title = checkName(name);
      checkId('A listener', id);
      try {
        const row = await db
          .insertInto('listeners')
          .values({ id, name: title, name_key: normaliseName(title), created_at: Date.now() })
          .returning(COLUMNS)
          .executeTakeFirstOrThrow();
        return listenerOf(row);
      } catch (error) {
        throw isTaken(error) ? taken(`A listener named "${title}"`, error) : storeFailure(error);
      }
    },

    async get(id) {
      try {
        const row = await db.selectFrom('listeners').select(COLUMNS).where('id', '=', id).executeTakeFirst();
        if (row) return listenerOf(row);
      } catch (error) {
        throw storeFailure(error);
      }
      throw unknownListener(id);
    },

    async find(idOrName) {
      const key = normaliseName(idOrName);
      const listeners = await all();
      const found =
        listeners.find(({ id }) => id === idOrName) ?? listeners.find(({ name }) => normaliseName(name) === key);
      if (found) return found;
      throw new SegueError('NOT_FOUND', {
        got: `There is no listener "${idOrName}"`,
        expected: listeners.length > 0 ? `one of ${listeners.map(({ name }) => name).join(', ')}` : undefined,
        remedy: `Add one with \`segue listeners add "${idOrName}"\``,
      });
    },

    async rename(id, name) {
      const title = checkName(name);
      try {
        return await database.write(id, async (tx, no) => {
          const row = await tx
            .updateTable('listeners')
            .set({ name: title, name_key: normaliseName(title) })
            .where('no', '=', no)
            .returning(COLUMNS)
            .executeTakeFirstOrThrow();
          return listenerOf(row);
        });
      } catch (error) {
        throw isTaken(error) ? taken(`A listener named "${title}"`, error) : error;
      }
    },

    counts: (id) =>
      database.read(id, async (db, no) => {
        const { rows } = await sql<Record<string, number>>`
          select (select cast(coalesce(sum(plays), 0) as bigint) from songs where listener = ${no}) as plays,
            (select count(*) from songs where listener = ${no} and plays > 0) as songs,
            (select count(*) from songs where listener = ${no} and plays > 0 and own = 1) as own,
            (select count(*) from opinions where listener = ${no} and kind = 'like') as likes,
            (select count(*) from opinions where listener = ${no} and kind = 'dislike') as dislikes,
            (select count(*) from bans where listener = ${no}) as bans,
            (select count(*) from lists where listener = ${no} and removed_at is null) as lists,
            (select count(*) from imports where listener = ${no}) as imports`.execute(db);
        const { own = 0, ...counts } = rows[0] as Record<string, number>;
        return {
          ...(counts as Record<'plays' | 'songs' | 'likes' | 'dislikes' | 'bans' | 'lists' | 'imports', number>),
          ownSongs: own,
        };
      }),

    async remove(id) {
      await database.write(id, async (tx, no) => {
        for (const table of OWNED) await tx.deleteFrom(table).where('listener', '=', no).execute();
        // The audit log keeps the actions, without names and addresses.
        await tx.updateTable('audit').set({ listener: null, detail: '' }).where('listener', '=', id).execute();
        await tx.updateTable('audit').set({ detail: '' }).where('detail', '=', id).execute();
        await tx.deleteFrom('listeners').where('no', '=', no).execute();
      });
      await overwrite();
    },
  };
}

const listenerOf = (row: { id: string; name: string; created_at: number; revision: number }): Listener => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at,
  revision: row.revision,
});

/** @throws SegueError USAGE */
export function checkName(name: string): string {
  const title = name.replaceAll('\0', '').replace(/\s+/g, ' ').trim();
  if (title === '' || title.length > LONGEST_NAME)
    throw new SegueError('USAGE', {
      got: title === '' ? 'The name is empty' : `The name has ${title.length} characters`,
      expected: `1 to ${LONGEST_NAME}`,
    });
  return title;
}
