import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectedWorld } from '../../../test/support/connected-world.ts';
import { type Elsewhere, openConnected } from '../../connect/open.ts';
import { openHousehold } from '../../listeners/personal/household.ts';
import { Engine } from '../../recommend/engine.ts';
import { Metrics } from '../../recommend/metrics.ts';
import { AnsweringPool } from './pool.ts';
import { modelsOf } from './question.ts';
import { SharedFiles } from './shared-files.ts';

test('threads answer music servers as an engine in this thread would, with songs of the server and without banned ones; the main thread loads no model', async (t) => {
  const world = await connectedWorld({ tracks: 300, playlists: 120 });
  const { library, connected, fake } = world;
  const limits = { threads: 1, waiting: 4, patience: 60_000, engine: { ahead: 'none' } } as const;
  const pool = new AnsweringPool(new SharedFiles(library), library.dir, new Metrics(), limits);
  const alone = await Engine.open(library, { ahead: 'none' });
  const household = openHousehold(library, undefined);
  const elsewhere: Elsewhere = { models: modelsOf(pool), brain: (query) => pool.ask('brain', query) };
  const there = await openConnected(library, alone, household, undefined, undefined, undefined, elsewhere);
  t.after(async () => {
    await pool.close(AbortSignal.abort());
    there.close();
    await household.close();
    await world.close();
  });
  const [id, other] = fake.songs.map((song) => song.id) as [string, string];
  const artist = { name: fake.songs[0]!.artist };
  const [own, elsewhereOwn] = [connected.brain!, there.brain!];
  const banned = (await own.similarSongs([{ id }], 20, own.asker('alice', id)))[0]!.uri;
  await connected.repository.bans.set('alice', { kind: 'song', target: banned, at: 0 });
  const asker = own.asker('alice', id);
  for (const [what, ask] of [
    ['similar', (brain: typeof own) => brain.similarSongs([{ id }], 20, asker)],
    ['sonic', (brain: typeof own) => brain.sonicSimilar({ id }, 10, asker)],
    ['path', (brain: typeof own) => brain.path({ id }, { id: other }, 5, asker)],
    ['top', (brain: typeof own) => brain.topSongs(artist, 10, asker)],
    ['artists', (brain: typeof own) => brain.similarArtists(artist, 10, asker)],
    ['history', (brain: typeof own) => brain.forHistory([{ track: banned, liked: true }], 10, asker)],
  ] as const) {
    const found = await ask(elsewhereOwn);
    assert.ok(found.length > 0, what);
    assert.deepEqual(found, await ask(own), what);
  }
  const similar = await elsewhereOwn.similarSongs([{ id }], 20, asker);
  assert.ok(similar.every(({ uri, held }) => uri !== banned && held !== null));
  const { dataset } = alone.current;
  const songs = Array.from({ length: 40 }, (_, track) => ({ song: dataset.tracks.vocabulary.id(track), at: track }));
  await connected.repository.opinions.set(
    'alice',
    songs.map((song) => ({ ...song, kind: 'like' as const })),
  );
  const within = elsewhereOwn.partOf(asker)!;
  const mixes = await there.personal!.mixes('alice', { every: 'week', within });
  const uris = mixes.flatMap(({ tracks }) => tracks.map(({ uri }) => uri));
  assert.ok(uris.length > 0);
  assert.deepEqual(within.has(uris), new Set(uris));
  assert.deepEqual(alone.current.models.loaded, []);
});
