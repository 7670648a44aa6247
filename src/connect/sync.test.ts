import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { FakeNavidrome, fakeSongs } from '../../test/support/fake-navidrome.ts';
import { RecordingTarget } from '../../test/support/recording-target.ts';
import { withTemporary } from '../../test/support/temporary.ts';
import type { Batch } from '../dataset/rows.ts';
import type { ListenerRepository } from '../listeners/repository.ts';
import { Connections } from './connections.ts';
import type { SongMatcher } from './matching.ts';
import { ConnectionStore } from './store.ts';

const running: FakeNavidrome[] = [];
after(() => Promise.all(running.map((fake) => fake.stop())));
const serverOf = async (songs: number): Promise<FakeNavidrome> => {
  const fake = await FakeNavidrome.start(fakeSongs(songs));
  running.push(fake);
  return fake;
};

/** The catalogue knows the songs with an even number. */
const evens: SongMatcher = {
  match: async (songs) =>
    songs.map((song) => {
      const number = Number(/^Song (\d+)$/.exec(song.title)?.[1] ?? Number.NaN);
      return number % 2 === 0 ? { uri: `spotify:track:${number}`, confidence: 0.95 } : null;
    }),
};

interface World {
  connections: Connections;
  target: RecordingTarget;
  imported: { name: string; rows: Batch[] }[];
  store: ConnectionStore;
}

function worldOf(dir: string, matcher = evens, target = new RecordingTarget()): World {
  const store = ConnectionStore.open(dir);
  const imported: World['imported'] = [];
  const connections = new Connections({
    store,
    matcher,
    repository: target.target as ListenerRepository,
    library: {
      importBatches: async (_origin, name, batches) => {
        const rows: Batch[] = [];
        for await (const batch of batches) rows.push(batch);
        imported.push({ name, rows });
        return null as never;
      },
    },
    now: () => 1_000_000,
  });
  return { connections, target, imported, store };
}

const signIn = (fake: FakeNavidrome, connections: Connections, password = fake.password) =>
  connections.connect('subsonic', 'me', { address: fake.address, user: fake.user, password });

test('a first sync brings songs, likes, ratings and lists; a second one brings nothing and asks for little', () =>
  withTemporary(async (dir) => {
    const fake = await serverOf(1200);
    fake.songs[2]!.starred = '2026-02-03T04:05:06Z';
    fake.songs[3]!.starred = '2026-02-03T04:05:07Z';
    fake.songs[4]!.rating = 5;
    fake.songs[5]!.rating = 3;
    fake.songs[6]!.rating = 1;
    fake.playlists.push({
      id: 'l1',
      name: 'Mine',
      comment: '',
      changed: 'x',
      songs: [fake.songs[2]!.id, fake.songs[3]!.id, fake.songs[2]!.id],
    });
    const { connections, target, imported, store } = worldOf(dir);
    const { id } = await signIn(fake, connections);
    const report = await connections.sync(id);
    assert.equal(report.songs, 1200);
    assert.ok(report.matched > 500 && report.matched < 600, String(report.matched));
    const own = (n: number): string => `${id}:${fake.songs[n]!.id}`;
    assert.deepEqual(
      [...target.opinionsBySong].map(([song, { kind }]) => [song, kind]).sort(),
      [
        ['spotify:track:2', 'like'],
        [own(3), 'like'],
        ['spotify:track:4', 'like'],
        ['spotify:track:6', 'dislike'],
      ].sort(),
    );
    assert.deepEqual(
      target.listsById.get(`${id}:l1`)!.songs.map((s) => s.song),
      ['spotify:track:2', own(3), 'spotify:track:2'],
    );
    assert.equal(imported.length, 1);
    assert.equal(imported[0]!.rows.flatMap((b) => b.tracks).length, 1200 - report.matched);
    const asked = fake.requests.length;
    const again = await connections.sync(id);
    assert.deepEqual([again.songs, again.likes, again.playlists, again.gone], [1200, 0, 0, 0]);
    assert.ok(fake.requests.length - asked <= 3, `${fake.requests.length - asked} requests`);
    assert.equal(imported.length, 1, 'the library is left alone');
    store.close();
  }));

test('killed after any request, a sync goes on: nothing lost, nothing doubled', () =>
  withTemporary(async (dir) => {
    const fake = await serverOf(1200);
    for (const n of [7, 8, 9]) fake.songs[n]!.starred = '2026-02-03T04:05:06Z';
    for (let l = 0; l < 5; l++)
      fake.playlists.push({
        id: `l${l}`,
        name: `List ${l}`,
        comment: '',
        changed: `c${l}`,
        songs: [fake.songs[l]!.id],
      });
    const target = new RecordingTarget();
    let world = worldOf(dir, evens, target);
    const { id } = await signIn(fake, world.connections);
    let kills = 0;
    // Each attempt may make one request more than the one before; the store is opened anew each time, as after a kill.
    for (let budget = 1; ; budget++) {
      let left = budget;
      fake.before = (_method, response) => {
        if (left-- > 0) return undefined;
        response.destroy();
        return true;
      };
      try {
        await world.connections.sync(id);
        break;
      } catch {
        kills++;
        world.store.close();
        world = worldOf(dir, evens, target);
      }
    }
    assert.ok(kills >= 3, `${kills} kills`);
    assert.deepEqual(world.connections.held.count(id).songs, 1200);
    assert.equal(target.opinionsBySong.size, 3);
    assert.deepEqual(
      [...target.listsById.keys()].sort(),
      [0, 1, 2, 3, 4].map((l) => `${id}:l${l}`),
    );
    assert.equal(world.store.get(id).problem, null);
    world.store.close();
  }));

test('songs deleted there keep their love; what is loved no more does not', () =>
  withTemporary(async (dir) => {
    const fake = await serverOf(100);
    fake.songs[2]!.starred = fake.songs[4]!.starred = fake.songs[8]!.starred = '2026-02-03T04:05:06Z';
    const { connections, target, store } = worldOf(dir);
    const { id } = await signIn(fake, connections);
    await connections.sync(id);
    fake.songs[4]!.starred = undefined;
    fake.songs.splice(2, 1);
    fake.scan++;
    const report = await connections.sync(id);
    assert.equal(report.gone, 1);
    assert.deepEqual([...target.opinionsBySong.keys()].sort(), ['spotify:track:2', 'spotify:track:8']);
    assert.equal(connections.held.byUri(id, ['spotify:track:2']).size, 0, 'no list is written with it');
    store.close();
  }));

test('when the catalogue learns of a song, its history follows', () =>
  withTemporary(async (dir) => {
    const fake = await serverOf(10);
    let known = false;
    const learning: SongMatcher = {
      match: async (songs) =>
        songs.map(({ title }) => (known && title === 'Song 3' ? { uri: 'spotify:track:3', confidence: 1 } : null)),
    };
    const { connections, target, imported, store } = worldOf(dir, learning);
    const { id } = await signIn(fake, connections);
    await connections.sync(id);
    known = true;
    await connections.sync(id);
    assert.deepEqual(target.settled, [{ from: `${id}:${fake.songs[3]!.id}`, to: 'spotify:track:3' }]);
    assert.deepEqual(
      imported.map((i) => i.rows.flatMap((b) => b.tracks).length),
      [10, 9],
    );
    store.close();
  }));

test('a changed password stops the sync with a sentence that stays on record; signing in again goes on with the same connection', () =>
  withTemporary(async (dir) => {
    const fake = await serverOf(30);
    const { connections, store } = worldOf(dir);
    const { id } = await signIn(fake, connections);
    await connections.sync(id);
    fake.password = 'another one';
    await assert.rejects(connections.sync(id), { code: 'SIGN_IN_REFUSED' });
    assert.match(store.get(id).problem!, /rejects the user/);
    assert.equal((await signIn(fake, connections)).id, id);
    assert.equal((await connections.sync(id)).songs, 30);
    assert.equal(store.get(id).problem, null);
    store.close();
  }));

test('a list goes there once however often it is sent, says what is missing, and does not come back as a new list', () =>
  withTemporary(async (dir) => {
    const fake = await serverOf(30);
    const { connections, target, store } = worldOf(dir);
    const { id } = await signIn(fake, connections);
    await connections.sync(id);
    const song = (uri: string) => ({ uri, title: uri, artist: 'A' });
    const songs = [song('spotify:track:2'), song('spotify:track:999'), song('spotify:track:4')];
    for (let i = 0; i < 3; i++) {
      const sent = await connections.send(id, { key: 'weekly', name: 'Weekly', songs });
      assert.deepEqual([sent.written, sent.missing.map((s) => s.title)], [2, ['spotify:track:999']]);
    }
    assert.deepEqual(
      fake.playlists.map((l) => [l.name, l.songs]),
      [['Weekly', [fake.songs[2]!.id, fake.songs[4]!.id]]],
    );
    await connections.sync(id);
    assert.equal(target.listsById.size, 0);
    store.close();
  }));

test('the hosts on record are those that were contacted; disconnecting forgets all else', () =>
  withTemporary(async (dir) => {
    const fake = await serverOf(30);
    const { connections, store } = worldOf(dir);
    assert.deepEqual(store.hosts(), []);
    const { id } = await signIn(fake, connections);
    await connections.sync(id);
    const hosts = store.hosts();
    assert.deepEqual(
      hosts.map((h) => h.origin),
      [fake.address],
    );
    assert.equal(
      hosts.reduce((sum, h) => sum + h.requests, 0),
      fake.requests.length,
    );
    await connections.disconnect(id);
    assert.throws(() => connections.open(id), { code: 'NOT_FOUND' });
    assert.equal([...connections.held.all(id, true)].length, 0);
    store.close();
  }));
