import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { MODELS } from '../../src/models/registry.ts';
import { train } from '../../src/recommend/train.ts';
import { fakeTrack } from '../support/fake-spotify.ts';
import { type SpotifyWorld, spotifyWorld } from '../support/spotify-world.ts';

const MARK = 'Marked-by-Spotify';
const SAVED = 60;
/** The demo world has no ratings. */
const EVERY = MODELS.map(({ id }) => id).filter((id) => id !== 'ratings');

let world: SpotifyWorld;
before(async () => {
  world = await spotifyWorld(['popularity', 'track-neighbours', 'clusters'], { tracks: 400, playlists: 150 });
  const { fake } = world;
  const marked = (n: number) => ({ ...fakeTrack(n), name: `${MARK} ${n}`, artists: [{ id: `m${n}`, name: MARK }] });
  const savedAt = (i: number) => new Date(Date.UTC(2026, 5, 1) - i * 86_400_000).toISOString();
  fake.saved = Array.from({ length: SAVED }, (_, i) => ({ added_at: savedAt(i), track: world.track(i) }));
  fake.saved.push({ added_at: savedAt(SAVED), track: marked(9001) });
  const base = { description: '', owner: 'me', snapshot: 1, followed: true };
  fake.lists = [
    { ...base, id: 'own', name: `${MARK} list`, entries: [world.track(70), world.track(71), marked(9002)] },
  ];
  fake.top = [world.track(80), marked(9003)];
  fake.plays = [
    { played_at: '2026-06-02T10:00:00.000Z', track: world.track(90) },
    { played_at: '2026-06-02T11:00:00.000Z', track: marked(9004) },
  ];
});
after(() => world.close());

const uri = (t: number): string => world.engine.current.dataset.tracks.vocabulary.id(t);
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Every file of the library that training reads or writes, by name. */
async function learned(): Promise<Map<string, Buffer>> {
  const names = await readdir(world.dir, { recursive: true, withFileTypes: true });
  const files = new Map<string, Buffer>();
  for (const entry of names) {
    // The stores of listeners and connections hold what was read; no training uses them.
    if (!entry.isFile() || /^(?:listeners|connections)\./.test(entry.name)) continue;
    files.set(entry.name, await readFile(join(entry.parentPath, entry.name)));
  }
  return files;
}

const modelHashes = (files: Map<string, Buffer>): [string, string][] =>
  [...files].filter(([name]) => name.endsWith('.model')).map(([name, bytes]): [string, string] => [name, hash(bytes)]);

test('models trained after a sync, with consent, are byte for byte those trained before it', async () => {
  const { library, household, connected } = world;
  await train(library, { models: EVERY });
  const before = modelHashes(await learned());
  assert.equal(before.length, EVERY.length);
  await household.changeSettings('alice', { consent: true });
  const id = await world.signIn();
  const report = await connected.connections.sync(id);
  assert.equal(report.likes, SAVED + 1);
  await household.contribute();
  await train(library, { models: EVERY });
  const after = await learned();
  assert.deepEqual(modelHashes(after), before);
  for (const [name, bytes] of after) assert.ok(!bytes.includes(MARK), name);
});

test('the data read serves as the query: new songs for the listener, and fifty divided among their clusters', async () => {
  const ask = async (what: string) =>
    (await world.app.inject({ url: `/api/listeners/alice/${what}` })).json<{
      model: string;
      tracks: { uri: string; section?: number }[];
      sections?: { label: string; share: number }[];
    }>();
  const known = new Set([...Array.from({ length: SAVED }, (_, t) => uri(t)), uri(70), uri(71), uri(80), uri(90)]);
  const forYou = await ask('for-you?newness=1&model=track-neighbours');
  assert.equal(forYou.model, 'track-neighbours', 'not the answer for people of whom nothing is known');
  assert.equal(forYou.tracks.length, 50);
  assert.deepEqual(
    forYou.tracks.filter((track) => known.has(track.uri)),
    [],
  );
  const clustered = await ask('by-cluster');
  assert.equal(clustered.tracks.length, 50);
  assert.deepEqual(
    clustered.tracks.filter((track) => known.has(track.uri)),
    [],
  );
  const { sections = [] } = clustered;
  assert.ok(sections.length > 1);
  for (const [i, { share }] of sections.entries()) {
    const places = clustered.tracks.filter(({ section }) => section === i).length;
    assert.ok(Math.abs(places - 50 * share) <= 1.5, `${places} of 50 places for ${share}`);
  }
});

test('the list is sent to the account once, replaced, and deleted here with everything else on disconnecting', async () => {
  const { app, fake, connected, engine } = world;
  const { id } = connected.connections.store.list()[0]!;
  const songs = Array.from({ length: 50 }, (_, t) => uri(t));
  fake.catalogue = Array.from({ length: engine.current.dataset.tracks.count }, (_, t) => world.track(t));
  const send = async (of: readonly string[]) =>
    (
      await app.inject({
        method: 'POST',
        url: `/api/connections/${id}/lists`,
        payload: { key: 'clusters', name: 'Your clusters', songs: of },
      })
    ).json<{ id: string; written: number; missing: unknown[]; page: string; frame: string }>();
  const first = await send(songs);
  assert.deepEqual([first.written, first.missing], [50, []]);
  assert.equal(first.frame, `https://open.spotify.com/embed/playlist/${first.id}`);
  assert.equal(first.page, `https://open.spotify.com/playlist/${first.id}`);
  const second = await send(songs.slice(0, 20));
  assert.equal(second.id, first.id);
  assert.deepEqual(
    fake.lists.filter(({ name }) => name === 'Your clusters').map(({ entries }) => entries.length),
    [20],
  );
  assert.equal((await app.inject({ method: 'DELETE', url: `/api/connections/${id}` })).statusCode, 200);
  const { opinions, lists, plays } = connected.repository;
  assert.deepEqual(await opinions.songs('alice', 'like'), []);
  assert.deepEqual((await lists.page('alice')).items, []);
  assert.deepEqual((await plays.page('alice')).items, []);
  for (const name of await readdir(world.dir)) {
    const bytes = await readFile(join(world.dir, name)).catch(() => Buffer.alloc(0));
    assert.ok(!bytes.includes(MARK), name);
  }
  assert.deepEqual(fake.broken, []);
});
