import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ConnectedWorld, connectedWorld } from '../../../test/support/connected-world.ts';

let world: ConnectedWorld;
before(async () => {
  world = await connectedWorld();
});
after(() => world.close());

const ask = (question: string, payload: object, token = world.token) =>
  world.app.inject({
    method: 'POST',
    url: `/api/plugins/navidrome/${question}`,
    headers: { authorization: `Token ${token}` },
    payload,
  });
interface Ref {
  id: string;
  name: string;
}

test('every question of the plugin is answered with songs of the server', async () => {
  const song = world.fake.songs[8]!;
  const ref = { id: song.id, name: song.title, artist: song.artist };
  for (const [question, body] of [
    ['similar-songs-by-track', { ...ref, count: 20 }],
    ['similar-songs-by-album', { id: `al-${song.album}`, name: song.album, artist: song.artist, count: 20 }],
    ['similar-songs-by-artist', { id: `ar-${song.artist}`, name: song.artist, count: 20 }],
    ['artist-top-songs', { id: `ar-${song.artist}`, name: song.artist, count: 3 }],
  ] as const) {
    const { songs } = (await ask(question, body)).json<{ songs: Ref[] }>();
    assert.ok(songs.length >= 1 && songs.length <= body.count, question);
    assert.ok(
      songs.every(({ id }) => world.fake.songs.some((s) => s.id === id)),
      question,
    );
  }
  const { matches } = (await ask('sonic-similar-tracks', { song: { ...ref, futureField: 1 }, count: 7 })).json<{
    matches: { song: Ref; similarity: number }[];
  }>();
  assert.equal(matches.length, 7);
  const end = world.fake.songs[60]!;
  const path = (await ask('sonic-path', { startSong: ref, endSong: { id: end.id, name: end.title }, count: 6 })).json<{
    matches: { song: Ref }[];
  }>().matches;
  assert.deepEqual([path[0]!.song.id, path.at(-1)!.song.id, path.length], [song.id, end.id, 6]);
  const { artists } = (await ask('similar-artists', { id: `ar-${song.artist}`, name: song.artist, limit: 4 })).json<{
    artists: { name: string }[];
  }>();
  assert.ok(artists.length > 0 && artists.length <= 4 && artists.every(({ name }) => name !== song.artist));
});

test('a song that Segue knows by name only is answered too', async () => {
  const song = world.fake.songs[8]!;
  const { songs } = (
    await ask('similar-songs-by-track', { id: 'of another server', name: song.title, artist: song.artist, count: 5 })
  ).json<{ songs: Ref[] }>();
  assert.equal(songs.length, 5);
  assert.deepEqual(
    (await ask('similar-songs-by-track', { id: 'x', name: 'Unheard of', artist: 'Nobody', count: 5 })).json(),
    { songs: [] },
  );
});

test('plays are accepted once, and only for users known here', async () => {
  const track = {
    id: 'x',
    title: 'A song',
    artist: 'A • B',
    artists: [{ name: 'A' }, { name: 'B' }],
    duration: 180.5,
    futureField: true,
  };
  const scrobble = (username: string) => ask('scrobble', { username, track, timestamp: 1_700_000_000 });
  for (const username of ['alice', 'Alice', 'alice']) assert.equal((await scrobble(username)).statusCode, 200);
  assert.equal((await scrobble('stranger')).statusCode, 200);
  const { items } = await world.connected.repository.plays.page('alice');
  assert.deepEqual(
    items.map((p) => [p.title, p.artists, p.at]),
    [['A song', ['A', 'B'], 1_700_000_180_500]],
  );
  assert.equal((await ask('is-authorized', { username: 'alice' })).json(), true);
  assert.equal((await ask('is-authorized', { username: 'stranger' })).json(), false);
  assert.equal((await ask('now-playing', { username: 'alice', track, position: 3 })).statusCode, 200);
  assert.equal(world.connected.playing.get('alice')?.song.title, 'A song');
});

test('without a valid token there is no answer', async () => {
  const response = await ask('similar-songs-by-track', { id: world.fake.songs[0]!.id, count: 1 }, 'wrong');
  assert.equal(response.statusCode, 422);
  const [token] = world.connected.tokens.list();
  const other = world.connected.tokens.create('alice', 'second').token;
  assert.equal((await ask('is-authorized', { username: 'alice' }, other)).statusCode, 200);
  world.connected.tokens.revoke(world.connected.tokens.list().find((t) => t.id !== token!.id)!.id);
  assert.equal((await ask('is-authorized', { username: 'alice' }, other)).statusCode, 422);
  assert.equal((await ask('constructor', {})).statusCode, 404);
});
