import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fakeTrack } from '../../../test/support/fake-spotify.ts';
import { type SpotifyWorld, spotifyWorld } from '../../../test/support/spotify-world.ts';

let world: SpotifyWorld;
let id: string;
before(async () => {
  world = await spotifyWorld([]);
  world.fake.catalogue = Array.from({ length: 6 }, (_, n) => fakeTrack(n));
  id = await world.signIn();
});
after(() => world.close());

const songs = Array.from({ length: 3 }, (_, n) => String(fakeTrack(n).id));
const connection = () => world.connected.connections.open(id).connection;

test('an application from before November 2024 reads batches and is recommended songs', async () => {
  world.fake.age = 'old';
  // Unknown ids come back as null, which the description does not say.
  world.fake.checks = false;
  const features = await connection().facts!.lookUp('features', [...songs, 'unknown']);
  world.fake.checks = true;
  assert.deepEqual([...features.keys()], songs);
  assert.deepEqual(features.get(songs[0]!), { danceability: 0.5, energy: 0.25, key: 5, tempo: 120.5 });
  const tracks = await connection().facts!.lookUp('tracks', songs);
  assert.deepEqual(
    { ...tracks.get(songs[1]!) },
    {
      name: 'Song 1',
      artists: 'Artist 1',
      album: 'Album 1',
      release_date: '1999-05',
      explicit: false,
      popularity: 33,
      duration_ms: 200_001,
      isrc: 'USABC2600001',
    },
  );
  assert.equal((await connection().facts!.lookUp('artists', ['a'])).get('a')!.genres, 'pop; rock');
  assert.equal((await connection().recommend!(songs, 10)).length, 5);
  assert.deepEqual(world.fake.broken, []);
});

test('a new application learns each refusal once, keeps it, and says it in one sentence', async () => {
  world.fake.age = 'new';
  const asked = (): string[] => world.fake.requests.splice(0);
  asked();
  const refusal = /does not offer this to applications created after November 2024/;
  await assert.rejects(connection().facts!.lookUp('features', songs), { code: 'NOT_POSSIBLE', message: refusal });
  await assert.rejects(connection().recommend!(songs, 10), { code: 'NOT_POSSIBLE', message: refusal });
  assert.deepEqual(asked(), ['GET /audio-features', 'GET /recommendations']);
  await assert.rejects(connection().facts!.lookUp('features', songs), { message: /reccobeats/ });
  await assert.rejects(connection().recommend!(songs, 10), { message: refusal });
  assert.deepEqual(asked(), [], 'also by a connection that was opened anew');
  const { abilities } = connection();
  assert.ok(abilities.facts?.able === false && refusal.test(abilities.facts.because));
  const tracks = await connection().facts!.lookUp('tracks', [...songs, 'unknown']);
  assert.deepEqual([...tracks.keys()], songs);
  assert.deepEqual(asked(), ['GET /tracks', ...songs.map((song) => `GET /tracks/${song}`), 'GET /tracks/unknown']);
  await world.signIn();
  assert.ok(connection().abilities.facts?.able, 'another application may have what this one lacks');
});
