import type { FastifyRequest } from 'fastify';
import { SegueError } from '../../errors.ts';
import type { Account } from '../../listeners/accounts.ts';
import type { Access } from '../access.ts';

const people = new WeakMap<FastifyRequest, Account>();

/** Records who sent a request. */
export const signIn = (request: FastifyRequest, account: Account): void => void people.set(request, account);

/** Who sent a request; null on a server without sign-in and on public routes. */
export const signedIn = (request: FastifyRequest): Account | null => people.get(request) ?? null;

/** Who sent a request, where signing in is required. @throws SegueError NOT_SIGNED_IN */
export function personOf(request: FastifyRequest): Account {
  const account = signedIn(request);
  if (!account) throw notSignedIn();
  return account;
}

/** With sign-in, everyone may read and change only their own data: administrators manage accounts, not other people's listening. */
export const ownAccess: Access = async (request, listener) => {
  const account = personOf(request);
  if (listener !== null && listener !== account.listener)
    throw new SegueError('NOT_ALLOWED', { got: 'This belongs to another listener' });
};

export const notSignedIn = (): SegueError =>
  new SegueError('NOT_SIGNED_IN', { got: 'You are not signed in', remedy: 'Sign in at /sign-in' });

/** Whether a signed-in request may see this listener's part of a list over all listeners. */
export const mayList = (request: FastifyRequest, listener: string): boolean =>
  (signedIn(request)?.listener ?? listener) === listener;

/**
 * For bodies that name a listener by id or name, see `listenerNamed`: refuses another listener's name before it is looked up.
 * @throws SegueError NOT_ALLOWED
 */
export function onOwnBehalf(request: FastifyRequest, idOrName: string): void {
  const account = signedIn(request);
  if (account && idOrName !== account.listener && idOrName !== account.name)
    throw new SegueError('NOT_ALLOWED', { got: 'This belongs to another listener' });
}
