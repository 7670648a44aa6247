import type { Kysely } from '#kysely';

/** Lag of the stream's consumers, for the server's page. */
export async function streamLag(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('stream_lag')
    .addColumn('consumers', 'text', (c) => c.notNull())
    .addColumn('topic', 'text', (c) => c.notNull())
    .addColumn('partition', 'bigint', (c) => c.notNull())
    .addColumn('lag', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('stream_lag_key', ['consumers', 'topic', 'partition'])
    .execute();
}
