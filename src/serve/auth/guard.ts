import type { FastifyReply, FastifyRequest } from 'fastify';
import { SegueError } from '../../errors.ts';
import type { App } from '../context.ts';
import type { Accounts } from './accounts.ts';
import { readSession } from './cookie.ts';
import { accessOf } from './route-access.ts';
import { notSignedIn, signIn } from './signed-in.ts';

/**
 * Lets requests in by what their route declares. People who open a page are sent to sign in; programs are told. What belongs to one listener is
 * refused to others by the route itself, which knows whose it is.
 */
export function guardAccess(app: App, accounts: Accounts): void {
  app.addHook('onRequest', async (request, reply) => {
    const access = accessOf(request.method, request.routeOptions.url, request.url);
    if (access === 'everyone' || access === 'token') return;
    const session = readSession(request);
    const account = session === null ? null : await accounts.session(session);
    if (!account) {
      if (isPage(request)) return toSignIn(reply);
      throw notSignedIn();
    }
    signIn(request, account);
    // What a signed-in person sees must not be shown to the next one on this machine.
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    if (access === 'administrator' && account.role !== 'administrator')
      throw new SegueError('NOT_ALLOWED', { got: 'This takes an administrator' });
  });
}

const isPage = ({ method, url, headers }: FastifyRequest): boolean =>
  method === 'GET' && !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html');

const toSignIn = (reply: FastifyReply): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect('/sign-in', 303);
