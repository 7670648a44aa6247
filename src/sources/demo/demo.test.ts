import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DatasetBuilder } from '../../dataset/builder.ts';
import { mpd } from '../mpd.ts';
import { demo, demoSize } from './demo.ts';
import { demoDataset } from './demo-dataset.ts';
import { writeDemoSlices } from './slices.ts';

const size = { tracks: 3000, playlists: 1500, seed: 4 };
const world = demoDataset(size);

test('has the size asked for, the dataset’s shape of lengths, and says that it is fictional', () => {
  assert.equal(world.tracks.count, size.tracks);
  assert.ok(world.owners.count > 0.99 * size.playlists);
  const lengths = Int32Array.from({ length: world.owners.count }, (_, o) => world.tracksOf(o).length).sort();
  const mean = lengths.reduce((a, b) => a + b, 0) / lengths.length;
  assert.ok(lengths[0]! >= 3 && lengths.at(-1)! <= 250);
  assert.ok(mean > 50 && mean < 80, `mean length ${mean}`);
  assert.match(`${demo.title} ${demo.licence}`, /fictional.*made up/);
});

test('popularity has a heavy head and a long tail', () => {
  const counts = Int32Array.from({ length: world.tracks.count }, (_, t) => world.ownersOf(t))
    .sort()
    .reverse();
  const total = counts.reduce((a, b) => a + b, 0);
  const head = counts.subarray(0, counts.length / 10).reduce((a, b) => a + b, 0) / total;
  assert.ok(head > 0.35 && head < 0.9, `the most popular tenth holds ${head}`);
});

test('taste has communities: two songs of a playlist share the artist’s main genre far more often than two songs at random', () => {
  const genre = (track: number): number =>
    world.artists.genres.idx[world.artists.genres.ptr[world.mainArtist(track)]!]!;
  let same = 0;
  let chance = 0;
  let pairs = 0;
  for (let o = 0; o + 1 < world.owners.count; o++) {
    const [a, b] = world.tracksOf(o);
    const [c] = world.tracksOf(o + 1);
    if (a === undefined || b === undefined || c === undefined) continue;
    pairs++;
    if (genre(a) === genre(b)) same++;
    if (genre(a) === genre(c)) chance++;
  }
  assert.ok(same / pairs > 4 * (chance / pairs), `${same / pairs} against ${chance / pairs}`);
});

test('the same seed makes the same world, another seed another', () => {
  const again = demoDataset(size);
  assert.deepEqual(again.byOwner.idx, world.byOwner.idx);
  assert.deepEqual(again.tracks.features, world.tracks.features);
  assert.equal(again.catalogueId, world.catalogueId);
  assert.notDeepEqual(demoDataset({ ...size, seed: 5 }).byOwner.idx, world.byOwner.idx);
});

test('its slices are read by the MPD source to the same playlists', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'segue-demo-'));
  try {
    assert.equal(await writeDemoSlices(dir, size, { gzip: true }), 2);
    assert.deepEqual((await readdir(dir)).sort(), ['mpd.slice.0-999.json.gz', 'mpd.slice.1000-1999.json.gz']);
    const builder = new DatasetBuilder();
    for (const file of await mpd.files([dir])) for await (const batch of mpd.read(file)) builder.add(batch);
    const read = builder.finish();
    assert.equal(read.owners.count, world.owners.count);
    for (const o of [0, 700, read.owners.count - 1]) {
      assert.deepEqual(
        Array.from(read.tracksOf(o), (t) => read.tracks.vocabulary.id(t)),
        Array.from(world.tracksOf(o), (t) => world.tracks.vocabulary.id(t)),
      );
      assert.equal(read.owners.titles.get(o), world.owners.titles.get(o));
    }
  } finally {
    await rm(dir, { recursive: true });
  }
});

test('refuses sizes that make no sense', () => {
  assert.throws(() => demoSize({ tracks: '0' }), { code: 'OUT_OF_RANGE' });
  assert.throws(() => demoSize({ playlists: 'many' }), { code: 'OUT_OF_RANGE' });
  assert.deepEqual(demoSize({}), { tracks: 20_000, playlists: 10_000, seed: 1 });
});

test('people with a dated history come after the playlists, which stay as they are without them', () => {
  const people = demoDataset({ ...size, listeners: 20 });
  assert.equal(people.owners.count, world.owners.count + 20);
  assert.deepEqual(people.tracksOf(5), world.tracksOf(5));
  const last = people.owners.count - 1;
  assert.equal(people.owners.kind[last], 1);
  const times = people.times!.subarray(people.byOwner.ptr[last]!, people.byOwner.ptr[last + 1]!);
  assert.ok(times.length > 50 && times.every((t) => t > 1_600_000_000 && t < 1_750_000_001));
});
