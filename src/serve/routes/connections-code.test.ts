import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { FakeJellyfin } from '../../../test/support/fake-jellyfin.ts';
import { type SpotifyWorld, spotifyWorld } from '../../../test/support/spotify-world.ts';
import { jellyfin } from '../../connect/jellyfin/jellyfin.ts';

let world: SpotifyWorld;
const fake = new FakeJellyfin();
before(async () => {
  await fake.start();
  world = await spotifyWorld([], { services: [jellyfin] });
});
after(async () => {
  await world.close();
  await fake.stop();
});

async function post(url: string, payload: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await world.app.inject({ method: 'POST', url, payload });
  return { status: answer.statusCode, body: answer.json() };
}
const begin = (service = 'jellyfin') =>
  post('/api/connections/code', { service, listener: 'Alice', settings: { address: fake.address } });
const look = (id: unknown) => post('/api/connections/code/look', { id });

test('the page learns which services offer a code, shows it, and learns when it is confirmed', async () => {
  const { services } = (await world.app.inject('/api/connections')).json() as {
    services: { id: string; byCode: object | null }[];
  };
  assert.deepEqual(
    services.map(({ id, byCode }) => [id, byCode]),
    [
      ['spotify', null],
      ['jellyfin', { title: 'Quick Connect', spares: ['user', 'password'] }],
    ],
  );
  const { body: begun } = await begin();
  assert.deepEqual(Object.keys(begun).sort(), ['code', 'id']);
  assert.deepEqual((await look(begun.id)).body, { connection: null });
  for (const state of fake.codes.values()) state.confirmed = true;
  const { body } = await look(begun.id);
  assert.equal(world.connected.connections.store.get(String(body.connection)).listener, 'alice');
  assert.equal((await look(begun.id)).status, 422);
  assert.equal((await look('x')).status, 400);
  assert.equal((await begin('spotify')).status, 409);
  const [secret] = fake.codes.keys();
  assert.ok(world.logged.length > 0);
  for (const line of world.logged) assert.ok(!line.includes(secret!) && !line.includes(String(begun.id)), line);
});

test('an error of another service is logged as a one-line warning without a stack trace', async () => {
  const other = createServer((_request, response) => response.end('[]'));
  await once(other.listen(0, '127.0.0.1'), 'listening');
  const { port } = other.address() as AddressInfo;
  world.logged.length = 0;
  const settings = { address: `http://127.0.0.1:${port}` };
  const { status, body } = await post('/api/connections/code', { service: 'jellyfin', listener: 'Alice', settings });
  other.close();
  assert.equal(status, 502);
  assert.equal((body.error as { code: string }).code, 'SERVICE_ANSWER');
  const lines = world.logged.map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(
    lines.filter(({ level }) => Number(level) > 30).map(({ level, code, err }) => [level, code, err]),
    [[40, 'SERVICE_ANSWER', undefined]],
  );
});
