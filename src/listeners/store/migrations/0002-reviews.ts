import type { Kysely } from '#kysely';

/** Imported songs with an uncertain match, and the listener's answers. */
export async function reviewsTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reviews')
    .addColumn('listener', 'bigint', (c) => c.notNull().references('listeners.no').onDelete('cascade'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('candidates', 'text', (c) => c.notNull())
    .addColumn('refused', 'text', (c) => c.notNull())
    .addColumn('open', 'smallint', (c) => c.notNull())
    .addPrimaryKeyConstraint('reviews_key', ['listener', 'key'])
    .execute();
}
