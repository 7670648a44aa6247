import type { Kysely } from '#kysely';
import type { StoreKind } from '../database.ts';

/** Accounts, sessions, invitations, and the audit log. */
export async function accountsTables(db: Kysely<unknown>, kind: StoreKind): Promise<void> {
  const ofListener = (table: string) =>
    db.schema
      .createTable(table)
      .addColumn('listener', 'bigint', (c) => c.notNull().references('listeners.no').onDelete('cascade'));
  await ofListener('accounts')
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('password', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('accounts_listener', ['listener'])
    .execute();
  await ofListener('sessions')
    .addColumn('digest', 'text', (c) => c.primaryKey())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('sessions_of_listener').on('sessions').column('listener').execute();
  await db.schema
    .createTable('invitations')
    .addColumn('digest', 'text', (c) => c.primaryKey())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('audit')
    .addColumn('no', kind === 'postgres' ? 'bigserial' : 'integer', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('listener', 'text')
    .addColumn('detail', 'text', (c) => c.notNull())
    .execute();
}
