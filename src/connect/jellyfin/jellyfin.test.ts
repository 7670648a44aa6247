import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { FAKE_SOUND, FakeJellyfin, fakeItems } from '../../../test/support/fake-jellyfin.ts';
import { failing } from '../../../test/support/fake-json-server.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import type { ListenerRepository } from '../../listeners/repository.ts';
import { Connections } from '../connections.ts';
import type { ConnectionRecord } from '../store.ts';
import { ConnectionStore } from '../store.ts';

const running: FakeJellyfin[] = [];
after(() => Promise.all(running.map((fake) => fake.stop())));

interface World {
  fake: FakeJellyfin;
  connections: Connections;
  target: RecordingTarget;
  signIn(password?: string, user?: string): Promise<ConnectionRecord>;
}

async function world(songs: number, run: (world: World) => Promise<void>): Promise<void> {
  await withTemporary(async (dir) => {
    const fake = await new FakeJellyfin().start();
    running.push(fake);
    fake.items = fakeItems(songs);
    const target = new RecordingTarget();
    const store = ConnectionStore.open(dir);
    const connections = new Connections({
      store,
      repository: target.target as ListenerRepository,
      matcher: {
        match: async (named) =>
          named.map(({ title }) =>
            /^Song \d+$/.test(title) ? { uri: `spotify:track:${title.slice(5)}`, confidence: 1 } : null,
          ),
      },
      library: { importBatches: async () => null as never },
      wait: async () => {},
    });
    const signIn = (password = fake.password, user = 'alice') =>
      connections.connect('jellyfin', 'me', { address: `${fake.address}/`, user, password });
    await run({ fake, connections, target, signIn });
    store.close();
    assert.deepEqual(new Set(fake.broken), new Set());
  });
}

const uri = (n: number) => ({ uri: `spotify:track:${n}`, title: `Song ${n}`, artist: `Artist ${n % 40}` });

test('signs in by password, of which only a token is kept, or by a key of the server', () =>
  world(3, async ({ fake, connections, signIn }) => {
    const byPassword = await signIn();
    assert.match(byPassword.account, /^alice at 127\.0\.0\.1/);
    assert.deepEqual(connections.store.secrets(byPassword.id), { token: fake.token });
    const byKey = await signIn(fake.key, 'Alice');
    assert.deepEqual(connections.store.secrets(byKey.id), { token: fake.key });
    assert.equal((await connections.sync(byKey.id)).songs, 3);
    for (const wrong of ['wrong-password', '0123']) {
      await assert.rejects(
        signIn(wrong),
        (error: Error & { code?: string }) => error.code === 'SIGN_IN_REFUSED' && !error.message.includes(wrong),
      );
    }
    for (const { url } of fake.requests)
      assert.ok(!url.href.includes(fake.token) && !url.href.includes(fake.key), url.href);
  }));

test('a first sync brings songs, hearts, last plays and lists in any script; a second one doubles nothing', () =>
  world(2345, async ({ fake, connections, target, signIn }) => {
    fake.items[2]!.favourite = true;
    fake.items[3]!.playedAt = '2026-02-03T04:05:06.0000000Z';
    fake.lists.push({ id: 'l1', name: 'Список', ids: [2, 0, 2].map((n) => fake.items[n]!.id) });
    const { id } = await signIn();
    const report = await connections.sync(id);
    assert.deepEqual([report.songs, report.likes, report.plays, report.playlists], [2345, 1, 1, 1]);
    assert.equal(fake.calls('GET', /^\/Items$/), 5, 'three pages of songs, one of hearts, one of lists');
    assert.equal(target.opinionsBySong.get('spotify:track:2')?.kind, 'like');
    const list = target.listsById.get(`${id}:l1`)!;
    assert.deepEqual(
      [list.name, list.songs.map((s) => s.song)],
      ['Список', ['spotify:track:2', `${id}:${fake.items[0]!.id}`, 'spotify:track:2']],
    );
    const again = await connections.sync(id);
    assert.deepEqual([again.songs, again.likes, again.plays, again.gone], [2345, 0, 0, 0]);
    fake.items[2]!.favourite = false;
    await connections.sync(id);
    assert.equal(target.opinionsBySong.size, 0);
  }));

test('killed after any request a sync goes on; songs deleted meanwhile take no other song with them', () =>
  world(2600, async ({ fake, connections, signIn }) => {
    const { id } = await signIn();
    for (let stop = 0; stop < 6; stop++) {
      let left = stop;
      fake.fail = () => (left-- > 0 ? undefined : { status: 418 });
      await connections.sync(id).catch(() => {});
    }
    fake.fail = () => undefined;
    assert.equal((await connections.sync(id)).songs, 2600);
    let pages = 0;
    fake.fail = ({ url }) => {
      if (url.pathname === '/Items' && ++pages === 2) fake.items.splice(0, 5);
      return undefined;
    };
    const report = await connections.sync(id);
    assert.deepEqual(
      [report.songs, report.gone].map(Number),
      [2600, 0],
      'what the first page met is there until the next sync',
    );
    fake.fail = () => undefined;
    const next = await connections.sync(id);
    assert.deepEqual([next.songs, next.gone], [2595, 5]);
  }));

test('server away, password changed, error of the server: one plain sentence each, and the sync goes on later', () =>
  world(1500, async ({ fake, connections, signIn }) => {
    const { id } = await signIn();
    fake.fail = failing(2, { status: 503 });
    assert.equal((await connections.sync(id)).songs, 1500);
    fake.fail = () => 'drop';
    await assert.rejects(connections.sync(id), {
      code: 'SERVICE_AWAY',
      message: /cannot be reached: the connection was cut/,
    });
    fake.fail = () => undefined;
    fake.token = 'changed';
    await assert.rejects(connections.sync(id), { code: 'SIGN_IN_REFUSED', message: /rejects the sign-in/ });
    assert.match(connections.store.get(id).problem!, /rejects the sign-in/);
    await signIn();
    assert.equal((await connections.sync(id)).songs, 1500);
    await fake.stop();
    await assert.rejects(connections.sync(id), { code: 'SERVICE_AWAY', message: /nothing listens/ });
  }));

test('a list of 10,000 songs is made once, replaced in place, found again after a lost answer, and songs that are missing are named', () =>
  world(10_400, async ({ fake, connections, signIn }) => {
    const { id } = await signIn();
    await connections.sync(id);
    const numbers = fake.items
      .flatMap(({ name }) => Number(/^Song (\d+)$/.exec(name)?.[1] ?? Number.NaN))
      .filter((n) => n >= 0);
    const list = { key: 'mix', name: 'Mix', songs: [...numbers.slice(0, 9800), ...numbers.slice(0, 200)].map(uri) };
    fake.fail = failing(1, 'lost', ({ url, method }) => method === 'POST' && url.pathname === '/Playlists');
    const sent = await connections.send(id, list);
    assert.deepEqual([sent.written, sent.missing.length, fake.lists.length], [10_000, 0, 1]);
    assert.deepEqual([fake.lists[0]!.name, fake.lists[0]!.ids.length], ['Mix', 10_000]);
    fake.fail = failing(1, 'lost', ({ url, method }) => method === 'POST' && url.pathname.startsWith('/Playlists/'));
    const gone = fake.items.findIndex(({ name }) => name === 'Song 3');
    fake.items.splice(gone, 1);
    const again = await connections.send(id, { ...list, songs: [3, 4, 4, 99_999].map(uri) });
    assert.deepEqual(
      again.missing.map(({ title }) => title),
      ['Song 3', 'Song 99999'],
    );
    assert.deepEqual([fake.lists.length, fake.lists[0]!.ids.length], [1, 2]);
    const { missing } = await connections.present(id, [3, 99_999].map(uri));
    assert.deepEqual(
      missing.map(({ title }) => title),
      ['Song 99999'],
    );
  }));

test('plays with ranges, shows covers and reports plays; the sign-in stays on this side', () =>
  world(5, async ({ fake, connections, signIn }) => {
    const { id } = await signIn();
    await connections.sync(id);
    const song = fake.items[2]!.id;
    const whole = await connections.stream(id, song, null);
    assert.deepEqual(Buffer.from(await new Response(whole.body).arrayBuffer()), FAKE_SOUND);
    const part = await connections.stream(id, song, 'bytes=10-19');
    assert.deepEqual(
      [part.status, part.headers['content-range'], await new Response(part.body).text()],
      [206, 'bytes 10-19/1000', '0123456789'],
    );
    const cover = await connections.cover(id, song, 200);
    assert.equal(cover.headers['content-type'], 'image/jpeg');
    for (const media of [whole, part, cover]) assert.equal(media.headers['set-cookie'], undefined);
    await connections.report(id, { songId: song, at: 1, finished: false });
    await connections.report(id, { songId: song, at: 1, finished: true });
    assert.deepEqual(
      fake.reports.map(({ path }) => path),
      ['/Sessions/Playing', '/Sessions/Playing/Stopped'],
    );
    await cover.body?.cancel();
    await assert.rejects(connections.stream(id, 'nowhere', null), {
      code: 'NOT_FOUND',
      message: /The song is no longer on/,
    });
  }));

test('finds a song by its id, then by title and artist; of duplicate names the one of the artist', () =>
  world(5, async ({ fake, connections, signIn }) => {
    const { id } = await signIn();
    fake.items.push(
      { id: 'x1', name: 'Twin', artist: 'One' },
      { id: 'x2', name: 'Twin', artist: 'Two', mbid: '00000000-0000-4000-8000-000000000001' },
      { id: 'x3', name: 'Twin', artist: '' },
    );
    const { connection } = connections.open(id);
    const find = async (title: string, artist: string, mbid?: string) =>
      (await connection.resolve!({ title, artist, mbid }))?.id;
    assert.equal(await find('twin', 'TWO'), 'x2');
    assert.equal(await find('Twin', 'One'), 'x1');
    assert.equal(await find('Twin', 'Nobody', '00000000-0000-4000-8000-000000000001'), 'x2');
    assert.deepEqual(
      [await find('Twin', 'Three'), await find('', ''), await find('Twin', '')],
      [undefined, undefined, undefined],
    );
  }));
