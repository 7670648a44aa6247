import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startServer } from '../../src/serve/server.ts';
import { connectedWorld } from '../support/connected-world.ts';

interface Answer {
  weekly: { state: string; next: string | null; problem: string | null; written: { name: string; written: number }[] };
}

test('lists that fell due while no server ran are written at the next start, by one of two servers, and only once in the week', async (context) => {
  const world = await connectedWorld({ models: ['track-neighbours'] });
  context.after(() => world.close());
  const { connected, connection, fake, engine, library } = world;
  const { dataset } = engine.current;
  const songs = [...dataset.tracksOf(3)].map((t) => ({ song: dataset.tracks.vocabulary.id(t) }));
  await connected.repository.lists.save('alice', { id: 'mine', name: 'Mine', songs });
  await connected.weekly!.choose(connection, { mixes: false, lists: ['mine'] });
  assert.deepEqual(fake.playlists, []);

  const settings = { host: '127.0.0.1', port: 0 };
  const servers = [await startServer(library, settings), await startServer(library, settings)] as const;
  const ask = async (address: string): Promise<Answer['weekly']> => {
    const answer = await fetch(`${address}/api/connections/${connection}/weekly`);
    assert.equal(answer.status, 200);
    return ((await answer.json()) as Answer).weekly;
  };
  let status = await ask(servers[0].address);
  while (status.state !== 'waiting') {
    if (status.problem !== null) break;
    await wait(20);
    status = await ask(servers[0].address);
  }
  const other = await ask(servers[1].address);
  await Promise.all(servers.map((server) => server.close()));
  assert.equal(status.problem, null);
  assert.match(status.next!, /^20\d\d-\d\d-\d\d$/);
  assert.equal(other.state, 'waiting');
  assert.deepEqual(
    status.written.map(({ name }) => name),
    ['Mine'],
  );
  assert.deepEqual(
    fake.playlists.map(({ name }) => name),
    ['Mine'],
  );
  assert.equal(fake.calls('createPlaylist'), 1);

  const requests = fake.requests.length;
  const again = await startServer(library, settings);
  context.after(() => again.close());
  assert.equal((await ask(again.address)).state, 'waiting');
  const off = await fetch(`${again.address}/api/connections/${connection}/weekly`, { method: 'DELETE' });
  assert.deepEqual(await off.json(), { weekly: null });
  assert.equal(fake.requests.length, requests);
});
