import type { Passkey, PasskeyStore } from '../sign-in.ts';
import { keepOneWay, lockAccount } from './account-rows.ts';
import type { Connection, Database } from './database.ts';
import { isTaken, taken, tried } from './failures.ts';
import { name as storable } from './values.ts';

export function passkeyStore(database: Database): PasskeyStore {
  const { db } = database;
  return {
    async addPasskey({ id, listener, name, publicKey, counter, transports, createdAt }) {
      try {
        await database.transaction(async (tx) => {
          await tx
            .insertInto('passkeys')
            .values({
              id,
              listener: await lockAccount(tx, listener),
              name: storable(name).slice(0, 100),
              public_key: publicKey,
              counter,
              transports: JSON.stringify(transports),
              created_at: createdAt,
              used_at: null,
            })
            .execute();
        });
      } catch (error) {
        throw isTaken(error) ? taken('This passkey', error) : error;
      }
    },

    passkeys: (listener) =>
      tried(async () =>
        (await passkeys(db).where('listeners.id', '=', listener).orderBy('passkeys.created_at').execute()).map(
          passkeyOf,
        ),
      ),

    passkey: (id) =>
      tried(async () => {
        const row = await passkeys(db).where('passkeys.id', '=', id).executeTakeFirst();
        return row ? passkeyOf(row) : null;
      }),

    usePasskey: (id, counter, now) =>
      database.transaction(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('passkeys')
          .set({ counter, used_at: now })
          .where('id', '=', id)
          .where(({ eb, and, or }) =>
            or([eb('counter', '<', counter), and([eb('counter', '=', 0), eb.val(counter === 0)])]),
          )
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),

    removePasskey: (listener, id) =>
      database.transaction(async (tx) => {
        const no = await lockAccount(tx, listener);
        const { numDeletedRows } = await tx
          .deleteFrom('passkeys')
          .where('listener', '=', no)
          .where('id', '=', id)
          .executeTakeFirst();
        if (numDeletedRows === 0n) return false;
        await keepOneWay(tx, no);
        return true;
      }),
  };
}

const passkeys = (db: Connection) =>
  db
    .selectFrom('passkeys')
    .innerJoin('listeners', 'listeners.no', 'passkeys.listener')
    .select([
      'passkeys.id',
      'listeners.id as owner',
      'passkeys.name',
      'public_key',
      'counter',
      'transports',
      'passkeys.created_at',
      'used_at',
    ]);

const passkeyOf = (row: {
  id: string;
  owner: string;
  name: string;
  public_key: string;
  counter: number;
  transports: string;
  created_at: number;
  used_at: number | null;
}): Passkey => ({
  id: row.id,
  listener: row.owner,
  name: row.name,
  publicKey: row.public_key,
  counter: row.counter,
  transports: JSON.parse(row.transports) as string[],
  createdAt: row.created_at,
  usedAt: row.used_at,
});
