import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { DATABASE_FILE } from '../../listeners/store/sqlite.ts';
import { type Check, ok, problem, warning } from './finding.ts';

/** Timeout for a database, in milliseconds. */
const PATIENCE = 5000;

export const listeners: Check = async ({ settings: { library, databaseUrl } }) => {
  if (databaseUrl === undefined) return embedded(join(library, DATABASE_FILE));
  try {
    const client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: PATIENCE,
      query_timeout: PATIENCE,
    });
    // If the connection fails later, the query reports it.
    client.on('error', () => {});
    await client.connect();
    await client.query('select 1');
    await client.end();
    return ok('listeners', 'PostgreSQL answers.');
  } catch {
    // The driver's message may quote the address, which contains a password.
    return problem(
      'listeners',
      'PostgreSQL does not answer.',
      'Check that it runs and that SEGUE_DATABASE_URL is right.',
    );
  }
};

function embedded(path: string): ReturnType<typeof ok> {
  if (!existsSync(path)) return ok('listeners', 'There are no listeners yet.');
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      const { quick_check: found } = database.prepare('pragma quick_check(1)').get() as { quick_check: string };
      if (found === 'ok') return ok('listeners', 'The listener store is intact.');
    } finally {
      database.close();
    }
  } catch {}
  return problem(
    'listeners',
    `The listener store ${path} is damaged.`,
    'Stop Segue and restore a backup with `segue restore`.',
  );
}

export const spark: Check = async ({ env }) => {
  const python = env.SEGUE_SPARK_PYTHON;
  if (!python) return ok('spark', 'Spark is not set up; only `segue train --on` needs it.');
  return existsSync(python)
    ? ok('spark', `Training on Spark uses ${python}.`)
    : warning(
        'spark',
        `SEGUE_SPARK_PYTHON names ${python}, which does not exist.`,
        'Create that environment as described in spark/README.md, or unset the variable.',
      );
};
