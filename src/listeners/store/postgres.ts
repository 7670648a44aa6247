import pg from 'pg';
import { CompiledQuery, PostgresDialect } from '#kysely';
import { SCHEMA } from './migrate.ts';

const CONNECTIONS = 8;
const INT8 = 20;

/** A pool of connections to PostgreSQL. Integers of 64 bits become numbers: times and counts stay below 2⁵³. */
export function openPostgres(url: string): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: 10_000,
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        type === INT8 ? Number : pg.types.getTypeParser(type, format as 'text'),
    },
  });
  // An idle connection that breaks is replaced; if the server is gone, the next query reports it.
  pool.on('error', () => {});
  // A connection that breaks during a query fails that query; without a listener, the event would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({
    pool,
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw(`set search_path to ${SCHEMA}`));
    },
  });
}
