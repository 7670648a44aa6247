import { type Kysely, sql } from '#kysely';
import { SegueError } from '../../errors.ts';
import { lockLibrary } from '../../library/lock.ts';
import { storeFailure } from './failures.ts';
import type { Tables } from './tables.ts';

type Alone = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** First half of the keys of Segue's advisory locks in PostgreSQL, which sets them apart from those of other programs. */
const OURS = 0x5e60e;

/** Runs work in one process at a time, by a lock file in the library folder. */
export const aloneInFolder =
  (dir: string): Alone =>
  async (name, work) => {
    const unlock = lockLibrary(dir, `lock.${name}`);
    try {
      return await work();
    } finally {
      unlock();
    }
  };

/** The same by an advisory lock, which PostgreSQL releases when the connection that holds it ends. */
export const aloneInPostgres =
  (db: Kysely<Tables>): Alone =>
  (name, work) =>
    db.connection().execute(async (connection) => {
      const lock = async (verb: string): Promise<boolean> => {
        const query = sql<{ done: boolean }>`select ${sql.raw(verb)}(${OURS}, hashtext(${name})) as done`;
        return (await query.execute(connection)).rows[0]!.done;
      };
      const taken = await lock('pg_try_advisory_lock').catch((error: unknown) => {
        throw storeFailure(error);
      });
      if (!taken)
        throw new SegueError('LIBRARY_BUSY', {
          got: `Another server is already doing this (${name})`,
          expected: 'one at a time',
          remedy: 'Wait until it has finished',
        });
      try {
        return await work();
      } finally {
        // A broken connection has released the lock.
        await lock('pg_advisory_unlock').catch(() => false);
      }
    });
