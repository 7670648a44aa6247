import type { SessionShown, SessionStore } from '../sign-in.ts';
import { accountOf, accounts, digest, lockAccount } from './account-rows.ts';
import type { Database } from './database.ts';
import { tried } from './failures.ts';
import { name as storable } from './values.ts';

/** Precision in milliseconds to which the latest use of a session is recorded. */
const NOTED = 5 * 60_000;
/** Number of characters of a digest that identify a session to its owner. */
const SHOWN = 16;

export function sessionStore(database: Database): SessionStore {
  const { db } = database;
  return {
    startSession: (secret, listener, { now, until, device, address }) =>
      database.transaction(async (tx) => {
        const no = await lockAccount(tx, listener);
        await tx.deleteFrom('sessions').where('until', '<=', now).execute();
        await tx
          .insertInto('sessions')
          .values({
            digest: digest(secret),
            listener: no,
            created_at: now,
            seen_at: now,
            until,
            device: storable(device).slice(0, 200),
            address: storable(address).slice(0, 100),
          })
          .execute();
      }),

    session: (secret, now) =>
      tried(async () => {
        const key = digest(secret);
        const row = await accounts(db)
          .innerJoin('sessions', 'sessions.listener', 'accounts.listener')
          .select('sessions.seen_at')
          .where('sessions.digest', '=', key)
          .where('sessions.until', '>', now)
          .executeTakeFirst();
        if (!row) return null;
        if (now - row.seen_at > NOTED)
          await database.note((tx) =>
            tx.updateTable('sessions').set({ seen_at: now }).where('digest', '=', key).execute(),
          );
        return accountOf(row);
      }),

    sessions: (listener, now) =>
      database.read(listener, async (_, no) => {
        const rows = await db
          .selectFrom('sessions')
          .selectAll()
          .where('listener', '=', no)
          .where('until', '>', now)
          .orderBy('created_at', 'desc')
          .orderBy('digest')
          .execute();
        return rows.map(
          (row): SessionShown => ({
            id: row.digest.slice(0, SHOWN),
            createdAt: row.created_at,
            seenAt: Math.max(row.seen_at, row.created_at),
            device: row.device,
            address: row.address,
          }),
        );
      }),

    sessionId: (secret) => digest(secret).slice(0, SHOWN),

    endSession: (secret) =>
      tried(async () => {
        await db.deleteFrom('sessions').where('digest', '=', digest(secret)).execute();
      }),

    endSessionOf: (listener, id) =>
      database.transaction(async (tx) => {
        const no = await database.number(listener, tx);
        const { numDeletedRows } = await tx
          .deleteFrom('sessions')
          .where('listener', '=', no)
          .where(({ fn, val }) => fn('substr', ['digest', val(1), val(SHOWN)]), '=', id)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),

    endSessions: (listener, keep) =>
      database.transaction(async (tx) => {
        const no = await database.number(listener, tx);
        let ended = tx.deleteFrom('sessions').where('listener', '=', no);
        if (keep !== undefined) ended = ended.where('digest', '<>', digest(keep));
        await ended.execute();
      }),
  };
}
