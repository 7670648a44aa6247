import { createHash, randomBytes } from 'node:crypto';
import { normaliseName } from '../../dataset/normalise.ts';
import { SegueError } from '../../errors.ts';
import type { Account, AccountStore, Role } from '../accounts.ts';
import { type Connection, type Database, unknownListener } from './database.ts';
import { isTaken, storeFailure, taken } from './failures.ts';
import { checkName } from './listeners.ts';
import { name as storable } from './values.ts';

/** Entries of the log that are kept. */
const KEPT = 10_000;

const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export function accountStore(database: Database): AccountStore {
  const { db } = database;
  const tried = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw storeFailure(error);
    }
  };
  return {
    all: () => tried(async () => (await accounts(db).orderBy('name_key').execute()).map(accountOf)),

    byName: (name) =>
      tried(async () => {
        const row = await accounts(db)
          .select('accounts.password')
          .where('name_key', '=', normaliseName(storable(name)))
          .executeTakeFirst();
        return row ? { ...accountOf(row), password: row.password } : null;
      }),

    async redeem(code, person, now) {
      const name = checkName(person.name);
      const id = `l-${randomBytes(6).toString('hex')}`;
      try {
        return await database.transaction(async (tx) => {
          // Deleting it first makes a second use wait, and then find nothing; a name that is taken undoes that.
          const invitation = await tx
            .deleteFrom('invitations')
            .where('digest', '=', digest(code))
            .where('until', '>', now)
            .returning('role')
            .executeTakeFirst();
          if (!invitation) return null;
          const { no } = await tx
            .insertInto('listeners')
            .values({ id, name, name_key: normaliseName(name), created_at: now })
            .returning('no')
            .executeTakeFirstOrThrow();
          const { role } = invitation;
          await tx
            .insertInto('accounts')
            .values({ listener: no, role, password: person.password, created_at: now })
            .execute();
          return { listener: id, name, role: role as Role, createdAt: now };
        });
      } catch (error) {
        throw isTaken(error) ? taken(`A listener named "${name}"`, error) : error;
      }
    },

    setPassword: (listener, password) =>
      database.transaction(async (tx) => {
        const no = await database.number(listener, tx);
        const { numUpdatedRows } = await tx
          .updateTable('accounts')
          .set({ password })
          .where('listener', '=', no)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) throw unknownListener(listener);
        await tx.deleteFrom('sessions').where('listener', '=', no).execute();
      }),

    remove: (listener) =>
      database.transaction(async (tx) => {
        const no = await database.number(listener, tx);
        await tx.deleteFrom('sessions').where('listener', '=', no).execute();
        await tx.deleteFrom('accounts').where('listener', '=', no).execute();
        const left = await tx
          .selectFrom('accounts')
          .select('listener')
          .where('role', '=', 'administrator')
          .executeTakeFirst();
        if (!left)
          throw new SegueError('NOT_ALLOWED', {
            got: 'This is the last administrator',
            remedy: 'Invite another administrator first',
          });
      }),

    invite: (code, role, until) =>
      tried(async () => {
        await db
          .insertInto('invitations')
          .values({ digest: digest(code), role, until })
          .execute();
      }),

    invited: (code, now) =>
      tried(async () => {
        const row = await db
          .selectFrom('invitations')
          .select('role')
          .where('digest', '=', digest(code))
          .where('until', '>', now)
          .executeTakeFirst();
        return row !== undefined;
      }),

    withdrawAdministrators: () =>
      tried(async () => {
        await db.deleteFrom('invitations').where('role', '=', 'administrator').execute();
      }),

    startSession: (id, listener, now, until) =>
      database.transaction(async (tx) => {
        const no = await database.number(listener, tx);
        await tx.deleteFrom('sessions').where('until', '<=', now).execute();
        await tx
          .insertInto('sessions')
          .values({ digest: digest(id), listener: no, created_at: now, until })
          .execute();
      }),

    session: (id, now) =>
      tried(async () => {
        const row = await accounts(db)
          .innerJoin('sessions', 'sessions.listener', 'accounts.listener')
          .where('sessions.digest', '=', digest(id))
          .where('sessions.until', '>', now)
          .executeTakeFirst();
        return row ? accountOf(row) : null;
      }),

    endSession: (id) =>
      tried(async () => {
        await db.deleteFrom('sessions').where('digest', '=', digest(id)).execute();
      }),

    endSessions: (listener) =>
      database.transaction(async (tx) => {
        const no = await database.number(listener, tx);
        await tx.deleteFrom('sessions').where('listener', '=', no).execute();
      }),

    record: ({ at, action, listener, detail }) =>
      tried(async () => {
        const { no } = await db
          .insertInto('audit')
          .values({ at, action, listener, detail: storable(detail) })
          .returning('no')
          .executeTakeFirstOrThrow();
        await db
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

const accounts = (db: Connection) =>
  db
    .selectFrom('accounts')
    .innerJoin('listeners', 'listeners.no', 'accounts.listener')
    .select(['listeners.id', 'listeners.name', 'accounts.role', 'accounts.created_at']);

const accountOf = (row: { id: string; name: string; role: string; created_at: number }): Account => ({
  listener: row.id,
  name: row.name,
  role: row.role as Role,
  createdAt: row.created_at,
});
