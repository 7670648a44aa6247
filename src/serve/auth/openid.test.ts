import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { LightMyRequestResponse } from 'fastify';
import { type AppWithAccounts, appWithAccounts } from '../../../test/support/app-with-accounts.ts';
import { FakeOpenIdProvider, type Faults, type Person } from '../../../test/support/fake-openid-provider.ts';
import { OpenId } from './openid.ts';

const PASSWORD = 'several quiet words';
const HOST = 'music.example';
const CALLBACK = `http://${HOST}/sign-in/openid/callback`;
const ADA: Person = { sub: 'ada-1', name: 'Ada', email: 'ada@Example.org', email_verified: true };

interface World extends AppWithAccounts {
  readonly provider: FakeOpenIdProvider;
  readonly noted: string[];
  get(url: string, cookies?: readonly string[]): Promise<LightMyRequestResponse>;
}

const cookiesOf = (answer: { headers: Record<string, unknown> }): string[] =>
  [answer.headers['set-cookie'] ?? []].flat().map((cookie) => String(cookie).split(';')[0]!);
const sessionOf = (answer: { headers: Record<string, unknown> }): string =>
  cookiesOf(answer).find((cookie) => /^segue_session=./.test(cookie)) ?? '';

async function household(context: TestContext, domains: readonly string[] = []): Promise<World> {
  const provider = await FakeOpenIdProvider.start();
  context.after(() => provider.stop().catch(() => {}));
  provider.redirects = [CALLBACK];
  const noted: string[] = [];
  const { issuer, clientId, clientSecret } = provider;
  const settings = { issuer, clientId, clientSecret, name: 'Example & Co', domains };
  const ledger = async () => ({ note: ({ origin }: { origin: string }) => void noted.push(origin) });
  const world = await appWithAccounts(
    context,
    undefined,
    { allowedHosts: [HOST] },
    (accounts) => new OpenId(accounts, settings, ledger),
  );
  const get = (url: string, cookies: readonly string[] = []) =>
    world.app.inject({ url, headers: { host: HOST, cookie: cookies.join('; ') } });
  return { ...world, provider, noted, get };
}

/** Begins at an address of this server, signs in at the provider, and comes back. */
async function visit({ get, provider }: World, from = '/sign-in/openid', change: (back: URL) => void = () => {}) {
  const begun = await get(from);
  assert.equal(begun.statusCode, 303, begun.body);
  const back = provider.visit(String(begun.headers.location));
  change(back);
  return get(`${back.pathname}${back.search}`, cookiesOf(begun));
}

async function administrator({ app, accounts }: World): Promise<string> {
  const payload = new URLSearchParams({ code: (await accounts.firstRun())!, name: 'Root', password: PASSWORD });
  const headers = { host: HOST, 'content-type': 'application/x-www-form-urlencoded' };
  return sessionOf(await app.inject({ method: 'POST', url: '/join', headers, payload: payload.toString() }));
}

const post = ({ app }: World, url: string, fields: Record<string, string>, cookie: string) =>
  app.inject({
    method: 'POST',
    url,
    headers: { host: HOST, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });

test('a new person joins by an invitation, and afterwards signs in with the provider alone', async (context) => {
  const world = await household(context);
  const { provider, accounts } = world;
  const root = await administrator(world);
  provider.person = ADA;
  const stranger = await visit(world);
  assert.equal(stranger.statusCode, 403);
  assert.match(stranger.body, /No account here is linked to this sign-in at Example &#38; Co/);
  assert.equal(sessionOf(stranger), '');
  const [by] = await accounts.people();
  const code = await accounts.invite(by!, 'listener');
  const joined = await visit(world, `/sign-in/openid?code=${code}`);
  assert.equal(joined.statusCode, 303, joined.body);
  const first = (await accounts.session(sessionOf(joined).split('=')[1]!))!;
  assert.deepEqual([first.name, first.role], ['Ada', 'listener']);
  const again = await visit(world);
  assert.equal((await accounts.session(sessionOf(again).split('=')[1]!))?.listener, first.listener);
  assert.notEqual(sessionOf(again), sessionOf(joined), 'each sign-in is a session of its own');
  assert.notEqual(root, sessionOf(again));
  assert.equal(await accounts.invited(code), null);
  assert.deepEqual(new Set(world.noted), new Set([provider.issuer]), 'every contact is noted');
});

test('a verified address of an allowed domain gets an account; any other does not', async (context) => {
  const world = await household(context, ['EXAMPLE.ORG']);
  await administrator(world);
  const cases: [Person, number][] = [
    [{ ...ADA, sub: '1', email_verified: false }, 403],
    [{ sub: '2', name: 'Ada', email: 'ada@example.org' }, 403],
    [{ ...ADA, sub: '3', email: 'ada@example.org.evil.example' }, 403],
    [{ ...ADA, sub: '4', email: 'x@example.org@evil.example' }, 403],
    [{ sub: '5', name: 'Ada' }, 403],
    [ADA, 303],
    [{ ...ADA, sub: '6' }, 303],
  ];
  for (const [person, status] of cases) {
    world.provider.person = person;
    assert.equal((await visit(world)).statusCode, status, JSON.stringify(person));
  }
  const names = (await world.accounts.people()).map(({ name }) => name);
  assert.deepEqual(names, ['Ada', 'Ada 2', 'Root'], 'a second Ada gets a name of her own');
});

test('a signed-in person links an account at the provider, uses it and unlinks it', async (context) => {
  const world = await household(context);
  const root = await administrator(world);
  world.provider.person = { ...ADA, sub: 'root' };
  const page = await post(world, '/account/openid', {}, root);
  const link = /class="button" href="([^"]+)"/.exec(page.body)![1]!.replaceAll('&#38;', '&');
  const back = world.provider.visit(link);
  const finish = (cookies: readonly string[]) => world.get(`${back.pathname}${back.search}`, cookies);
  const linked = await finish([root, ...cookiesOf(page)]);
  assert.equal(linked.headers.location, '/account', linked.body);
  const entered = await visit(world);
  assert.equal((await world.accounts.session(sessionOf(entered).split('=')[1]!))?.name, 'Root');
  const { issuer } = world.provider;
  const unlinked = await post(world, '/account/remove-identity', { issuer, subject: 'root' }, root);
  assert.equal(unlinked.statusCode, 200);
  assert.equal((await visit(world)).statusCode, 403);
});

test('linking started by one person cannot be finished by another', async (context) => {
  const world = await household(context);
  const root = await administrator(world);
  const [by] = await world.accounts.people();
  const code = await world.accounts.invite(by!, 'listener');
  const bob = sessionOf(await post(world, '/join', { code, name: 'Bob', password: PASSWORD }, ''));
  for (const finisher of [bob, '']) {
    const page = await post(world, '/account/openid', {}, root);
    const back = world.provider.visit(/class="button" href="([^"]+)"/.exec(page.body)![1]!.replaceAll('&#38;', '&'));
    const finished = await world.get(`${back.pathname}${back.search}`, [finisher, ...cookiesOf(page)]);
    assert.equal(finished.statusCode, 401);
  }
  assert.equal((await visit(world)).statusCode, 403, 'nothing was linked');
});

test('a token that is for another audience, expired, forged, unsigned or of another sign-in is refused', async (context) => {
  const world = await household(context, ['example.org']);
  const { provider } = world;
  provider.person = ADA;
  const faults: Faults[] = [
    { nonce: 'another' },
    { audience: 'another client' },
    { issuer: 'https://evil.example' },
    { expiresIn: -120 },
    { forged: true },
    { unsigned: true },
    { noIdToken: true },
  ];
  for (const fault of faults) {
    provider.faults = fault;
    const answer = await visit(world);
    assert.equal(answer.statusCode, 401, JSON.stringify(fault));
    assert.equal(sessionOf(answer), '');
    assert.match(answer.body, /was not accepted/);
  }
  provider.faults = {};
  assert.equal((await visit(world)).statusCode, 303);
});

test('a response with a wrong state, without its cookie, repeated or too late is refused', async (context) => {
  const world = await household(context, ['example.org']);
  const { provider, get } = world;
  provider.person = ADA;
  const other = await visit(world, '/sign-in/openid', (back) => back.searchParams.set('state', 'x'));
  assert.equal(other.statusCode, 401);
  const begun = await get('/sign-in/openid');
  const back = provider.visit(String(begun.headers.location));
  const url = `${back.pathname}${back.search}`;
  assert.equal((await get(url)).statusCode, 401);
  assert.equal((await get(url, cookiesOf(begun))).statusCode, 303);
  assert.equal((await get(url, cookiesOf(begun))).statusCode, 401);
  const late = await get('/sign-in/openid');
  const lateBack = provider.visit(String(late.headers.location));
  world.wait(10 * 60_000);
  assert.equal((await get(`${lateBack.pathname}${lateBack.search}`, cookiesOf(late))).statusCode, 401);
  const declined = await visit(world, '/sign-in/openid', (address) => {
    address.searchParams.delete('code');
    address.searchParams.set('error', 'access_denied');
  });
  assert.equal(declined.statusCode, 401);
});

test('the provider’s new keys are used at the next sign-in', async (context) => {
  const world = await household(context, ['example.org']);
  world.provider.person = ADA;
  assert.equal((await visit(world)).statusCode, 303);
  await world.provider.rotate();
  assert.equal((await visit(world)).statusCode, 303);
});

test('while the provider is unreachable, its sign-in says so and passwords still work', async (context) => {
  const world = await household(context, ['example.org']);
  await administrator(world);
  world.provider.person = ADA;
  world.provider.away = true;
  const away = await world.get('/sign-in/openid');
  assert.equal(away.statusCode, 503, away.body);
  assert.match(away.body, /Example &#38; Co does not answer/);
  const password = await post(world, '/sign-in', { name: 'Root', password: PASSWORD }, '');
  assert.equal(password.statusCode, 303);
  world.provider.away = false;
  const begun = await world.get('/sign-in/openid');
  const back = world.provider.visit(String(begun.headers.location));
  world.provider.away = true;
  const finished = await world.get(`${back.pathname}${back.search}`, cookiesOf(begun));
  assert.equal(finished.statusCode, 503);
  assert.match(finished.body, /does not answer/);
  world.provider.away = false;
  assert.equal((await visit(world)).statusCode, 303);
  const late = await world.get('/sign-in/openid');
  const lateBack = world.provider.visit(String(late.headers.location));
  await world.provider.stop();
  const gone = await world.get(`${lateBack.pathname}${lateBack.search}`, cookiesOf(late));
  assert.match(gone.body, /does not answer/);
  assert.equal((await post(world, '/sign-in', { name: 'Root', password: PASSWORD }, '')).statusCode, 303);
});
