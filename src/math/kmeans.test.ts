import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { kMeans, nearestCentroid, plusPlus } from './kmeans.ts';
import { Rng } from './rng.ts';
import { silhouette } from './silhouette.ts';

/** Groups of rows around well separated centres. */
function blobs(groups: number, each: number, d: number, seed: number): Float32Array {
  const rng = new Rng(seed);
  const data = new Float32Array(groups * each * d);
  for (let g = 0; g < groups; g++)
    for (let i = 0; i < each; i++)
      for (let j = 0; j < d; j++)
        data[(g * each + i) * d + j] = (j === g % d ? 20 * (1 + Math.floor(g / d)) : 0) + rng.normal();
  return data;
}

test('finds separated groups whatever the seed', () => {
  const data = blobs(6, 50, 3, 1);
  for (let seed = 0; seed < 10; seed++) {
    const { nearest, counts, k } = kMeans(data, 300, 3, 6, { rng: new Rng(seed), restarts: 3 });
    assert.equal(k, 6);
    assert.deepEqual([...counts], [50, 50, 50, 50, 50, 50]);
    for (let g = 0; g < 6; g++) assert.equal(new Set(nearest.subarray(g * 50, (g + 1) * 50)).size, 1);
  }
});

test('every row is with its nearest centroid, and inertia is the sum of those distances', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 5 }), (seed, n, k) => {
      const rng = new Rng(seed);
      const data = new Float32Array(n * 2).map(() => rng.normal());
      const found = kMeans(data, n, 2, k, { rng });
      let inertia = 0;
      for (let r = 0; r < n; r++) {
        const distances = Array.from({ length: found.k }, (_, c) =>
          [0, 1].reduce((sum, j) => sum + (data[r * 2 + j]! - found.centroids[c * 2 + j]!) ** 2, 0),
        );
        const own = distances[found.nearest[r]!]!;
        assert.ok(own <= Math.min(...distances) + 1e-5);
        inertia += own;
      }
      assert.ok(Math.abs(inertia - found.inertia) < 1e-3 * (1 + inertia));
    }),
    { numRuns: 50 },
  );
});

test('inertia never rises from one iteration to the next', () => {
  const rng = new Rng(4);
  const data = new Float32Array(4000).map(() => rng.normal());
  const curve: number[] = [];
  kMeans(data, 1000, 4, 12, { rng, onIteration: (_, inertia) => curve.push(inertia) });
  assert.ok(curve.length > 3);
  for (let i = 1; i < curve.length; i++) assert.ok(curve[i]! <= curve[i - 1]! * (1 + 1e-6));
});

test('step by step the same as comparing every row with every centroid', () => {
  const n = 6000;
  const d = 6;
  const k = 9;
  const rng = new Rng(12);
  const data = new Float32Array(n * d).map((_, i) => rng.normal() + ((i / d) % 4));
  const start = plusPlus(data, n, d, k, rng);
  const found = kMeans(data, n, d, k, { rng, start, tolerance: 0 });
  let centroids = start;
  for (let iteration = 1; iteration < found.iterations; iteration++) {
    const sums = new Float64Array(k * d);
    const counts = new Int32Array(k);
    for (let r = 0; r < n; r++) {
      const c = nearestCentroid(data.subarray(r * d, (r + 1) * d), centroids, k);
      counts[c]!++;
      for (let j = 0; j < d; j++) sums[c * d + j]! += data[r * d + j]!;
    }
    centroids = Float32Array.from(sums, (sum, i) => sum / counts[Math.floor(i / d)]!);
  }
  assert.ok(found.iterations > 10);
  assert.deepEqual(found.centroids, centroids);
});

test('more clusters than rows, equal rows and a bad start are answered', () => {
  const few = kMeans(Float32Array.of(1, 2, 3), 3, 1, 20, { rng: new Rng(1) });
  assert.equal(few.k, 3);
  assert.ok(few.inertia < 1e-9);
  const equal = kMeans(new Float32Array(40).fill(2), 20, 2, 4, { rng: new Rng(1) });
  assert.ok(equal.centroids.every((value) => value === 2));
  assert.equal(equal.inertia, 0);
  // Both centroids start far away on one side, so one is empty at first.
  const start = Float32Array.of(-100, -200);
  const moved = kMeans(Float32Array.of(0, 1, 10, 11), 4, 1, 2, { rng: new Rng(1), start });
  assert.deepEqual([...moved.counts].sort(), [2, 2]);
  assert.ok(Math.abs(moved.inertia - 1) < 1e-6);
});

test('the same seed gives the same clusters; k-means++ starts at rows of the data', () => {
  const data = blobs(5, 40, 4, 3);
  const run = (): unknown => kMeans(data, 200, 4, 7, { rng: new Rng(9) });
  assert.deepEqual(run(), run());
  const start = plusPlus(data, 200, 4, 7, new Rng(2));
  const rows = new Set(Array.from({ length: 200 }, (_, r) => data.subarray(r * 4, r * 4 + 4).join()));
  for (let c = 0; c < 7; c++) assert.ok(rows.has(start.subarray(c * 4, c * 4 + 4).join()));
});

test('silhouettes: near 1 for separated groups, near 0 for arbitrary labels, 0 for single rows', () => {
  const data = blobs(3, 30, 3, 2);
  const right = Int32Array.from({ length: 90 }, (_, r) => Math.floor(r / 30));
  const { mean, byCluster } = silhouette(data, 3, right, 3);
  assert.ok(mean > 0.85 && byCluster.every((value) => value > 0.85));
  const arbitrary = silhouette(
    data,
    3,
    Int32Array.from({ length: 90 }, (_, r) => r % 3),
    3,
  );
  assert.ok(Math.abs(arbitrary.mean) < 0.1);
  assert.equal(silhouette(Float32Array.of(1, 5), 1, Int32Array.of(0, 1), 2).mean, 0);
});
