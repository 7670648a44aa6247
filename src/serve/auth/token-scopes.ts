import { ADMINISTRATORS_SCOPES, type Scope } from '../../connect/scopes.ts';
import { SegueError } from '../../errors.ts';
import type { Account } from '../../listeners/accounts.ts';

/**
 * @param account the creator of a token; null on a server without sign-in @throws SegueError NOT_ALLOWED for scopes reserved for administrators,
 * USAGE without scopes
 */
export function mayGive(account: Account | null, scopes: readonly Scope[]): void {
  if (scopes.length === 0)
    throw new SegueError('USAGE', { got: 'The token has no scopes', expected: 'at least one scope' });
  const beyond = scopes.find((scope) => ADMINISTRATORS_SCOPES.includes(scope));
  if (beyond !== undefined && account && account.role !== 'administrator')
    throw new SegueError('NOT_ALLOWED', { got: `Only an administrator can use the scope "${beyond}"` });
}
