import type { Kysely } from '#kysely';

/** The blend of models chosen by a backtest, for each listener. */
export async function blendsTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('blends')
    .addColumn('listener', 'bigint', (c) => c.primaryKey().references('listeners.no').onDelete('cascade'))
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
}
