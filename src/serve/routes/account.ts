import type { FastifyReply, FastifyRequest } from 'fastify';
import { SCOPE_NAMES, type Scope } from '../../connect/scopes.ts';
import { SegueError } from '../../errors.ts';
import { ROLES } from '../../listeners/accounts.ts';
import { originOf, readCeremony, readSession, writeCeremony } from '../auth/cookie.ts';
import { Passkeys, siteOf } from '../auth/passkeys.ts';
import { personOf } from '../auth/signed-in.ts';
import { mayGive } from '../auth/token-scopes.ts';
import type { Routes } from '../context.ts';
import { identityForms, passkeyForms, passwordForm, peopleForms, sessionForms, tokenForms } from './account-page.ts';
import { clientOf, enter, field, HIDDEN, leave, page, refused, takeForms } from './auth-forms.ts';
import { authPage } from './auth-page.ts';
import { ofSite } from './passkeys.ts';

/** Result of the last action, shown once. */
interface Made {
  readonly link?: string;
  readonly token?: string;
}

const LONGEST_NAME = 100;

/** The account page: sessions, password, passkeys, access tokens; for administrators also people and invitations. */
export const account: Routes = (app, { accounts, connected, openId }) => {
  if (!accounts) return;
  const keys = new Passkeys(accounts);
  const shown = async (request: FastifyRequest, made: Made = {}): Promise<[title: string, body: string]> => {
    const person = personOf(request);
    const store = await accounts.store();
    const known = await store.byListener(person.listener);
    const session = readSession(request);
    const { tokens } = await connected();
    const parts = [
      '<p><a href="/">Back to Segue</a></p>',
      sessionForms(await accounts.sessions(person), session === null ? null : store.sessionId(session)),
      passwordForm(known?.password !== null),
      passkeyForms(await keys.of(person), siteOf(request) !== null),
      openId ? identityForms(await store.identities(person.listener), openId.settings.name) : '',
      tokenForms(
        tokens.list().filter(({ listener }) => listener === person.listener),
        person,
        made.token ?? null,
      ),
      person.role === 'administrator'
        ? peopleForms(await accounts.people(), await store.withoutAccount(), person.listener, made.link ?? null)
        : '',
    ];
    return [person.name, parts.join('\n')];
  };
  type Action = (request: FastifyRequest, reply: FastifyReply) => Promise<Made | FastifyReply>;
  void app.register(async (scoped) => {
    takeForms(scoped);
    /** A form of the page: afterwards, the page is shown again with a refusal or the result. */
    const form = (path: string, action: Action): void => {
      scoped.post(path, HIDDEN, async (request, reply) => {
        try {
          const made = await action(request, reply);
          // A reply that was sent resolves to nothing when it is awaited.
          return reply.sent ? reply : page(reply, authPage(...(await shown(request, made as Made))));
        } catch (error) {
          return refused(reply, error, ...(await shown(request)));
        }
      });
    };
    scoped.get('/account', HIDDEN, async (request, reply) => page(reply, authPage(...(await shown(request)))));
    form('/account/password', async (request, reply) => {
      const [old, next] = [field(request, 'old'), field(request, 'next')];
      return enter(request, reply, await accounts.changePassword(personOf(request), old, next, clientOf(request)));
    });
    form('/account/sign-out', async (request, reply) => {
      const session = readSession(request);
      if (session !== null) await accounts.signOut(personOf(request), session);
      return leave(request, reply);
    });
    form('/account/sign-out-everywhere', async (request, reply) => {
      await accounts.signOutEverywhere(personOf(request));
      return leave(request, reply);
    });
    form('/account/sign-out-elsewhere', async (request) => {
      await accounts.signOutEverywhere(personOf(request), readSession(request) ?? undefined);
      return {};
    });
    form('/account/end-session', async (request) => {
      await accounts.endSession(personOf(request), field(request, 'session'));
      return {};
    });
    form('/account/create-token', async (request) => {
      const person = personOf(request);
      const name = field(request, 'name').trim().slice(0, LONGEST_NAME);
      if (name === '')
        throw new SegueError('USAGE', { got: 'The token has no name', expected: 'a name, e.g. that of the program' });
      const asked = (request.body as URLSearchParams).getAll('scope');
      const scopes = SCOPE_NAMES.filter((scope: Scope) => asked.includes(scope));
      mayGive(person, scopes);
      const { token } = (await connected()).tokens.create(person.listener, name, scopes);
      await accounts.record('token-created', person.listener, scopes.join(' '));
      return { token };
    });
    form('/account/revoke-token', async (request) => {
      const person = personOf(request);
      const { tokens } = await connected();
      const token = tokens.list().find(({ id }) => id === field(request, 'token'));
      if (token?.listener !== person.listener)
        throw new SegueError('NOT_ALLOWED', { got: 'This belongs to another listener' });
      tokens.revoke(token.id);
      await accounts.record('token-revoked', person.listener, '');
      return {};
    });
    form('/account/passkey', async (request, reply) => {
      const ceremony = readCeremony(request) ?? '';
      writeCeremony(request, reply, null);
      await keys.add(personOf(request), ofSite(request), ceremony, field(request, 'name'), field(request, 'answer'));
      return {};
    });
    form('/account/remove-passkey', async (request) => {
      await keys.remove(personOf(request), field(request, 'passkey'));
      return {};
    });
    form('/account/remove-identity', async (request) => {
      const { listener } = personOf(request);
      if (await (await accounts.store()).removeIdentity(listener, field(request, 'issuer'), field(request, 'subject')))
        await accounts.record('identity-removed', listener, '');
      return {};
    });
    form('/account/invite', async (request) => {
      const role = ROLES.find((known) => known === field(request, 'role')) ?? 'listener';
      const code = await accounts.invite(personOf(request), role, field(request, 'listener') || undefined);
      return { link: `${originOf(request)}/join?code=${code}` };
    });
    form('/account/remove', async (request) => {
      const listener = field(request, 'listener');
      // Opened first, so that no account is removed without its tokens.
      const { tokens } = await connected();
      await accounts.remove(personOf(request), listener);
      tokens.revokeAllOf(listener);
      return {};
    });
  });
};
