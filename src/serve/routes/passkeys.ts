import type { FastifyReply, FastifyRequest } from 'fastify';
import { SegueError } from '../../errors.ts';
import { readCeremony, writeCeremony } from '../auth/cookie.ts';
import { type Challenge, Passkeys, type Site, siteOf } from '../auth/passkeys.ts';
import { personOf } from '../auth/signed-in.ts';
import type { Routes } from '../context.ts';
import { waysOf } from './auth.ts';
import { clientOf, enter, field, HIDDEN, refused, takeForms } from './auth-forms.ts';
import { signInPage } from './auth-page.ts';

/** Passkey ceremonies: web/public/passkeys.js fetches the options and sends the browser's responses as forms. */
export const passkeys: Routes = (app, context) => {
  const { accounts } = context;
  if (!accounts) return;
  const keys = new Passkeys(accounts);
  const ask = (
    request: FastifyRequest,
    reply: FastifyReply,
    { ceremony, options }: Challenge<unknown>,
  ): FastifyReply => {
    writeCeremony(request, reply, ceremony);
    return reply.header('cache-control', 'no-store').send(options);
  };
  void app.register(async (scoped) => {
    takeForms(scoped);
    scoped.post('/sign-in/passkey/options', HIDDEN, async (request, reply) =>
      ask(request, reply, await keys.beginSigningIn(ofSite(request), clientOf(request))),
    );
    scoped.post('/sign-in/passkey', HIDDEN, async (request, reply) => {
      const ceremony = readCeremony(request) ?? '';
      writeCeremony(request, reply, null);
      try {
        const client = clientOf(request);
        return enter(request, reply, await keys.signIn(ofSite(request), ceremony, field(request, 'answer'), client));
      } catch (error) {
        return refused(reply, error, ...signInPage(waysOf(request, context)));
      }
    });
    scoped.post('/account/passkey/options', HIDDEN, async (request, reply) =>
      ask(request, reply, await keys.beginAdding(personOf(request), ofSite(request))),
    );
  });
};

/** @throws SegueError USAGE */
export function ofSite(request: FastifyRequest): Site {
  const site = siteOf(request);
  if (site) return site;
  throw new SegueError('USAGE', {
    got: 'Browsers do not allow passkeys at this address',
    expected: 'a host name over HTTPS, or localhost',
  });
}
