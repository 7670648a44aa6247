import { createHash } from 'node:crypto';
import { SegueError } from '../../errors.ts';
import type { Account, Role } from '../accounts.ts';
import { type Change, type Connection, unknownListener } from './database.ts';

/** Value of the password column for an account without a password; no password has this hash. */
export const NO_PASSWORD = 'none';

/** The form in which secrets are stored. */
export const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** A query for accounts with their listeners' names, for the caller to narrow down. */
export const accounts = (db: Connection) =>
  db
    .selectFrom('accounts')
    .innerJoin('listeners', 'listeners.no', 'accounts.listener')
    .select(['listeners.id', 'listeners.name', 'accounts.role', 'accounts.created_at']);

export const accountOf = (row: { id: string; name: string; role: string; created_at: number }): Account => ({
  listener: row.id,
  name: row.name,
  role: row.role as Role,
  createdAt: row.created_at,
});

/** Locks a listener's account until the transaction ends. @returns the listener's number @throws SegueError NOT_FOUND */
export async function lockAccount(tx: Change, listener: string): Promise<number> {
  const row = await tx
    .updateTable('accounts')
    .set(({ ref }) => ({ role: ref('role') }))
    .where('listener', '=', (q) => q.selectFrom('listeners').select('no').where('id', '=', listener))
    .returning('listener')
    .executeTakeFirst();
  if (!row) throw unknownListener(listener);
  return row.listener;
}

/** Called after a way to sign in was removed. @throws SegueError NOT_ALLOWED when none is left */
export async function keepOneWay(tx: Change, no: number): Promise<void> {
  const { password } = await tx
    .selectFrom('accounts')
    .select('password')
    .where('listener', '=', no)
    .executeTakeFirstOrThrow();
  if (password !== NO_PASSWORD) return;
  for (const table of ['passkeys', 'identities'] as const)
    if (await tx.selectFrom(table).select('listener').where('listener', '=', no).executeTakeFirst()) return;
  throw new SegueError('NOT_ALLOWED', {
    got: 'This is the last way to sign in to this account',
    remedy: 'Set a password or add another passkey first',
  });
}
