import type { FastifyReply, FastifyRequest } from 'fastify';
import { SegueError } from '../../errors.ts';
import type { Account } from '../../listeners/accounts.ts';
import type { App, ServeContext } from '../context.ts';
import type { Accounts } from './accounts.ts';
import { readSession } from './cookie.ts';
import { accessOf, type RouteAccess, scopeOf } from './route-access.ts';
import { notSignedIn, signIn } from './signed-in.ts';
import { whereItBegan } from './where-it-began.ts';

/**
 * Admits requests according to the access that their route declares. Browsers opening a page are redirected to sign-in; programs get an error. The
 * route itself, which knows the owner, refuses a listener's data to others.
 */
export function guardAccess(app: App, accounts: Accounts, connected: ServeContext['connected']): void {
  app.addHook('onRequest', async (request, reply) => {
    const access = accessOf(request.method, request.routeOptions.url, request.url);
    if (access === 'everyone' || access === 'token') return;
    const session = readSession(request);
    const account =
      (session === null ? null : await accounts.session(session)) ??
      (await byToken(request, access, accounts, connected));
    if (!account) {
      const began = await whereItBegan(request, connected);
      if (began !== null) return reply.header('cache-control', 'no-store').redirect(began, 303);
      if (isPage(request)) return toSignIn(reply);
      throw notSignedIn();
    }
    signIn(request, account);
    // The browser must not show a signed-in person's data to the next person on this machine.
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    if (access === 'administrator' && account.role !== 'administrator')
      throw new SegueError('NOT_ALLOWED', { got: 'Only an administrator can do this' });
  });
}

const isPage = ({ method, url, headers }: FastifyRequest): boolean =>
  method === 'GET' && !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html');

const toSignIn = (reply: FastifyReply): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect('/sign-in', 303);

/** The account that a program acts for; null without a token. @throws SegueError NOT_SIGNED_IN, NOT_ALLOWED when the token lacks the scope */
async function byToken(
  request: FastifyRequest,
  access: RouteAccess,
  accounts: Accounts,
  connected: ServeContext['connected'],
): Promise<Account | null> {
  const { authorization } = request.headers;
  if (authorization === undefined) return null;
  const token = (await connected()).tokens.ofHeader(authorization);
  const account = token && (await (await accounts.store()).byListener(token.listener));
  if (!account)
    throw new SegueError('NOT_SIGNED_IN', {
      got: 'The access token is unknown or revoked, or its listener has no account',
      remedy: 'Create one at /account',
    });
  const scope = scopeOf(request.method, request.routeOptions.url, access);
  if (scope === null) throw new SegueError('NOT_ALLOWED', { got: 'No access token can do this', remedy: 'Sign in' });
  if (!token.scopes.includes(scope))
    throw new SegueError('NOT_ALLOWED', {
      got: `The access token lacks the scope "${scope}"`,
      remedy: 'Create one with this scope at /account',
    });
  return account;
}
