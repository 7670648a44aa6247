import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type AppWithAccounts, appWithAccounts } from '../../../test/support/app-with-accounts.ts';
import { SegueError } from '../../errors.ts';
import type { AppOptions } from '../app.ts';
import { deviceName } from './device-name.ts';

const PASSWORD = 'several quiet words';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';

interface Person {
  readonly cookie: string;
  readonly listener: string;
}

async function household(context: TestContext, options?: AppOptions) {
  const world = await appWithAccounts(context, undefined, options);
  const form = (
    url: string,
    fields: Record<string, string> | [string, string][],
    headers: Record<string, string> = {},
  ) =>
    world.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(fields).toString(),
    });
  const join = async (code: string, name: string): Promise<Person> => {
    const answer = await form('/join', { code, name, password: PASSWORD });
    assert.equal(answer.statusCode, 303, answer.body);
    const cookie = String(answer.headers['set-cookie']).split(';')[0]!;
    const account = await world.accounts.session(cookie.split('=')[1]!);
    return { cookie, listener: account!.listener };
  };
  const ada = await join((await world.accounts.firstRun())!, 'Ada');
  const page = async ({ cookie }: Pick<Person, 'cookie'>): Promise<string> =>
    (await world.app.inject({ url: '/account', headers: { cookie } })).body;
  return { ...world, form, join, ada, page };
}

const signIn = async (
  world: { form: Awaited<ReturnType<typeof household>>['form'] },
  headers = {},
): Promise<string> => {
  const answer = await world.form('/sign-in', { name: 'Ada', password: PASSWORD }, headers);
  assert.equal(answer.statusCode, 303, answer.body);
  return String(answer.headers['set-cookie']).split(';')[0]!;
};

const alive = async ({ accounts }: AppWithAccounts, cookie: string): Promise<boolean> =>
  (await accounts.session(cookie.split('=')[1]!)) !== null;

test('the account page lists the sessions by device and address, ends one, or all but its own', async (context) => {
  const world = await household(context);
  const { ada, form, page } = world;
  const phone = await signIn(world, { 'user-agent': FIREFOX });
  const third = await signIn(world);
  const html = await page(ada);
  assert.match(html, /Firefox on Linux at 127\.0\.0\.1/);
  assert.equal(html.split('(this one)').length, 2);
  const store = await world.accounts.store();
  const id = store.sessionId(phone.split('=')[1]!);
  assert.ok(!html.includes(phone.split('=')[1]!), 'no secret is shown');
  const ended = await form('/account/end-session', { session: id }, { cookie: ada.cookie });
  assert.equal(ended.statusCode, 200);
  assert.deepEqual(await Promise.all([ada.cookie, phone, third].map((one) => alive(world, one))), [true, false, true]);
  await form('/account/sign-out-elsewhere', {}, { cookie: ada.cookie });
  assert.deepEqual(await Promise.all([ada.cookie, third].map((one) => alive(world, one))), [true, false]);
});

test('a sign-in that is refused under load says when to try again, on the page for people too', async (context) => {
  const { accounts, form } = await household(context);
  context.mock.method(accounts, 'signIn', () =>
    Promise.reject(new SegueError('OVERLOADED', { got: 'Too many sign-ins at once' })),
  );
  const answer = await form('/sign-in', { name: 'Ada', password: PASSWORD });
  assert.equal(answer.statusCode, 503);
  assert.equal(answer.headers['retry-after'], '1');
  assert.match(answer.body, /Too many sign-ins at once/);
});

test('a session of another listener cannot be ended', async (context) => {
  const world = await household(context);
  const [administrator] = await world.accounts.people();
  const bob = await world.join(await world.accounts.invite(administrator!, 'listener'), 'Bob');
  const store = await world.accounts.store();
  const id = store.sessionId(world.ada.cookie.split('=')[1]!);
  await world.form('/account/end-session', { session: id }, { cookie: bob.cookie });
  assert.ok(await alive(world, world.ada.cookie));
});

test('a token is created with the chosen scopes, shown once, and revoked', async (context) => {
  const { ada, form, page, connected, app } = await household(context);
  const made = await form(
    '/account/create-token',
    [
      ['name', 'Scrobbler <1>'],
      ['scope', 'events'],
      ['scope', 'nonsense'],
    ],
    { cookie: ada.cookie },
  );
  const token = /<span class="code">([\w-]{32})<\/span>/.exec(made.body)?.[1];
  assert.ok(token, made.body);
  const later = await page(ada);
  assert.ok(!later.includes(token));
  assert.match(later, /Scrobbler &#60;1&#62;/);
  const { tokens } = await connected();
  assert.deepEqual(tokens.find(token)?.scopes, ['events']);
  const [{ id } = { id: '' }] = tokens.list();
  assert.ok(tokens.list()[0]!.usedAt !== null);
  await form('/account/revoke-token', { token: id }, { cookie: ada.cookie });
  assert.equal(tokens.find(token), null);
  const none = await form('/account/create-token', { name: 'Nothing' }, { cookie: ada.cookie });
  assert.equal(none.statusCode, 400);
  const headers = { cookie: ada.cookie };
  const api = await app.inject({
    method: 'POST',
    url: '/api/access-tokens',
    headers,
    payload: { listener: 'Ada', name: 'by the API', scopes: ['read', 'admin'] },
  });
  assert.equal(api.statusCode, 201, api.body);
  const { tokens: listed } = (await app.inject({ url: '/api/access-tokens', headers })).json();
  assert.deepEqual(listed[0].scopes, ['read', 'admin']);
});

test('a listener can neither create an administrator’s token nor revoke another listener’s', async (context) => {
  const world = await household(context);
  const { form, connected, app, ada } = world;
  const [administrator] = await world.accounts.people();
  const bob = await world.join(await world.accounts.invite(administrator!, 'listener'), 'Bob');
  const { tokens } = await connected();
  const { id } = tokens.create(ada.listener, 'of Ada');
  for (const scope of ['admin', 'household']) {
    const answer = await form('/account/create-token', { name: 'x', scope }, { cookie: bob.cookie });
    assert.equal(answer.statusCode, 403);
    const api = await app.inject({
      method: 'POST',
      url: '/api/access-tokens',
      headers: { cookie: bob.cookie },
      payload: { listener: bob.listener, name: 'x', scopes: [scope] },
    });
    assert.equal(api.statusCode, 403, api.body);
  }
  assert.equal((await form('/account/revoke-token', { token: id }, { cookie: bob.cookie })).statusCode, 403);
  assert.deepEqual(
    tokens.list().map((token) => token.id),
    [id],
  );
});

test('an administrator invites an existing listener, who keeps their data', async (context) => {
  const { ada, form, join, page, repository, app } = await household(context);
  const { id } = await repository.listeners.add({ name: 'Cem' });
  await repository.opinions.set(id, [{ song: 't:1', kind: 'like', at: 1, title: 'One', artists: ['A'], source: 'x' }]);
  assert.match(await page(ada), /Cem, who cannot sign in yet/);
  const invited = await form('/account/invite', { role: 'listener', listener: id }, { cookie: ada.cookie });
  const code = /join\?code=([\w-]{43})/.exec(invited.body)?.[1];
  assert.ok(code, invited.body);
  assert.match((await app.inject(`/join?code=${code}`)).body, /sign in as Cem/);
  const cem = await join(code, 'Somebody else');
  assert.equal(cem.listener, id);
  const likes = await app.inject({ url: `/api/listeners/${id}/likes`, headers: { cookie: cem.cookie } });
  assert.equal(likes.json().items.length, 1, likes.body);
  const again = await form('/account/invite', { role: 'listener', listener: id }, { cookie: ada.cookie });
  assert.equal(again.statusCode, 409);
});

const FORWARDED = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' };

test('behind a trusted proxy, sign-ins are counted and recorded by the address that it reports', async (context) => {
  const world = await household(context, { trustedProxies: ['loopback'] });
  const fail = (address: string) =>
    world.form('/sign-in', { name: 'Ada', password: 'wrong' }, { ...FORWARDED, 'x-forwarded-for': address });
  for (let i = 0; i < 5; i++) assert.equal((await fail('203.0.113.9')).statusCode, 401);
  assert.equal((await fail('203.0.113.9')).statusCode, 429);
  // The client's own part of the header comes before what the proxy added.
  assert.equal((await fail('198.51.100.1, 203.0.113.9')).statusCode, 429);
  assert.equal((await fail('203.0.113.10')).statusCode, 401);
  const [entry] = await world.repository.accounts.audit(1);
  assert.equal(entry?.detail, '203.0.113.10');
});

test('without a trusted proxy, the header is ignored', async (context) => {
  for (const trustedProxies of [[], ['10.0.0.0/8']]) {
    const world = await household(context, { trustedProxies });
    for (let i = 0; i < 5; i++)
      await world.form(
        '/sign-in',
        { name: 'Ada', password: 'wrong' },
        { ...FORWARDED, 'x-forwarded-for': `203.0.113.${i}` },
      );
    const answer = await world.form('/sign-in', { name: 'Ada', password: PASSWORD }, FORWARDED);
    assert.equal(answer.statusCode, 429);
    const [entry] = await world.repository.accounts.audit(1);
    assert.equal(entry?.detail, '127.0.0.1');
  }
});

test('devices are named in words', () => {
  assert.equal(deviceName(FIREFOX), 'Firefox on Linux');
  assert.equal(
    deviceName(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    ),
    'Safari on iPhone',
  );
  assert.equal(
    deviceName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36 Edg/141.0'),
    'Edge on Windows',
  );
  assert.equal(deviceName('curl/8.0'), 'curl/8.0');
  assert.equal(deviceName(''), 'Unknown device');
});
