import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CLIENT_ID, send } from '../../../test/support/fake-spotify.ts';
import { type SpotifyWorld, spotifyWorld } from '../../../test/support/spotify-world.ts';
import { endConnectionsOf } from '../../connect/open.ts';

let world: SpotifyWorld;
let origin: string;
before(async () => {
  world = await spotifyWorld([]);
  origin = await world.app.listen({ host: '127.0.0.1', port: 0 });
});
after(() => world.close());

const begin = (settings: object = { clientId: CLIENT_ID }, from = origin): Promise<Response> =>
  fetch(`${from}/api/connections/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ service: 'spotify', listener: 'Alice', settings }),
  });
const comeBack = (query: string): Promise<Response> =>
  fetch(`${origin}/api/connections/callback?${query}`, { redirect: 'manual' });
const problem = async (): Promise<unknown> =>
  ((await (await fetch(`${origin}/api/listeners/alice/sign-in`)).json()) as { problem: unknown }).problem;

test('the form asks only for what the person has to type, and announces the service’s own page', async () => {
  const { services } = (await (await fetch(`${origin}/api/connections`)).json()) as {
    services: { id: string; page: boolean; settings: { name: string }[] }[];
  };
  assert.deepEqual(
    services.map(({ id, page, settings }) => [id, page, settings.map(({ name }) => name)]),
    [['spotify', true, ['clientId']]],
  );
  assert.equal((await begin({})).status, 400);
  assert.equal((await begin({ clientId: CLIENT_ID, verifier: 'x' })).status, 400);
  const named = await world.app.inject({
    method: 'POST',
    url: '/api/connections/sign-in',
    headers: { host: '192.168.1.9' },
    payload: { service: 'spotify', listener: 'Alice', settings: { clientId: CLIENT_ID } },
  });
  assert.equal(named.statusCode, 400);
});

test('a redirect without a sign-in, with a wrong state, or repeated, signs nobody in', async () => {
  for (const query of ['', 'code=x', 'code=x&state=y']) assert.equal((await comeBack(query)).status, 422, query);
  const { address } = (await (await begin()).json()) as { address: string };
  const right = world.fake.agree(address);
  assert.equal((await comeBack(right.replace(/state=.*/, 'state=z'))).status, 422);
  assert.equal(world.connected.connections.store.list().length, 0);
  assert.equal((await comeBack(`error=access_denied&state=${new URL(address).searchParams.get('state')}`)).status, 303);
  assert.match(String(await problem()), /declined/);
  assert.equal((await comeBack(right)).status, 422);
});

test('a refused token exchange is shown on the page that follows', async () => {
  const { address } = (await (await begin()).json()) as { address: string };
  const answer = world.fake.agree(address).replace(/code=[^&]*/, 'code=wrong');
  const response = await comeBack(answer);
  assert.equal(response.status, 303);
  assert.equal(response.headers.get('location'), `${origin}/#/connections`);
  assert.match(String(await problem()), /sign-in/i);
  assert.equal(world.connected.connections.store.list().length, 0);
});

test('signed in, the account is read at once; no token or code is in an answer, an address, a log line or a file', async () => {
  const { fake, connected } = world;
  fake.saved = [{ added_at: '2026-01-01T00:00:00Z', track: world.track(3) }];
  const { address } = (await (await begin()).json()) as { address: string };
  assert.equal(new URL(address).searchParams.get('redirect_uri'), `${origin}/api/connections/callback`);
  const answer = fake.agree(address);
  const response = await comeBack(answer);
  assert.equal(response.status, 303);
  assert.equal(response.headers.get('location'), `${origin}/#/connections`);
  assert.equal(await problem(), null);
  const [record] = connected.connections.store.list();
  await connected.connections.sync(record!.id);
  assert.equal((await connected.repository.opinions.songs('alice', 'like')).length, 1);

  fake.before = (_name, answered) => {
    send(answered, 401, { error: { status: 401, message: 'The access token expired' } });
    return true;
  };
  await assert.rejects(connected.connections.sync(record!.id), { code: 'SIGN_IN_REFUSED' });
  fake.before = null;
  const code = new URLSearchParams(answer).get('code')!;
  const secrets = [
    code,
    fake.refresh,
    ...fake.access,
    ...Object.values(connected.connections.store.secrets(record!.id)),
  ];
  const shown = await (await fetch(`${origin}/api/connections`)).text();
  const hosts = await (await fetch(`${origin}/api/connections/hosts`)).text();
  for (const secret of secrets.filter((text) => text.length > 13)) {
    for (const text of [shown, hosts, ...world.logged]) assert.ok(!text.includes(secret), text);
    for (const name of await readdir(world.dir)) {
      const bytes = await readFile(join(world.dir, name)).catch(() => Buffer.alloc(0));
      assert.ok(!bytes.includes(secret), name);
    }
  }
  assert.ok(world.logged.some((line) => line.includes('/api/connections/callback')));
  assert.ok(world.logged.every((line) => !line.includes('state=')));
  assert.deepEqual(fake.broken, []);
});

test('a deleted listener leaves no connection, no token and no data read from services', async () => {
  const { connected, household, dir } = world;
  const { store } = connected.connections;
  assert.equal(store.list().length, 1);
  connected.tokens.create('alice', 'a scrobbler');
  household.beforeDeletion((listener) => endConnectionsOf(connected, listener));
  const title = String(world.track(3).name);
  await household.deleteEverything('alice');
  assert.deepEqual([store.list(), connected.tokens.list()], [[], []]);
  for (const name of await readdir(dir)) {
    if (!/^(?:listeners|connections)\.db/.test(name)) continue;
    assert.ok(!(await readFile(join(dir, name))).includes(title), name);
  }
});
