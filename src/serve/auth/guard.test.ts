import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type AppWithAccounts, appWithAccounts, someProvider } from '../../../test/support/app-with-accounts.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import { AccessTokens } from '../../connect/access-tokens.ts';
import type { Connected } from '../../connect/open.ts';
import { SCOPE_NAMES, type Scope } from '../../connect/scopes.ts';
import { ConnectionStore } from '../../connect/store.ts';
import { accessOf, ROUTE_ACCESS, type RouteAccess, scopeOf } from './route-access.ts';
import { routesOf } from './routes-of.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const PASSWORD = 'several quiet words';

/** Makes an account and returns its cookie. */
async function join({ app }: AppWithAccounts, code: string, name: string): Promise<string> {
  const payload = new URLSearchParams({ code, name, password: PASSWORD }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await app.inject({ method: 'POST', url: '/join', headers, payload });
  assert.equal(answer.statusCode, 303, answer.body);
  return String(answer.headers['set-cookie']).split(';')[0]!;
}

async function household(context: TestContext, connected?: () => Promise<Connected>) {
  const world = await appWithAccounts(context, connected, {}, someProvider);
  const ada = await join(world, (await world.accounts.firstRun())!, 'Ada');
  const [administrator] = await world.accounts.people();
  const bob = await join(world, await world.accounts.invite(administrator!, 'listener'), 'Bob');
  const people = await world.accounts.people();
  const idOf = (name: string): string => people.find((person) => person.name === name)!.listener;
  const call = async (route: string, cookie?: string, id = 'x') => {
    const [method, path] = route.split(' ') as [Method, string];
    const url = path.replace(':id', id).replace(/:\w+|\*/g, 'x');
    return world.app.inject({ method, url, ...(cookie !== undefined && { headers: { cookie } }) });
  };
  return { ...world, ada, bob, idOf, call };
}

const routesWith = (...kinds: RouteAccess[]): string[] =>
  [...ROUTE_ACCESS].filter(([, access]) => kinds.includes(access)).map(([route]) => route);

test('without a session, every route except those for everyone and for tokens is refused', async (context) => {
  const { app, call } = await household(context);
  const open = routesWith('everyone', 'token');
  for (const route of routesOf(app).filter((known) => !open.includes(known))) {
    for (const cookie of [undefined, `segue_session=${'A'.repeat(43)}`, 'segue_session=']) {
      const { statusCode, body } = await call(route, cookie);
      assert.equal(statusCode, 401, `${route}: ${body}`);
    }
  }
});

test('routes for programs accept only tokens, not sessions', async (context) => {
  const { call, bob } = await household(context);
  for (const route of routesWith('token').filter(
    (known) => !known.includes('/rest/') && !known.endsWith('validate-token'),
  )) {
    const { statusCode } = await call(route, bob);
    assert.ok(route === 'GET /metrics' || statusCode >= 400, `${route}: ${statusCode}`);
  }
});

test('a listener cannot use the routes of administrators', async (context) => {
  const { call, bob, ada } = await household(context);
  for (const route of routesWith('administrator')) {
    const { statusCode, body } = await call(route, bob);
    assert.equal(statusCode, 403, `${route}: ${body}`);
    assert.match(body, /Only an administrator/);
    assert.doesNotMatch((await call(route, ada)).body, /Only an administrator/, route);
  }
});

test('no listener, not even the administrator, can read or change another’s data by any route', async (context) => {
  const { call, bob, ada, idOf } = await household(context);
  const routes = routesWith('own').filter((route) => route.includes('/api/listeners/:id'));
  assert.ok(routes.length > 40, 'the routes were read');
  for (const route of routes)
    for (const [cookie, other] of [
      [bob, idOf('Ada')],
      [ada, idOf('Bob')],
      [bob, 'nobody'],
    ] as const) {
      const { statusCode, body } = await call(route, cookie, other);
      assert.equal(statusCode, 403, `${route}: ${body}`);
      assert.match(body, /another listener/);
    }
  // What is live does not end by itself.
  for (const route of routes.filter((known) => !known.endsWith('/live')))
    assert.notEqual((await call(route, bob, idOf('Bob'))).statusCode, 403, `their own: ${route}`);
});

test('no listener can reach another’s connections, tokens or name', async (context) => {
  let owner = '';
  const record = {
    id: 'c1',
    get listener() {
      return owner;
    },
  };
  const revoked: string[] = [];
  const parts = {
    connections: { services: [], store: { get: () => record, list: () => [record] } },
    tokens: { list: () => [record], revoke: (id: string) => revoked.push(id) },
  };
  const world = await household(context, async () => parts as unknown as Connected);
  owner = world.idOf('Ada');
  const { app, ada, bob, call } = world;
  for (const route of routesWith('own').filter((known) => /connections\/:id|tokens\/:id/.test(known))) {
    const { statusCode, body } = await call(route, bob, 'c1');
    assert.equal(statusCode, 403, `${route}: ${body}`);
  }
  assert.deepEqual(revoked, []);
  assert.deepEqual((await call('GET /api/connections', bob)).json().connections, []);
  assert.deepEqual((await call('GET /api/access-tokens', bob)).json().tokens, []);
  type Shown = { listeners: { name: string }[]; administrator: boolean };
  const shown = (await call('GET /api/listeners', bob)).json() as Shown;
  assert.equal(shown.administrator, false);
  assert.equal(((await call('GET /api/listeners', ada)).json() as Shown).administrator, true);
  assert.deepEqual(
    shown.listeners.map(({ name }) => name),
    ['Bob'],
  );
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, headers: { cookie: bob }, payload });
  for (const listener of [owner, 'Ada', 'Nobody']) {
    for (const [url, body] of [
      ['/api/connections', { service: 'subsonic', listener, settings: {} }],
      ['/api/connections/sign-in', { service: 'spotify', listener, settings: {} }],
      ['/api/access-tokens', { listener, name: 'player' }],
    ] as const) {
      const answer = await post(url, body);
      assert.equal(answer.statusCode, 403, `${url}: ${answer.body}`);
    }
  }
  const event = { id: 'e1', listener: owner, kind: 'like', song: 's', at: 1 };
  assert.equal((await post('/api/events', { events: [event] })).statusCode, 403);
});

test('a token admits a program for its listener and within its scopes, on every route', async (context) => {
  const world = await household(context);
  const { app, bob, idOf } = world;
  const { tokens } = await world.connected();
  const tokenOf = (name: string, scopes: readonly Scope[]) => tokens.create(idOf(name), 'test', scopes).token;
  const ask = (route: string, token: string, id: string) => {
    const [method, path] = route.split(' ') as [Method, string];
    const url = path.replace(':id', id).replace(/:\w+|\*/g, 'x');
    return app.inject({ method, url, headers: { authorization: `Bearer ${token}` } });
  };
  let refused = 0;
  for (const route of routesOf(app)) {
    const [method, url] = route.split(' ') as [Method, string];
    const access = accessOf(method, url, url);
    if (access === 'everyone' || access === 'token' || route.endsWith('/live')) continue;
    const needed = scopeOf(method, url, access);
    const lacking = SCOPE_NAMES.filter((scope) => scope !== needed);
    const answer = await ask(route, tokenOf('Ada', lacking), idOf('Ada'));
    assert.equal(answer.statusCode, 403, `${route}: ${answer.body}`);
    assert.match(answer.body, needed === null ? /No access token can do this/ : /lacks the scope/);
    refused++;
    // Ada stays for the routes to come.
    if (needed === null || route === 'DELETE /api/listeners/:id') continue;
    const whole = await ask(route, tokenOf('Ada', [needed]), idOf('Ada'));
    assert.doesNotMatch(whole.body, /lacks the scope|not signed in/, route);
    const foreign = await ask(route, tokenOf('Bob', SCOPE_NAMES), idOf('Ada'));
    // An administrator's scopes do not make an administrator.
    if (access === 'administrator') assert.match(foreign.body, /Only an administrator/, route);
    if (url.startsWith('/api/listeners/:id')) assert.match(foreign.body, /another listener/, route);
  }
  assert.ok(refused > 80, `${refused} routes were asked`);
  const revoked = tokens.create(idOf('Bob'), 'gone', ['read']);
  tokens.revoke(revoked.id);
  assert.equal((await ask('GET /api/models', revoked.token, 'x')).statusCode, 401);
  assert.equal((await ask('GET /api/models', 'A'.repeat(32), 'x')).statusCode, 401);
  // Whoever is signed in needs no token.
  const both = await app.inject({ url: '/api/models', headers: { cookie: bob, authorization: 'Bearer x' } });
  assert.equal(both.statusCode, 200);
});

test('every read-only POST is a known route, and a token with the scope read can only read', async (context) => {
  const { app } = await household(context);
  const scopes = new Map(
    routesOf(app).map((route) => {
      const [method, url] = route.split(' ') as [Method, string];
      return [route, scopeOf(method, url, accessOf(method, url, url))];
    }),
  );
  const changing = [...scopes].filter(([route, scope]) => scope === 'read' && !route.startsWith('GET '));
  assert.deepEqual(
    changing.map(([route]) => route).filter((route) => !route.includes('/rest/') && !route.includes('/plugins/')),
    ['POST /api/recommendations', 'POST /api/similar', 'POST /api/path', 'POST /api/resolve', 'POST /api/map/tracks'],
  );
  for (const route of ['POST /api/access-tokens', 'GET /account', 'POST /account/create-token'])
    assert.equal(scopes.get(route), null, route);
});

test('browsers are sent to sign-in, files of the app are public, and forms of other sites are refused', async (context) => {
  const { app, bob } = await household(context);
  const page = await app.inject({ url: '/', headers: { accept: 'text/html' } });
  assert.deepEqual([page.statusCode, page.headers.location], [303, '/sign-in']);
  assert.equal((await app.inject({ url: '/anything', headers: { accept: 'text/html' } })).statusCode, 303);
  assert.equal((await app.inject('/assets/app.js')).statusCode, 404);
  assert.equal((await app.inject('/index.html')).statusCode, 401);
  assert.equal((await app.inject('/api/x.js')).statusCode, 401);
  for (const from of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }, { origin: 'null' }]) {
    const headers = { cookie: bob, 'content-type': 'application/x-www-form-urlencoded', ...from };
    const answer = await app.inject({ method: 'POST', url: '/account/sign-out-everywhere', headers, payload: '' });
    assert.equal(answer.statusCode, 400);
  }
  assert.equal((await app.inject({ url: '/account', headers: { cookie: bob } })).statusCode, 200, 'still signed in');
});

test('removing an account ends its sessions and revokes its access tokens, and no others', async (context) => {
  await withTemporary(async (dir) => {
    const store = ConnectionStore.open(dir);
    const tokens = new AccessTokens(store);
    const { app, ada, bob, idOf, call } = await household(context, async () => ({ tokens }) as unknown as Connected);
    const [kept, revoked] = ['Ada', 'Bob'].map((name) => tokens.create(idOf(name), 'player').token);
    const remove = async (cookie: string, name: string): Promise<number> => {
      const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
      const payload = new URLSearchParams({ listener: idOf(name) }).toString();
      return (await app.inject({ method: 'POST', url: '/account/remove', headers, payload })).statusCode;
    };
    assert.equal(await remove(bob, 'Ada'), 403);
    assert.equal(await remove(ada, 'Ada'), 403, 'the last administrator');
    assert.ok(tokens.find(kept!) && tokens.find(revoked!));
    assert.equal(await remove(ada, 'Bob'), 200);
    assert.equal(tokens.find(revoked!), null);
    assert.ok(tokens.find(kept!));
    assert.equal((await call('GET /api/listeners', bob)).statusCode, 401);
    store.close();
  });
});

test('over HTTPS, a cookie that another host of the domain could have set is not accepted', async (context) => {
  const { app, ada } = await household(context);
  const ask = (cookie: string) =>
    app.inject({ url: '/api/models', headers: { host: 'localhost', cookie, 'x-forwarded-proto': 'https' } });
  assert.equal((await ask(ada)).statusCode, 401);
  assert.equal((await ask(`__Host-${ada}`)).statusCode, 200);
});

test('signing out leaves nothing of the app in the browser', async (context) => {
  const { app, ada } = await household(context);
  const headers = { cookie: ada, 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await app.inject({ method: 'POST', url: '/account/sign-out', headers, payload: '' });
  assert.equal(answer.headers['clear-site-data'], '"cache", "storage"');
  assert.match(String(answer.headers['set-cookie']), /^segue_session=; .*Max-Age=0/);
});

test('behind an HTTPS proxy, the cookie is Secure and invitations are https links; otherwise neither is', async (context) => {
  const { app, ada } = await household(context);
  const form = (url: string, proto: { 'x-forwarded-proto'?: string }) =>
    app.inject({
      method: 'POST',
      url,
      headers: {
        cookie: proto['x-forwarded-proto'] === 'https' ? `__Host-${ada}` : ada,
        host: 'localhost',
        'content-type': 'application/x-www-form-urlencoded',
        ...proto,
      },
      payload: new URLSearchParams({ name: 'Ada', password: PASSWORD, role: 'listener' }).toString(),
    });
  for (const [proto, scheme] of [
    [{ 'x-forwarded-proto': 'https' }, 'https'],
    [{ 'x-forwarded-proto': 'http' }, 'http'],
    [{}, 'http'],
  ] as const) {
    assert.ok((await form('/account/invite', proto)).body.includes(`>${scheme}://localhost/join?code=`), scheme);
    const cookie = String((await form('/sign-in', proto)).headers['set-cookie']);
    assert.match(cookie, /^(?:__Host-)?segue_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000/);
    assert.equal(cookie.endsWith('; Secure'), scheme === 'https');
    assert.equal(cookie.startsWith('__Host-'), scheme === 'https');
    const { headers } = await app.inject({ url: '/sign-in', headers: { host: 'localhost', ...proto } });
    assert.equal(headers['strict-transport-security'], scheme === 'https' ? 'max-age=31536000' : undefined);
  }
});
