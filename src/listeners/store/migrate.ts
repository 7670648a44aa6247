import type { Kysely } from '#kysely';
import { Migrator } from '#kysely/migration';
import { SegueError } from '../../errors.ts';
import type { StoreKind } from './database.ts';
import { MIGRATIONS } from './migrations/registry.ts';

/** PostgreSQL schema of the tables, so that other programs can share the database. */
export const SCHEMA = 'segue';

/** Upgrades the tables to this version. @throws SegueError FORMAT_NEWER when a newer version of Segue has changed them */
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
