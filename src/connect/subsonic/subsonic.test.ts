import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { FAKE_AUDIO, FakeNavidrome, type FakeOptions, fakeSongs } from '../../../test/support/fake-navidrome.ts';
import { SegueError } from '../../errors.ts';
import type { Connection, Page, ServiceContext, SignedIn } from '../contract.ts';
import { outgoingTo } from '../network.ts';
import type { RemoteSong } from '../records.ts';
import { subsonic } from './subsonic.ts';

const running: FakeNavidrome[] = [];
after(() => Promise.all(running.map((fake) => fake.stop())));

async function fakeOf(songs: number, options: FakeOptions = {}): Promise<FakeNavidrome> {
  const fake = await FakeNavidrome.start(fakeSongs(songs), options);
  running.push(fake);
  return fake;
}

const contextOf = (address: string): ServiceContext => ({
  outgoing: outgoingTo('test', subsonic.hosts({ address }), { note: () => {} }),
  now: () => 0,
  wait: async () => {},
  refusals: { because: () => null, note: () => {} },
  renewSecrets: (renew) => renew({}),
});

async function signIn(fake: FakeNavidrome, password = fake.password): Promise<SignedIn> {
  return subsonic.signIn({ address: `${fake.address}/`, user: fake.user, password }, contextOf(fake.address));
}

async function connect(fake: FakeNavidrome): Promise<Connection> {
  const { settings, secrets } = await signIn(fake);
  return subsonic.open(settings, secrets, contextOf(fake.address));
}

async function pagesOf(pages: AsyncIterable<Page>): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
const songsOf = (pages: readonly Page[]): RemoteSong[] =>
  pages.flatMap((p) => p.items.flatMap((i) => (i.kind === 'song' ? [i.song] : [])));

test('signs in by token and form, so that no password travels and nothing stands in an address', async () => {
  const fake = await fakeOf(3);
  const { account, settings } = await signIn(fake);
  assert.match(account, /^alice at 127\.0\.0\.1:\d+$/);
  assert.deepEqual([settings.way, settings.transport, settings.server], ['token', 'form', 'navidrome 0.63.2']);
  assert.match(settings.extensions!, /formPost/);
  for (const { url, parameters } of fake.requests) {
    assert.ok(!url.includes('?'), url);
    assert.equal(parameters.get('p'), null);
  }
});

test('servers without forms or tokens are asked as they like', async () => {
  const old = await fakeOf(3, { shape: { form: false, token: false } });
  const { settings } = await signIn(old);
  assert.deepEqual([settings.way, settings.transport], ['password', 'address']);
  assert.equal(songsOf(await pagesOf((await connect(old)).read('songs', null))).length, 3);
});

test('a wrong password is one plain sentence without the password', async () => {
  const fake = await fakeOf(3);
  await assert.rejects(signIn(fake, 'wrong-password'), (error: unknown) => {
    assert.ok(error instanceof SegueError);
    assert.equal(error.code, 'SIGN_IN_REFUSED');
    assert.ok(!error.message.includes('wrong-password'));
    return true;
  });
  const connection = await connect(fake);
  fake.password = 'changed there';
  await assert.rejects(pagesOf(connection.read('songs', null)), {
    code: 'SIGN_IN_REFUSED',
    message: /rejects the user/,
  });
});

test('reads every song once with its fields, whichever listing the server has', async () => {
  for (const shape of [{}, { quotesOnly: true }, { noEmptySearch: true }]) {
    const fake = await fakeOf(1234, { shape });
    const pages = await pagesOf((await connect(fake)).read('songs', null));
    const songs = songsOf(pages);
    assert.equal(songs.length, 1234, JSON.stringify(shape));
    assert.equal(new Set(songs.map((s) => s.id)).size, 1234);
    assert.ok(pages.at(-1)!.complete);
    const song = songs.find((s) => s.id === 'song000000000000000050')!;
    assert.deepEqual(song, {
      id: 'song000000000000000050',
      title: '夜に駆ける',
      artists: [{ name: 'YOASOBI', id: 'ar-YOASOBI' }],
      album: 'Album 50',
      albumId: 'al-Album 50',
      durationMs: 170_000,
      genres: ['Rock', 'Indie'],
      isrc: ['USABC2600050'],
      mbid: '00000000-0000-4000-8000-000000000050',
      trackGain: -7.5,
      cover: 'mf-song000000000000000050',
      path: 'YOASOBI/Album 50/song000000000000000050.mp3',
      addedAt: Date.UTC(2026, 0, 1) / 1000,
    });
  }
});

test('goes on after any page, and asks for nothing when the server has not changed', async () => {
  const fake = await fakeOf(1700);
  const connection = await connect(fake);
  const whole = await pagesOf(connection.read('songs', null));
  for (let stop = 0; stop < whole.length - 1; stop++) {
    const rest = await pagesOf(connection.read('songs', whole[stop]!.cursor));
    const ids = [...songsOf(whole.slice(0, stop + 1)), ...songsOf(rest)].map((s) => s.id);
    assert.deepEqual(
      ids,
      fake.songs.map((s) => s.id),
      `stopped after page ${stop}`,
    );
  }
  const searches = fake.calls('search3');
  assert.deepEqual(await pagesOf(connection.read('songs', whole.at(-1)!.cursor)), []);
  assert.equal(fake.calls('search3'), searches);
  fake.scan++;
  assert.equal(songsOf(await pagesOf(connection.read('songs', whole.at(-1)!.cursor))).length, 1700);
});

test('songs deleted between two pages hide no other song', async () => {
  const fake = await fakeOf(1700);
  const connection = await connect(fake);
  const met = new Set<string>();
  let page = 0;
  for await (const { items } of connection.read('songs', null)) {
    for (const item of items) if (item.kind === 'song') met.add(item.song.id);
    if (page++ === 1) fake.songs.splice(10, 3);
  }
  for (const { id } of fake.songs) assert.ok(met.has(id), id);
});

test('likes, ratings and playlists, 10,000 songs long and empty ones', async () => {
  const fake = await fakeOf(10_000);
  fake.songs[4]!.starred = '2026-02-03T04:05:06Z';
  fake.songs[5]!.rating = 4;
  fake.playlists.push(
    {
      id: 'l1',
      name: 'Everything 全部',
      comment: 'all',
      changed: '2026-01-01T00:00:00Z',
      songs: fake.songs.map((s) => s.id),
    },
    { id: 'l2', name: '', comment: '', changed: '2026-01-01T00:00:00Z', songs: [] },
    {
      id: 'l3',
      name: 'Twice',
      comment: '',
      changed: '2026-01-01T00:00:00Z',
      readonly: true,
      songs: [fake.songs[1]!.id, fake.songs[1]!.id],
    },
  );
  const connection = await connect(fake);
  const ratings = (await pagesOf(connection.read('songs', null))).flatMap((p) =>
    p.items.filter((i) => i.kind === 'rating'),
  );
  assert.deepEqual(ratings, [{ kind: 'rating', songId: fake.songs[5]!.id, rating: 4 }]);
  const likes = (await pagesOf(connection.read('likes', null)))[0]!;
  assert.equal(likes.items.length, 1);
  const pages = await pagesOf(connection.read('playlists', null));
  const lists = pages.flatMap((p) => p.items.flatMap((i) => (i.kind === 'playlist' ? [i.playlist] : [])));
  assert.deepEqual(
    lists.map((l) => [l.name, l.songIds.length, l.readOnly ?? false]),
    [
      ['Everything 全部', 10_000, false],
      ['', 0, false],
      ['Twice', 2, true],
    ],
  );
  // Nothing changed there: no list is read again; one that changed is.
  const before = fake.calls('getPlaylist');
  await pagesOf(connection.read('playlists', pages.at(-1)!.cursor));
  assert.equal(fake.calls('getPlaylist'), before);
  fake.playlists[1]!.changed = '2026-05-05T00:00:00Z';
  await pagesOf(connection.read('playlists', pages.at(-1)!.cursor));
  assert.equal(fake.calls('getPlaylist'), before + 1);
  await assert.rejects(pagesOf(connection.read('plays', null)), {
    code: 'NOT_POSSIBLE',
    message: /no listening history/,
  });
});

const listOf = (ids: readonly string[], name = 'Weekly', id?: string) => ({
  name,
  comment: 'by Segue',
  ...(id !== undefined && { id }),
  songs: ids.map((songId) => ({ id: songId, song: { title: songId, artist: '' } })),
});

test('writes a list, replaces it, and tells which songs were left out without a word', async () => {
  for (const strictLists of [false, true]) {
    const fake = await fakeOf(5000, { shape: { strictLists } });
    const connection = await connect(fake);
    const ids = fake.songs.slice(0, 4500).map((s) => s.id);
    const first = await connection.writeList!(listOf(ids));
    assert.deepEqual([first.written, first.missing], [4500, []]);
    assert.deepEqual(
      [fake.playlists[0]!.songs, fake.playlists[0]!.name, fake.playlists[0]!.comment],
      [ids, 'Weekly', 'by Segue'],
    );
    const again = await connection.writeList!(listOf([ids[3]!, 'gone', ids[3]!, ids[4]!], 'Weekly 2', first.id));
    assert.deepEqual(again, { id: first.id, written: 3, missing: [1] });
    assert.deepEqual(
      fake.playlists.map((l) => [l.name, l.songs]),
      [['Weekly 2', [ids[3], ids[3], ids[4]]]],
    );
  }
});

test('a list whose creation got no answer, or that was deleted there, is neither lost nor doubled', async () => {
  const fake = await fakeOf(20);
  const connection = await connect(fake);
  const ids = fake.songs.map((s) => s.id);
  fake.playlists.push({ id: 'theirs', name: 'Weekly', comment: '', changed: '', songs: [ids[9]!] });
  let cut = true;
  fake.before = (method, response) => {
    if (method !== 'updatePlaylist' || !cut) return undefined;
    cut = false;
    response.destroy();
    return true;
  };
  await assert.rejects(connection.writeList!(listOf(ids)), { code: 'SERVICE_AWAY' });
  const written = await connection.writeList!(listOf(ids));
  assert.deepEqual(
    fake.playlists.map((l) => [l.id, l.name, l.songs.length]),
    [
      ['theirs', 'Weekly', 1],
      [written.id, 'Weekly', 20],
    ],
  );
  fake.playlists = [];
  const anew = await connection.writeList!(listOf(ids, 'Weekly', written.id));
  assert.deepEqual(
    fake.playlists.map((l) => [l.id, l.songs.length]),
    [[anew.id, 20]],
  );
});

test('streams with ranges, hands on no cookie, and names a song that was deleted there', async () => {
  const fake = await fakeOf(5);
  const connection = await connect(fake);
  const part = await connection.stream!(fake.songs[0]!.id, 'bytes=10-19');
  assert.equal(part.status, 206);
  assert.equal(part.headers['content-range'], `bytes 10-19/${FAKE_AUDIO.length}`);
  assert.ok(!('set-cookie' in part.headers));
  assert.equal(await new Response(part.body).text(), '0123456789');
  await assert.rejects(connection.stream!('gone', null), { code: 'NOT_FOUND', message: /no longer on/ });
  assert.equal((await connection.cover!('mf-1', 300)).headers['content-type'], 'image/jpeg');
});

test('tells what is playing and was played; finds a song by its names', async () => {
  const fake = await fakeOf(60);
  const connection = await connect(fake);
  await connection.report!([
    { songId: fake.songs[2]!.id, at: 5, finished: false },
    { songId: fake.songs[2]!.id, at: 5, finished: true },
  ]);
  assert.deepEqual(fake.scrobbles, [
    { id: fake.songs[2]!.id, time: 5000, submission: false },
    { id: fake.songs[2]!.id, time: 5000, submission: true },
  ]);
  assert.equal((await connection.resolve!({ title: 'Группа крови', artist: 'Кино' }))?.title, 'Группа крови');
  assert.equal(await connection.resolve!({ title: 'Unheard', artist: 'Nobody' }), null);
});

test('a server that is away or in trouble is said so, in a sentence without the sign-in', async () => {
  const fake = await fakeOf(5);
  const connection = await connect(fake);
  const failures: ((response: import('node:http').ServerResponse) => void)[] = [
    (r) => r.destroy(),
    (r) => r.writeHead(500).end('oops'),
    (r) => r.writeHead(429).end(),
    (r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>proxy'),
    (r) => r.writeHead(200).end('{"other":1}'),
  ];
  for (const fail of failures) {
    fake.before = (_method, response) => {
      fail(response);
      return true;
    };
    await assert.rejects(pagesOf(connection.read('likes', null)), (error: unknown) => {
      assert.ok(error instanceof SegueError, String(error));
      assert.match(error.code, /^SERVICE_(AWAY|ANSWER)$/);
      assert.ok(!error.message.includes(fake.password) && !/[?&][tsp]=/.test(error.message));
      return true;
    });
  }
});
