import { normaliseName } from '../../dataset/normalise.ts';
import { SegueError } from '../../errors.ts';
import type { Account, AccountStore, NewAccount, Role } from '../accounts.ts';
import { accountOf, accounts, digest, lockAccount, NO_PASSWORD } from './account-rows.ts';
import { ceremonyStore } from './ceremonies.ts';
import type { Change, Database } from './database.ts';
import { isTaken, taken, tried } from './failures.ts';
import { identityStore, insertIdentity, insertListener } from './identities.ts';
import { checkName } from './listeners.ts';
import { passkeyStore } from './passkeys.ts';
import { sessionStore } from './sessions.ts';
import { name as storable } from './values.ts';

/** Maximum number of entries in the audit log. */
const KEPT = 10_000;

export function accountStore(database: Database): AccountStore {
  const { db } = database;
  const withPassword = () => accounts(db).select('accounts.password');
  const knownOf = (row: Parameters<typeof accountOf>[0] & { password: string }) => ({
    ...accountOf(row),
    password: row.password === NO_PASSWORD ? null : row.password,
  });
  return {
    ...sessionStore(database),
    ...passkeyStore(database),
    ...identityStore(database),
    ...ceremonyStore(database),

    all: () => tried(async () => (await accounts(db).orderBy('name_key').execute()).map(accountOf)),

    byName: (name) =>
      tried(async () => {
        const row = await withPassword()
          .where('name_key', '=', normaliseName(storable(name)))
          .executeTakeFirst();
        return row ? knownOf(row) : null;
      }),

    byListener: (listener) =>
      tried(async () => {
        const row = await withPassword().where('listeners.id', '=', listener).executeTakeFirst();
        return row ? knownOf(row) : null;
      }),

    withoutAccount: () =>
      tried(() =>
        db
          .selectFrom('listeners')
          .leftJoin('accounts', 'accounts.listener', 'listeners.no')
          .select(['listeners.id', 'listeners.name'])
          .where('accounts.listener', 'is', null)
          .orderBy('name_key')
          .execute(),
      ),

    async redeem(code, person, now) {
      const taking = await database
        .transaction((tx) => redeem(tx, code, person, now))
        .catch((error: unknown) => {
          throw isTaken(error)
            ? taken(`A listener named "${person.name}", or an account for this sign-in,`, error)
            : error;
        });
      return taking;
    },

    setPassword: (listener, password) =>
      database.transaction(async (tx) => {
        const no = await lockAccount(tx, listener);
        await tx.updateTable('accounts').set({ password }).where('listener', '=', no).execute();
        await tx.deleteFrom('sessions').where('listener', '=', no).execute();
      }),

    remove: (listener) =>
      database.transaction(async (tx) => {
        const no = await database.number(listener, tx);
        // Locked until the end, so that the second of two concurrent removals sees the first, and nobody signs in or adds a way to sign in meanwhile.
        await tx
          .updateTable('accounts')
          .set(({ ref }) => ({ role: ref('role') }))
          .where(({ eb, or }) => or([eb('listener', '=', no), eb('role', '=', 'administrator')]))
          .execute();
        for (const table of ['accounts', 'sessions', 'passkeys', 'identities', 'listener_invitations'] as const)
          await tx.deleteFrom(table).where('listener', '=', no).execute();
        const left = await tx
          .selectFrom('accounts')
          .select('listener')
          .where('role', '=', 'administrator')
          .executeTakeFirst();
        if (!left)
          throw new SegueError('NOT_ALLOWED', {
            got: 'This is the only administrator',
            remedy: 'Invite another administrator first',
          });
      }),

    invite: (code, role, until, listener) =>
      database.transaction(async (tx) => {
        const key = digest(code);
        if (listener === undefined) {
          await tx.insertInto('invitations').values({ digest: key, role, until }).execute();
          return;
        }
        const no = await database.number(listener, tx);
        if (await tx.selectFrom('accounts').select('role').where('listener', '=', no).executeTakeFirst())
          throw taken('An account of this listener');
        await tx.insertInto('listener_invitations').values({ digest: key, role, until, listener: no }).execute();
      }),

    invited: (code, now) =>
      tried(async () => {
        const key = digest(code);
        const open = await db
          .selectFrom('invitations')
          .select('role')
          .where('digest', '=', key)
          .where('until', '>', now)
          .executeTakeFirst();
        if (open) return { role: open.role as Role, listener: null };
        const row = await db
          .selectFrom('listener_invitations')
          .innerJoin('listeners', 'listeners.no', 'listener_invitations.listener')
          .select(['role', 'listeners.id', 'listeners.name'])
          .where('digest', '=', key)
          .where('until', '>', now)
          .executeTakeFirst();
        return row ? { role: row.role as Role, listener: { id: row.id, name: row.name } } : null;
      }),

    withdrawAdministrators: () =>
      database.transaction(async (tx) => {
        for (const table of ['invitations', 'listener_invitations'] as const)
          await tx.deleteFrom(table).where('role', '=', 'administrator').execute();
      }),

    record: ({ at, action, listener, detail }) =>
      database.transaction(async (tx) => {
        const { no } = await tx
          .insertInto('audit')
          .values({ at, action, listener, detail: storable(detail) })
          .returning('no')
          .executeTakeFirstOrThrow();
        await tx
          .deleteFrom('audit')
          .where('no', '<=', no - KEPT)
          .execute();
      }),

    audit: (limit) =>
      tried(() =>
        db
          .selectFrom('audit')
          .select(['at', 'action', 'listener', 'detail'])
          .orderBy('no', 'desc')
          .limit(limit)
          .execute(),
      ),
  };
}

async function redeem(
  tx: Change,
  code: string,
  { name, password, identity }: NewAccount,
  now: number,
): Promise<Account | null> {
  // Deleted first, so that a concurrent use waits and then finds nothing; when the name is taken, the deletion is rolled back.
  const open = await tx
    .deleteFrom('invitations')
    .where('digest', '=', digest(code))
    .where('until', '>', now)
    .returning('role')
    .executeTakeFirst();
  const own = open
    ? undefined
    : await tx
        .deleteFrom('listener_invitations')
        .where('digest', '=', digest(code))
        .where('until', '>', now)
        .returning(['role', 'listener'])
        .executeTakeFirst();
  const role = (open ?? own)?.role as Role | undefined;
  if (role === undefined) return null;
  const listener = own
    ? await tx
        .selectFrom('listeners')
        .select(['no', 'id', 'name'])
        .where('no', '=', own.listener)
        .executeTakeFirstOrThrow()
    : { ...(await insertListener(tx, checkName(name), now)), name: checkName(name) };
  await tx
    .insertInto('accounts')
    .values({ listener: listener.no, role, password: password ?? NO_PASSWORD, created_at: now })
    .execute();
  if (identity) await insertIdentity(tx, listener.no, identity, now);
  return { listener: listener.id, name: listener.name, role, createdAt: now };
}
