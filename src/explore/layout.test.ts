import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf, track } from '../../test/support/content.ts';
import { randomDataset } from '../../test/support/small-dataset.ts';
import { tasteMap } from './layout.ts';

test('every track has a place in the square, a cluster and a name for it, by both methods', async () => {
  const dataset = randomDataset(3, 400, 1);
  for (const method of ['principal', 'neighbours'] as const) {
    const map = await tasteMap(dataset, { method });
    for (const axis of [map.x, map.y]) {
      assert.equal(axis.length, 400);
      assert.ok(axis.every((value) => value >= -1 && value <= 1));
    }
    assert.ok(map.cluster.every((c) => c === 255 || c < map.labels.length));
    assert.equal(new Set(map.labels).size, map.labels.length);
    assert.deepEqual(await tasteMap(dataset, { method }), map);
  }
});

test('tracks of which nothing is known, and tiny catalogues, are placed too', async () => {
  for (const count of [0, 1, 2, 5]) {
    const bare = await tasteMap(datasetOf(Array.from({ length: count }, (_, n) => track(n))), { method: 'neighbours' });
    assert.equal(bare.x.length, count);
    assert.ok(bare.x.every(Number.isFinite) && bare.cluster.every((c) => c === 255));
    const some = datasetOf(Array.from({ length: count }, (_, n) => track(n, { year: 1990 + n })));
    assert.ok((await tasteMap(some, { method: 'neighbours' })).x.every(Number.isFinite));
  }
});

test('no cluster of the map covers a quarter of a catalogue of many rare genres', async () => {
  const common = Array.from({ length: 1600 }, (_, n) => track(n, { genres: [`style ${n % 20}`] }));
  const rare = Array.from({ length: 600 }, (_, n) => track(1600 + n, { genres: [`rare ${n % 30}`] }));
  const map = await tasteMap(datasetOf([...common, ...rare]), { method: 'principal' });
  const sizes = new Array<number>(map.labels.length).fill(0);
  for (const c of map.cluster) sizes[c]!++;
  assert.ok(Math.max(...sizes) < map.cluster.length / 4, `${Math.max(...sizes)} of ${map.cluster.length}`);
  assert.equal(new Set(map.labels).size, map.labels.length);
});

test('a map in the making is stopped', async () => {
  const stop = new AbortController();
  const making = tasteMap(randomDataset(4, 3000, 1), {
    method: 'neighbours',
    signal: stop.signal,
    onProgress: ({ fraction }) => {
      if (fraction > 0.15) stop.abort();
    },
  });
  await assert.rejects(making, { code: 'CANCELLED' });
  await assert.rejects(tasteMap(randomDataset(4, 50, 1), { method: 'principal', signal: AbortSignal.abort() }), {
    code: 'CANCELLED',
  });
});
