import type { Kysely } from '#kysely';
import type { StoreKind } from '../database.ts';

/** Device and address of sessions, invitations for existing listeners, passkeys, accounts at OpenID Connect providers, sign-ins in progress. */
export async function waysToSignIn(db: Kysely<unknown>, _kind: StoreKind): Promise<void> {
  const schema = db.schema;
  // Servers of the previous version keep writing these tables, so new columns have defaults.
  await schema
    .alterTable('sessions')
    .addColumn('device', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await schema
    .alterTable('sessions')
    .addColumn('address', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await schema
    .alterTable('sessions')
    .addColumn('seen_at', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  const ofListener = (table: string) =>
    schema
      .createTable(table)
      .addColumn('listener', 'bigint', (c) => c.notNull().references('listeners.no').onDelete('cascade'));
  // A separate table, because a server of the previous version would turn such an invitation into a new listener.
  await ofListener('listener_invitations')
    .addColumn('digest', 'text', (c) => c.primaryKey())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
  await ofListener('passkeys')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('public_key', 'text', (c) => c.notNull())
    .addColumn('counter', 'bigint', (c) => c.notNull())
    .addColumn('transports', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
  await schema.createIndex('passkeys_of_listener').on('passkeys').column('listener').execute();
  await ofListener('identities')
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('identities_key', ['issuer', 'subject'])
    .execute();
  await schema.createIndex('identities_of_listener').on('identities').column('listener').execute();
  await schema
    .createTable('ceremonies')
    .addColumn('digest', 'text', (c) => c.primaryKey())
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
}
