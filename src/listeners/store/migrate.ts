import type { Kysely } from '#kysely';
import { Migrator } from '#kysely/migration';
import { SegueError } from '../../errors.ts';
import type { StoreKind } from './database.ts';
import { MIGRATIONS } from './migrations/registry.ts';

/** The PostgreSQL schema that holds the tables, so that the database may be shared with other programs. */
export const SCHEMA = 'segue';

/** Brings the tables up to date. @throws SegueError FORMAT_NEWER when a newer Segue has changed them */
export async function migrate<T>(db: Kysely<T>, kind: StoreKind): Promise<void> {
  const migrations = Object.fromEntries(
    Object.entries(MIGRATIONS).map(([name, up]) => [name, { up: (to: Kysely<unknown>) => up(to, kind) }]),
  );
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    ...(kind === 'postgres' && { migrationTableSchema: SCHEMA }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error && error.message.includes('previously executed migration'))
    throw new SegueError('FORMAT_NEWER', {
      got: 'The listener store was written by a newer version of Segue',
      remedy: 'Update Segue',
      cause: error,
    });
  if (error) throw error;
}
