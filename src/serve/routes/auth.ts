import type { FastifyRequest } from 'fastify';
import { siteOf } from '../auth/passkeys.ts';
import type { Routes, ServeContext } from '../context.ts';
import { clientOf, enter, field, HIDDEN, page, refused, takeForms } from './auth-forms.ts';
import { authPage, joinForm, STYLE, STYLE_PATH, signInPage, type Ways } from './auth-page.ts';

const JOIN = 'Welcome to Segue';

/** Sign-in methods other than a password available to a request. */
export const waysOf = (request: FastifyRequest, { openId }: Pick<ServeContext, 'openId'>): Ways => ({
  passkeys: siteOf(request) !== null,
  provider: openId?.settings.name ?? null,
});

/** Sign-in and joining by invitation: plain forms, because nothing of the app is shown before sign-in. */
export const auth: Routes = (app, context) => {
  const { accounts } = context;
  if (!accounts) return;
  void app.register(async (scoped) => {
    takeForms(scoped);
    scoped.get(STYLE_PATH, HIDDEN, (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE));
    scoped.get('/sign-in', HIDDEN, (request, reply) => page(reply, authPage(...signInPage(waysOf(request, context)))));
    scoped.post('/sign-in', HIDDEN, async (request, reply) => {
      try {
        const session = await accounts.signIn(field(request, 'name'), field(request, 'password'), clientOf(request));
        return enter(request, reply, session);
      } catch (error) {
        return refused(reply, error, ...signInPage(waysOf(request, context)));
      }
    });
    scoped.get('/join', HIDDEN, async (request, reply) => {
      const { code } = request.query as { code?: unknown };
      const invitation = typeof code === 'string' ? await accounts.invited(code) : null;
      if (invitation)
        return page(
          reply,
          authPage(JOIN, joinForm(String(code), invitation.listener?.name ?? null, waysOf(request, context))),
        );
      const body = '<p>Ask an administrator for a new one, or <a href="/sign-in">sign in</a>.</p>';
      return page(reply, authPage(JOIN, body, 'This invitation was already used, was withdrawn or has expired.'), 403);
    });
    scoped.post('/join', HIDDEN, async (request, reply) => {
      const code = field(request, 'code');
      try {
        const [name, password] = [field(request, 'name'), field(request, 'password')];
        return enter(request, reply, await accounts.redeem(code, name, password, clientOf(request)));
      } catch (error) {
        const name = (await accounts.invited(code))?.listener?.name ?? null;
        return refused(reply, error, JOIN, joinForm(code, name, waysOf(request, context)));
      }
    });
  });
};
