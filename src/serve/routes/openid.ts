import type { FastifyReply, FastifyRequest } from 'fastify';
import { originOf, readCeremony, readSession, writeCeremony } from '../auth/cookie.ts';
import type { OpenId, Purpose } from '../auth/openid.ts';
import { personOf } from '../auth/signed-in.ts';
import type { Routes } from '../context.ts';
import { waysOf } from './auth.ts';
import { clientOf, enter, HIDDEN, moved, page, refused, takeForms } from './auth-forms.ts';
import { authPage, escaped, signInPage } from './auth-page.ts';

const CALLBACK = '/sign-in/openid/callback';

/** Sign-in with a provider: the redirect there and back. */
export const openid: Routes = (app, context) => {
  const { accounts, openId } = context;
  if (!accounts || !openId) return;
  const begin = async (request: FastifyRequest, reply: FastifyReply, purpose: Purpose): Promise<string> => {
    const redirect = `${originOf(request)}${CALLBACK}`;
    const { ceremony, url } = await openId.begin(purpose, redirect, clientOf(request));
    writeCeremony(request, reply, ceremony);
    return url;
  };
  const problem = (request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply =>
    refused(reply, error, ...signInPage(waysOf(request, context)));
  void app.register(async (scoped) => {
    takeForms(scoped);
    scoped.get('/sign-in/openid', HIDDEN, async (request, reply) => {
      const { code } = request.query as { code?: unknown };
      try {
        const purpose: Purpose = typeof code === 'string' ? { kind: 'join', code } : { kind: 'sign-in' };
        return moved(reply, await begin(request, reply, purpose));
      } catch (error) {
        return problem(request, reply, error);
      }
    });
    scoped.get(CALLBACK, HIDDEN, async (request, reply) => {
      const ceremony = readCeremony(request);
      writeCeremony(request, reply, null);
      const session = readSession(request);
      const person = session === null ? null : await accounts.session(session);
      const answer = new URLSearchParams(request.url.split('?', 2)[1] ?? '');
      try {
        const made = await openId.finish(ceremony, answer, person, clientOf(request));
        return made === null ? moved(reply, '/account') : enter(request, reply, made);
      } catch (error) {
        return problem(request, reply, error);
      }
    });
    scoped.post('/account/openid', HIDDEN, async (request, reply) => {
      const person = personOf(request);
      const url = await begin(request, reply, { kind: 'link', listener: person.listener });
      return page(reply, authPage(person.name, continueTo(openId, url)));
    });
  });
};

/** A link instead of a redirect: the policy forbids forms of this page to lead elsewhere, so that no injected form can. */
const continueTo = ({ settings }: OpenId, url: string): string =>
  `<p>Sign in to ${escaped(settings.name)} with the account you want to link.</p>
<p><a class="button" href="${escaped(url)}">Continue to ${escaped(settings.name)}</a></p><p><a href="/account">Cancel</a></p>`;
