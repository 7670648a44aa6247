import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { failing } from '../../../test/support/fake-json-server.ts';
import { FakeListenBrainz, fakeListens, mbidOf } from '../../../test/support/fake-listenbrainz.ts';
import { SegueError } from '../../errors.ts';
import type { Connection, Page, Readable, ServiceContext } from '../contract.ts';
import { outgoingTo } from '../network.ts';
import { listenbrainz } from './listenbrainz.ts';

const running: FakeListenBrainz[] = [];
after(() => Promise.all(running.map((fake) => fake.stop())));

interface Bench {
  fake: FakeListenBrainz;
  connection: Connection;
  context: ServiceContext;
  /** Waits in ms, which pass at once. */
  waits: number[];
}

async function bench(token?: string): Promise<Bench> {
  const fake = await new FakeListenBrainz().start();
  running.push(fake);
  const waits: number[] = [];
  let time = 0;
  const context: ServiceContext = {
    outgoing: outgoingTo('test', listenbrainz.hosts({ address: fake.address }), { note: () => {} }),
    now: () => time,
    wait: async (ms) => {
      waits.push(ms);
      time += ms;
    },
    refusals: { because: () => null, note: () => {} },
    renewSecrets: (renew) => renew({}),
  };
  const { settings, secrets } = await listenbrainz.signIn(
    { address: fake.address, token: token ?? fake.token },
    context,
  );
  assert.equal(settings.user, 'alice');
  return { fake, connection: listenbrainz.open(settings, secrets, context), context, waits };
}

async function pagesOf(connection: Connection, part: Readable, cursor: string | null = null): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of connection.read(part, cursor)) all.push(page);
  return all;
}
const playsOf = (pages: readonly Page[]): string[] =>
  pages.flatMap((p) => p.items.flatMap((i) => (i.kind === 'play' ? [`${i.play.at} ${i.play.song.title}`] : [])));
const likesOf = (pages: readonly Page[]): string[] =>
  pages.flatMap((p) => p.items.flatMap((i) => (i.kind === 'like' ? [`${i.liked ? '+' : '-'}${i.songId}`] : [])));
const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();

test('a wrong token is one plain sentence without the token', async () => {
  await assert.rejects(bench('a-wrong-token'), (error: unknown) => {
    assert.ok(error instanceof SegueError && error.code === 'SIGN_IN_REFUSED');
    assert.ok(!JSON.stringify(error).includes('a-wrong-token') && !error.message.includes('a-wrong-token'));
    return true;
  });
  const { fake, connection } = await bench();
  fake.token = 'another';
  for (const part of ['plays', 'likes', 'playlists'] as const)
    await assert.rejects(pagesOf(connection, part), { code: 'SIGN_IN_REFUSED', message: /rejects the user token/ });
});

test('reads all plays, goes on after any page, then asks once for what is new', async () => {
  const { fake, connection } = await bench();
  fake.listens = fakeListens(3500);
  const whole = await pagesOf(connection, 'plays');
  const expected = sorted(fake.listens.map(({ at, title }) => `${at} ${title}`));
  assert.deepEqual(sorted(playsOf(whole)), expected);
  assert.equal(fake.calls('GET', /listens$/), 4);
  for (let stop = 0; stop < whole.length - 1; stop++) {
    const rest = await pagesOf(connection, 'plays', whole[stop]!.cursor);
    assert.deepEqual(
      sorted([...playsOf(whole.slice(0, stop + 1)), ...playsOf(rest)]),
      expected,
      `stopped after page ${stop}`,
    );
  }
  fake.listens.unshift({ at: fake.listens[0]!.at + 100, title: 'New', artist: 'Somebody' });
  const before = fake.calls('GET', /listens$/);
  const next = await pagesOf(connection, 'plays', whole.at(-1)!.cursor);
  assert.equal(fake.calls('GET', /listens$/) - before, 1);
  assert.equal(playsOf(next)[0], `${fake.listens[0]!.at} New`);
  assert.ok(playsOf(next).length <= 3);
});

test('plays that come and go between two pages move no other play', async () => {
  const { fake, connection } = await bench();
  fake.listens = fakeListens(2500);
  const kept = fake.listens.filter((_, i) => i !== 10).map(({ at, title }) => `${at} ${title}`);
  let pages = 0;
  const seen: string[] = [];
  for await (const page of connection.read('plays', null)) {
    seen.push(...playsOf([page]));
    if (pages++ === 0) {
      fake.listens.splice(10, 1);
      fake.listens.unshift({ at: fake.listens[0]!.at + 5, title: 'During', artist: 'Somebody' });
    }
  }
  for (const play of kept) assert.ok(seen.includes(play), play);
});

test('a page within one second ends, and plays without a name are passed over', async () => {
  const { fake, connection } = await bench();
  fake.listens = Array.from({ length: 1500 }, (_, i) => ({
    at: 1_700_000_000,
    title: i === 3 ? ' ' : `T${i}`,
    artist: 'A',
  }));
  fake.listens.push({ at: 1_600_000_000, title: 'Oldest', artist: 'A' });
  const plays = playsOf(await pagesOf(connection, 'plays'));
  assert.ok(plays.includes('1600000000 Oldest'));
  assert.ok(!plays.some((play) => play.endsWith(' ')));
});

test('a server that sends its whole history whatever it is asked for is read once and then refused', async () => {
  const { fake, connection } = await bench();
  const listens = Array.from({ length: 150_000 }, (_, i) => ({
    listened_at: 1_700_000_000 - i,
    track_metadata: { track_name: 'T', artist_name: 'A' },
  }));
  fake.fail = () => ({ body: { payload: { listens } } });
  const met = new Set<number>();
  const read = async (): Promise<void> => {
    for await (const { items } of connection.read('plays', null))
      for (const item of items) if (item.kind === 'play') met.add(item.play.at);
  };
  await assert.rejects(read(), { code: 'SERVICE_ANSWER', message: /same plays again/ });
  assert.deepEqual([met.size, fake.calls('GET', /listens$/)], [150_000, 3]);
});

test('waits as the headers say, before and after the limit is hit', async () => {
  const { fake, connection, waits } = await bench();
  fake.listens = fakeListens(1500);
  fake.fail = failing(1, { status: 429, headers: { 'x-ratelimit-reset-in': '4' } });
  await pagesOf(connection, 'plays');
  assert.deepEqual(waits, [4000]);
  fake.remaining = 0;
  await pagesOf(connection, 'plays');
  assert.deepEqual(waits, [4000, 7000]);
  fake.remaining = 100;
  fake.fail = failing(1, { status: 429, headers: { 'retry-after': '3600' } });
  await assert.rejects(pagesOf(connection, 'plays'), { code: 'SERVICE_AWAY', message: /no more requests before/ });
  fake.fail = failing(1, { status: 429, headers: { 'retry-after': '1e300' } });
  await assert.rejects(pagesOf(connection, 'plays'), { code: 'SERVICE_AWAY', message: /no more requests before/ });
});

test('errors of the server and dropped connections are tried again, and then said in a sentence', async () => {
  for (const failure of [{ status: 503 }, 'drop', 'lost', { status: 429 }] as const) {
    const { fake, connection } = await bench();
    fake.listens = fakeListens(20);
    fake.fail = failing(2, failure);
    assert.equal(playsOf(await pagesOf(connection, 'plays')).length, 20);
    fake.fail = () => failure;
    await assert.rejects(pagesOf(connection, 'plays'), { code: 'SERVICE_AWAY' });
  }
  const { fake, connection } = await bench();
  fake.fail = () => ({ status: 200, body: 'nonsense' });
  await assert.rejects(pagesOf(connection, 'plays'), { code: 'SERVICE_ANSWER' });
});

test('loved and hated songs are read; a list that changes between its pages is read again', async () => {
  const { fake, connection } = await bench();
  fake.feedback = Array.from({ length: 250 }, (_, i) => ({
    mbid: mbidOf(i),
    score: i % 9 === 0 ? -1 : 1,
    title: i === 5 ? null : `T${i}`,
    artist: 'A',
  }));
  const all = likesOf(await pagesOf(connection, 'likes'));
  assert.equal(all.length, 250);
  assert.equal(all[0], `-${mbidOf(0)}`);
  let calls = 0;
  fake.fail = (request) => {
    if (request.url.pathname.endsWith('get-feedback') && ++calls === 2) fake.feedback.splice(0, 3);
    return undefined;
  };
  const seen = new Set(likesOf(await pagesOf(connection, 'likes')).map((like) => like.slice(1)));
  for (const { mbid, title } of fake.feedback) assert.ok(title === null || seen.has(mbid), mbid);
});

test('playlists are read once, and again when they change', async () => {
  const { fake, connection } = await bench();
  fake.lists = [1, 2].map((n) => ({
    id: `11111111-0000-4000-8000-00000000000${n}`,
    title: `List ${n}`,
    annotation: '',
    changed: n,
    mbids: [mbidOf(n), mbidOf(7)],
  }));
  const first = await pagesOf(connection, 'playlists');
  assert.equal(first.flatMap((p) => p.items).length, 2);
  fake.lists[1]!.changed = 50;
  const second = (await pagesOf(connection, 'playlists', first.at(-1)!.cursor)).flatMap((p) => p.items);
  assert.deepEqual(
    second.map((i) => (i.kind === 'playlist' ? i.playlist.name : '')),
    ['List 2'],
  );
});

const songs = (from: number, n: number) =>
  Array.from({ length: n }, (_, i) => ({ song: { title: `T${from + i}`, artist: 'A', mbid: mbidOf(from + i) } }));

test('a list is made once, replaced, and found again when its creation got no answer', async () => {
  const { fake, connection } = await bench();
  fake.fail = failing(1, 'lost', ({ url }) => url.pathname.endsWith('/create'));
  const made = await connection.writeList!({ name: 'Mix', comment: 'Of the week.', songs: songs(0, 250) });
  assert.deepEqual([fake.lists.length, made.written, fake.lists[0]!.mbids.length], [1, 250, 250]);
  assert.equal(made.page, `https://listenbrainz.org/playlist/${made.id}`);
  fake.fail = () => undefined;
  const changes = fake.calls('POST', /./);
  await connection.writeList!({ id: made.id, name: 'Mix', comment: 'Of the week.', songs: songs(0, 250) });
  assert.equal(fake.calls('POST', /./), changes, 'an unchanged list is left alone');
  await connection.writeList!({ id: made.id, name: 'Other name', songs: songs(100, 130) });
  assert.deepEqual(
    fake.lists.map(({ title, mbids }) => [title, mbids]),
    [['Other name', songs(100, 130).map((s) => s.song.mbid)]],
  );
});

test('a list of 10,000 songs under a name in another script is written, read and replaced whole', async () => {
  const { fake, connection } = await bench();
  const made = await connection.writeList!({ name: 'Ночь 夜', songs: songs(0, 10_000) });
  assert.deepEqual([made.written, made.missing], [10_000, []]);
  const [read] = (await pagesOf(connection, 'playlists')).flatMap((page) => page.items);
  assert.ok(read?.kind === 'playlist');
  assert.equal(read.playlist.name, 'Ночь 夜');
  assert.deepEqual(
    read.playlist.songs!.map(({ mbid }) => mbid),
    songs(0, 10_000).map(({ song }) => song.mbid),
  );
  await connection.writeList!({ id: made.id, name: 'Ночь 夜', songs: songs(5000, 10_000) });
  assert.deepEqual(
    fake.lists.map(({ title, mbids }) => [title, mbids]),
    [['Ночь 夜', songs(5000, 10_000).map(({ song }) => song.mbid)]],
  );
});

test('a change whose answer is lost leaves the list as it was wanted, and one of the same name that is not ours alone', async () => {
  const { fake, connection } = await bench();
  fake.lists = [
    { id: '22222222-0000-4000-8000-000000000001', title: 'Mix', annotation: 'my own', changed: 0, mbids: [mbidOf(1)] },
  ];
  for (const path of ['/item/add', '/item/delete', '/edit/']) {
    fake.fail = failing(1, 'lost', ({ url }) => url.pathname.includes(path));
    await connection.writeList!({ name: 'Mix', comment: path, songs: songs(0, 220) });
    await connection.writeList!({ name: 'Mix', comment: `${path}.`, songs: songs(50, 120) });
    const ours = fake.lists.filter((list) => list.annotation.includes('Made with Segue'));
    assert.deepEqual(
      ours.map((list) => list.mbids),
      [songs(50, 120).map((s) => s.song.mbid)],
      path,
    );
  }
  assert.deepEqual(fake.lists.at(-1)!.mbids, [mbidOf(1)]);
});

test('songs without an id are looked up by name; another song, and a nameless artist, are no match', async () => {
  const { fake, connection } = await bench();
  fake.known.set('Björk Jóga', { mbid: mbidOf(9), title: 'Joga', artist: 'Björk' });
  fake.known.set('X Right', { mbid: mbidOf(8), title: 'Wrong', artist: 'X' });
  fake.known.set('YOASOBI 夜に駆ける', { mbid: mbidOf(6), title: '夜に駆ける', artist: 'YOASOBI' });
  // Its namesake by somebody else is asked for under the other name, and is another song.
  fake.known.set('Кино 夜に駆ける', { mbid: mbidOf(6), title: '夜に駆ける', artist: 'YOASOBI' });
  fake.known.set('Y Nameless', { mbid: mbidOf(7), title: 'Nameless', artist: '' });
  const named = [
    ['Jóga', 'Björk'],
    ['Right', 'X'],
    ['Nameless', 'Y'],
    ['Unknown', 'Z'],
    ['', ''],
    ['夜に駆ける', 'YOASOBI'],
    ['夜に駆ける', 'Кино'],
    // As long as some movements of symphonies; the service refuses every song of a request for it.
    ['Movement '.repeat(28), 'An orchestra'],
    ...Array.from({ length: 60 }, (_, i) => [`Song ${i}`, 'Many']),
  ];
  for (let i = 0; i < 60; i++)
    fake.known.set(`Many Song ${i}`, { mbid: mbidOf(100 + i), title: `Song ${i}`, artist: 'Many' });
  const written = await connection.writeList!({
    name: 'L',
    songs: named.map(([title, artist]) => ({ song: { title: title!, artist: artist! } })),
  });
  assert.deepEqual(written.missing, [1, 2, 3, 4, 6, 7]);
  const many = Array.from({ length: 60 }, (_, i) => mbidOf(100 + i));
  assert.deepEqual(fake.lists[0]!.mbids, [mbidOf(9), mbidOf(6), ...many]);
  assert.equal(fake.calls('POST', /lookup/), 2, 'fifty songs a request');
});
