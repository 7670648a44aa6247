import type { FastifyReply, FastifyRequest } from 'fastify';
import { ERRORS, SegueError } from '../../errors.ts';
import { type Client, SESSION } from '../auth/accounts.ts';
import { writeSession } from '../auth/cookie.ts';
import type { App } from '../context.ts';
import { withRetryAfter } from '../errors.ts';
import { authPage } from './auth-page.ts';

const FORM_LIMIT = 8 * 1024;
/** Account pages are left out of the API description. */
export const HIDDEN = { schema: { hide: true } };

/** Reads forms, on the routes of this scope only. */
export function takeForms(scoped: App): void {
  scoped.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_LIMIT },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  scoped.addHook('preHandler', async ({ method, body }) => {
    if (method === 'POST' && !(body instanceof URLSearchParams))
      throw new SegueError('USAGE', { got: 'The request has no form data', expected: 'a form from this page' });
  });
}

export const page = (reply: FastifyReply, html: string, status = 200): FastifyReply =>
  reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    // Under "no-referrer", browsers omit the origin of a form, which the guard against other sites' forms needs.
    .header('referrer-policy', 'same-origin')
    .send(html);

export const field = ({ body }: FastifyRequest, name: string): string => (body as URLSearchParams).get(name) ?? '';

/** Shows a refusal on its own page; other errors pass through. */
export function refused(reply: FastifyReply, error: unknown, title: string, body: string): FastifyReply {
  if (!(error instanceof SegueError)) throw error;
  return page(withRetryAfter(reply, error.code), authPage(title, body, error.message), ERRORS[error.code].status);
}

/** Origin of a request; a proxy's headers count only if it is trusted. */
export const clientOf = ({ ip, headers }: FastifyRequest): Client => ({
  address: ip,
  device: (headers['user-agent'] ?? '').slice(0, 200),
});

/** Sends the browser to another page. */
export const moved = (reply: FastifyReply, to: string): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(to, 303);

/** Starts a session in the browser and shows the app. */
export function enter(request: FastifyRequest, reply: FastifyReply, session: string): FastifyReply {
  writeSession(request, reply, session, SESSION / 1000);
  return moved(reply, '/');
}

/** Removes the browser's session. */
export function leave(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  writeSession(request, reply, null, 0);
  // Removes what the app stored in this browser, for the sake of the next person. Browsers obey this over HTTPS and on localhost.
  void reply.header('clear-site-data', '"cache", "storage"');
  return moved(reply, '/sign-in');
}
