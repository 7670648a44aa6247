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
  // A connection that breaks while idle is replaced; the next query says so if there is nobody to connect to.
  pool.on('error', () => {});
  // One that breaks while it is used fails its query; the event as well would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({
    pool,
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw(`set search_path to ${SCHEMA}`));
    },
  });
}
