import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type ConnectedWorld, connectedWorld } from '../../../test/support/connected-world.ts';
import { SegueError } from '../../errors.ts';

let world: ConnectedWorld;
before(async () => {
  world = await connectedWorld();
});
after(() => world.close());

type Answer = Record<string, unknown> & { status: string; error?: { code: number } };
interface Child {
  id: string;
  title: string;
}

async function call(method: string, parameters: Record<string, string> = {}): Promise<Answer> {
  const query = new URLSearchParams({ u: 'alice', p: world.token, v: '1.16.1', c: 'test', f: 'json', ...parameters });
  const response = await world.app.inject(`/rest/${method}?${query}`);
  assert.equal(response.statusCode, 200);
  return response.json<{ 'subsonic-response': Answer }>()['subsonic-response'];
}
const onServer = (id: string): boolean => world.fake.songs.some((song) => song.id === id);

test('similar songs are songs of the server, by its ids, as many as requested, each once and never the seed', async () => {
  const seed = world.fake.songs[10]!;
  for (const [method, key] of [
    ['getSimilarSongs', 'similarSongs'],
    ['getSimilarSongs2.view', 'similarSongs2'],
  ] as const) {
    const answer = await call(method, { id: seed.id, count: '30' });
    const { song } = answer[key] as { song: Child[] };
    assert.equal(song.length, 30);
    assert.ok(song.every(({ id }) => onServer(id) && id !== seed.id));
    assert.equal(new Set(song.map(({ id }) => id)).size, 30);
  }
});

test('albums and artists are seeds too', async () => {
  const { album, artist } = world.fake.songs[4]!;
  for (const id of [`al-${album}`, `ar-${artist}`]) {
    const { song } = (await call('getSimilarSongs2', { id, count: '10' })).similarSongs2 as { song: Child[] };
    assert.equal(song.length, 10, id);
  }
});

test('a song that only the server has gives a list, possibly empty, but no error; an unknown one an empty list', async () => {
  assert.equal((await call('getSimilarSongs', { id: 'nd-only-here' })).status, 'ok');
  assert.deepEqual((await call('getSimilarSongs', { id: 'nobody' })).similarSongs, { song: [] });
});

test('by sound: ordered by similarity within 0–1; a path holds both ends and repeats nothing', async () => {
  const [from, to] = [world.fake.songs[3]!, world.fake.songs[90]!];
  const near = (await call('getSonicSimilarTracks', { id: from.id, count: '12' })).sonicMatch as {
    entry: Child;
    similarity: number;
  }[];
  assert.equal(near.length, 12);
  const values = near.map((m) => m.similarity);
  assert.deepEqual(
    values,
    [...values].sort((a, b) => b - a),
  );
  assert.ok(values.every((v) => v >= 0 && v <= 1) && near.every(({ entry }) => onServer(entry.id)));
  const path = (await call('findSonicPath', { startSongId: from.id, endSongId: to.id, count: '9' })).sonicMatch as {
    entry: Child;
  }[];
  const ids = path.map(({ entry }) => entry.id);
  assert.deepEqual([ids.length, ids[0], ids.at(-1)], [9, from.id, to.id]);
  assert.equal(new Set(ids).size, 9);
});

test('top songs of an artist by name and by id', async () => {
  const { artist } = world.fake.songs[6]!;
  const byName = ((await call('getTopSongs', { artist })).topSongs as { song: Child[] }).song;
  const byId = ((await call('getTopSongs', { id: `ar-${artist}` })).topSongs as { song: Child[] }).song;
  assert.ok(byName.length > 0);
  assert.deepEqual(byId.map((s) => s.id).sort(), byName.map((s) => s.id).sort());
  assert.ok(byName.every(({ id }) => world.fake.songs.find((s) => s.id === id)!.artist === artist));
});

test('the listener’s bans apply', async () => {
  const seed = world.fake.songs[20]!;
  const first = ((await call('getSimilarSongs', { id: seed.id, count: '5' })).similarSongs as { song: Child[] })
    .song[0]!;
  const banned = world.connected.connections.held.get(world.connection, first.id)!.uri!;
  await world.connected.repository.bans.set('alice', { kind: 'song', target: banned });
  const again = ((await call('getSimilarSongs', { id: seed.id, count: '5' })).similarSongs as { song: Child[] }).song;
  assert.ok(!again.some(({ id }) => id === first.id));
  await world.connected.repository.bans.clear('alice', 'song', banned);
});

test('signs in by password, hex, token and key; by nothing else', async () => {
  const salt = 'abcdef';
  const proof = createHash('md5')
    .update(world.token + salt)
    .digest('hex');
  const inject = async (parameters: Record<string, string>): Promise<Answer> => {
    const response = await world.app.inject(`/rest/ping?${new URLSearchParams({ f: 'json', ...parameters })}`);
    return response.json<{ 'subsonic-response': Answer }>()['subsonic-response'];
  };
  const accepted: Record<string, string>[] = [
    { u: 'alice', p: `enc:${Buffer.from(world.token).toString('hex')}` },
    { u: 'alice', t: proof, s: salt },
    { apiKey: world.token },
  ];
  for (const good of accepted) assert.equal((await inject(good)).status, 'ok', Object.keys(good).join());
  const refused: [Record<string, string>, number][] = [
    [{}, 10],
    [{ u: 'alice' }, 10],
    [{ u: 'alice', p: 'wrong' }, 40],
    [{ u: 'bob', p: world.token }, 40],
    [{ u: 'alice', t: proof, s: 'other' }, 40],
    [{ apiKey: 'wrong' }, 44],
    [{ u: 'alice', apiKey: world.token }, 43],
  ];
  for (const [parameters, code] of refused)
    assert.equal((await inject(parameters)).error?.code, code, JSON.stringify(parameters));
});

test('forms are accepted only here; XML is the default; unsupported methods say so', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const payload = String(new URLSearchParams({ u: 'alice', p: world.token, id: world.fake.songs[1]!.id, count: '3' }));
  const xml = await world.app.inject({ method: 'POST', url: '/rest/getSimilarSongs', headers, payload });
  assert.match(String(xml.headers['content-type']), /^application\/xml/);
  assert.match(xml.body, /^<\?xml[^>]*\?><subsonic-response xmlns="[^"]+" status="ok" version="1\.16\.1"/);
  assert.equal(xml.body.match(/<song /g)?.length, 3);
  const elsewhere = await world.app.inject({ method: 'POST', url: '/api/recommendations', headers, payload: 'n=5' });
  assert.equal(elsewhere.statusCode, 400);
  assert.equal((await call('deletePlaylist')).status, 'failed');
  const open = (await world.app.inject('/rest/getOpenSubsonicExtensions?f=json')).json<{
    'subsonic-response': Answer;
  }>();
  assert.equal(open['subsonic-response'].status, 'ok');
});

test('a client that is refused under load gets a Subsonic error with status 200, and is told when to try again', async (t) => {
  const { brain } = world.connected;
  t.mock.method(brain!, 'similarSongs', () =>
    Promise.reject(new SegueError('OVERLOADED', { got: 'The server is overloaded' })),
  );
  const query = new URLSearchParams({ apiKey: world.token, f: 'json', id: world.fake.songs[1]!.id });
  const busy = await world.app.inject(`/rest/getSimilarSongs2?${query}`);
  assert.equal(busy.statusCode, 200);
  assert.equal(busy.headers['retry-after'], '1');
  const { status, error } = busy.json<{ 'subsonic-response': Answer }>()['subsonic-response'];
  assert.deepEqual({ status, error }, { status: 'failed', error: { code: 0, message: 'The server is overloaded.' } });
  t.mock.method(brain!, 'similarSongs', () => Promise.reject(new SegueError('UNKNOWN_TRACK', { got: 'No such song' })));
  const unknown = await world.app.inject(`/rest/getSimilarSongs2?${query}`);
  assert.equal(unknown.statusCode, 200);
  assert.equal(unknown.headers['retry-after'], undefined);
});
