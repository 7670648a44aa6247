import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setThreads, threads } from '../pool.ts';
import { Rng } from '../rng.ts';
import { NearestCentroids } from './kmeans.ts';

for (const [count, d, k] of [
  [1, 1, 1],
  [10, 3, 4],
  [9000, 20, 20],
  [5000, 7, 33],
] as const) {
  test(`${count} × ${d} to ${k} centroids equals a plain search`, () => {
    const rng = new Rng(count + k);
    const data = new Float32Array(count * d).map(() => rng.normal());
    const centroids = new Float32Array(k * d).map(() => rng.normal());
    const step = new NearestCentroids(data, count, d);
    const { nearest, distances, sums, counts, inertia } = step.assign(centroids, k);
    const expectedSums = new Float64Array(k * d);
    const expectedCounts = new Int32Array(k);
    let total = 0;
    for (let r = 0; r < count; r++) {
      const distance = (c: number): number => {
        let sum = 0;
        for (let j = 0; j < d; j++) sum += (data[r * d + j]! - centroids[c * d + j]!) ** 2;
        return sum;
      };
      let best = 0;
      for (let c = 1; c < k; c++) if (distance(c) < distance(best)) best = c;
      // float32 may decide a near tie the other way.
      assert.ok(Math.abs(distance(nearest[r]!) - distance(best)) < 1e-4);
      assert.ok(Math.abs(distances[r]! - distance(best)) < 1e-4);
      total += distances[r]!;
      expectedCounts[nearest[r]!]!++;
      for (let j = 0; j < d; j++) expectedSums[nearest[r]! * d + j]! += data[r * d + j]!;
    }
    assert.deepEqual(counts, expectedCounts);
    for (let i = 0; i < k * d; i++) assert.ok(Math.abs(sums[i]! - expectedSums[i]!) < 1e-8);
    assert.equal(inertia, total);
    step.free();
  });
}

test('equal centroids: the lower number; the same bytes on one thread and several', () => {
  const rng = new Rng(3);
  const data = new Float32Array(20_000 * 5).map(() => rng.normal());
  const centroids = new Float32Array(10 * 5).map(() => rng.normal());
  centroids.copyWithin(5, 0, 5);
  const step = new NearestCentroids(data, 20_000, 5);
  const all = threads();
  setThreads(1);
  const one = structuredClone(step.assign(centroids, 10).sums);
  setThreads(3);
  const three = step.assign(centroids, 10);
  assert.deepEqual(three.sums, one);
  assert.equal(three.counts[1], 0);
  setThreads(all);
  step.free();
});
