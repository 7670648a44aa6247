import type { FastifyReply, FastifyRequest } from 'fastify';
import { ERRORS, SegueError } from '../../errors.ts';
import { ROLES } from '../../listeners/accounts.ts';
import { type Accounts, SESSION } from '../auth/accounts.ts';
import { byHttps, readSession, writeSession } from '../auth/cookie.ts';
import { notSignedIn, signedIn } from '../auth/signed-in.ts';
import type { Routes, ServeContext } from '../context.ts';
import { accountForms, authPage, joinForm, peopleForms, STYLE, STYLE_PATH, signInForm } from './auth-page.ts';

const FORM_LIMIT = 8 * 1024;
const HIDDEN = { schema: { hide: true } };

const page = (reply: FastifyReply, html: string, status = 200): FastifyReply =>
  reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    // Browsers leave out where a form comes from under "no-referrer", and the guard against other sites' forms asks for it.
    .header('referrer-policy', 'same-origin')
    .send(html);

const field = ({ body }: FastifyRequest, name: string): string => (body as URLSearchParams).get(name) ?? '';

/** Shows a refusal on the page that it belongs to; anything else goes on. */
function refused(reply: FastifyReply, error: unknown, title: string, body: string): FastifyReply {
  if (!(error instanceof SegueError)) throw error;
  return page(reply, authPage(title, body, error.message), ERRORS[error.code].status);
}

/** Signing in, joining by invitation, and the page of one's account: plain forms, as nothing of the app is shown before. */
export const auth: Routes = (app, { accounts, connected }) => {
  if (!accounts) return;
  void app.register(async (scoped) => {
    // Forms are read on these routes alone.
    scoped.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_LIMIT },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    scoped.addHook('preHandler', async ({ method, body }) => {
      if (method === 'POST' && !(body instanceof URLSearchParams))
        throw new SegueError('USAGE', { got: 'The request carries no form', expected: 'a form of this page' });
    });
    const enter = (request: FastifyRequest, reply: FastifyReply, session: string): FastifyReply => {
      writeSession(request, reply, session, SESSION / 1000);
      return reply.header('cache-control', 'no-store').redirect('/', 303);
    };
    const leave = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
      writeSession(request, reply, null, 0);
      return reply.header('cache-control', 'no-store').redirect('/sign-in', 303);
    };
    scoped.get(STYLE_PATH, HIDDEN, (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE));
    scoped.get('/sign-in', HIDDEN, (_request, reply) => page(reply, authPage('Sign in', signInForm())));
    scoped.post('/sign-in', HIDDEN, async (request, reply) => {
      try {
        const session = await accounts.signIn(field(request, 'name'), field(request, 'password'), request.ip);
        return enter(request, reply, session);
      } catch (error) {
        return refused(reply, error, 'Sign in', signInForm());
      }
    });
    scoped.get('/join', HIDDEN, async (request, reply) => {
      const { code } = request.query as { code?: unknown };
      if (typeof code === 'string' && (await accounts.invited(code)))
        return page(reply, authPage('Welcome to Segue', joinForm(code)));
      const body = '<p>Ask an administrator for a new one, or <a href="/sign-in">sign in</a>.</p>';
      return page(reply, authPage('Welcome to Segue', body, 'This invitation was used, withdrawn or is too old.'), 403);
    });
    scoped.post('/join', HIDDEN, async (request, reply) => {
      const code = field(request, 'code');
      try {
        return enter(request, reply, await accounts.redeem(code, field(request, 'name'), field(request, 'password')));
      } catch (error) {
        return refused(reply, error, 'Welcome to Segue', joinForm(code));
      }
    });
    account(scoped, { accounts, connected }, enter, leave);
  });
};

type Enter = (request: FastifyRequest, reply: FastifyReply, session: string) => FastifyReply;
type Leave = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

function account(
  app: Parameters<Routes>[0],
  { accounts, connected }: Pick<ServeContext, 'connected'> & { accounts: Accounts },
  enter: Enter,
  leave: Leave,
): void {
  const who = (request: FastifyRequest) => {
    const person = signedIn(request);
    if (!person) throw notSignedIn();
    return person;
  };
  const shown = async (request: FastifyRequest, link: string | null = null): Promise<[string, string]> => {
    const { name, role, listener } = who(request);
    const people = role === 'administrator' ? peopleForms(await accounts.people(), listener, link) : '';
    return [name, `<p><a href="/">Back to Segue</a></p>${people}${accountForms()}`];
  };
  app.get('/account', HIDDEN, async (request, reply) => page(reply, authPage(...(await shown(request)))));
  app.post('/account/password', HIDDEN, async (request, reply) => {
    try {
      const [old, next] = [field(request, 'old'), field(request, 'next')];
      return enter(request, reply, await accounts.changePassword(who(request), old, next, request.ip));
    } catch (error) {
      return refused(reply, error, ...(await shown(request)));
    }
  });
  app.post('/account/sign-out', HIDDEN, async (request, reply) => {
    const session = readSession(request);
    if (session !== null) await accounts.signOut(who(request), session);
    return leave(request, reply);
  });
  app.post('/account/sign-out-everywhere', HIDDEN, async (request, reply) => {
    await accounts.signOutEverywhere(who(request));
    return leave(request, reply);
  });
  app.post('/account/invite', HIDDEN, async (request, reply) => {
    const role = ROLES.find((known) => known === field(request, 'role')) ?? 'listener';
    const code = await accounts.invite(who(request), role);
    const link = `${byHttps(request) ? 'https' : 'http'}://${request.host}/join?code=${code}`;
    return page(reply, authPage(...(await shown(request, link))));
  });
  app.post('/account/remove', HIDDEN, async (request, reply) => {
    try {
      const listener = field(request, 'listener');
      // Opened first, so that no account goes while its tokens stay.
      const { tokens } = await connected();
      await accounts.remove(who(request), listener);
      tokens.revokeAllOf(listener);
      return page(reply, authPage(...(await shown(request))));
    } catch (error) {
      return refused(reply, error, ...(await shown(request)));
    }
  });
}
