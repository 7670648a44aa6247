import { randomBytes } from 'node:crypto';
import { normaliseName } from '../../dataset/normalise.ts';
import type { Identity, IdentityStore } from '../sign-in.ts';
import { accountOf, accounts, keepOneWay, lockAccount, NO_PASSWORD } from './account-rows.ts';
import type { Change, Database } from './database.ts';
import { isTaken, taken, tried } from './failures.ts';
import { checkName } from './listeners.ts';
import { name as storable } from './values.ts';

export function identityStore(database: Database): IdentityStore {
  const { db } = database;
  return {
    byIdentity: (issuer, subject) =>
      tried(async () => {
        const row = await accounts(db)
          .innerJoin('identities', 'identities.listener', 'accounts.listener')
          .where('issuer', '=', issuer)
          .where('subject', '=', subject)
          .executeTakeFirst();
        return row ? accountOf(row) : null;
      }),

    identities: (listener) =>
      database.read(listener, async (_, no) => {
        const rows = await db
          .selectFrom('identities')
          .select(['issuer', 'subject', 'label'])
          .where('listener', '=', no)
          .orderBy('created_at')
          .execute();
        return rows.map(({ issuer, subject, label }) => ({ issuer, subject, label }));
      }),

    async addIdentity(listener, identity, now) {
      try {
        await database.transaction(async (tx) => insertIdentity(tx, await lockAccount(tx, listener), identity, now));
      } catch (error) {
        throw isTaken(error) ? taken('An account for this sign-in', error) : error;
      }
    },

    removeIdentity: (listener, issuer, subject) =>
      database.transaction(async (tx) => {
        const no = await lockAccount(tx, listener);
        const { numDeletedRows } = await tx
          .deleteFrom('identities')
          .where('listener', '=', no)
          .where('issuer', '=', issuer)
          .where('subject', '=', subject)
          .executeTakeFirst();
        if (numDeletedRows === 0n) return false;
        await keepOneWay(tx, no);
        return true;
      }),

    async join(name, identity, role, now) {
      const title = checkName(name);
      try {
        return await database.transaction(async (tx) => {
          const { no, id } = await insertListener(tx, title, now);
          await tx
            .insertInto('accounts')
            .values({ listener: no, role, password: NO_PASSWORD, created_at: now })
            .execute();
          await insertIdentity(tx, no, identity, now);
          return { listener: id, name: title, role, createdAt: now };
        });
      } catch (error) {
        throw isTaken(error) ? taken(`A listener named "${title}", or an account for this sign-in,`, error) : error;
      }
    },
  };
}

/** @param name as returned by `checkName` */
export const insertListener = (tx: Change, name: string, now: number): Promise<{ no: number; id: string }> =>
  tx
    .insertInto('listeners')
    .values({ id: `l-${randomBytes(6).toString('hex')}`, name, name_key: normaliseName(name), created_at: now })
    .returning(['no', 'id'])
    .executeTakeFirstOrThrow();

export async function insertIdentity(
  tx: Change,
  no: number,
  { issuer, subject, label }: Identity,
  now: number,
): Promise<void> {
  await tx
    .insertInto('identities')
    .values({ issuer, subject, label: storable(label).slice(0, 200), listener: no, created_at: now })
    .execute();
}
