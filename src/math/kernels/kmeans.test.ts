import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
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
    const { nearest, sums, counts, inertia } = step.assign(centroids, k);
    const { distances, inertia: summed } = step.distances();
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
    assert.ok(Math.abs(summed - total) < 1e-9 * total);
    // From the sums of the rows, or from the distances: the same but for float32's rounding of each.
    assert.ok(Math.abs(inertia - total) < 1e-5 * total + 1e-6);
    step.free();
  });
}

test('bounds change nothing: centroids that wander, jump and coincide are answered as without bounds', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 13 }),
      fc.constantFrom(0, 3, 1000),
      (seed, count, d, k, offset) => {
        const rng = new Rng(seed);
        // Integers give many equal distances; an offset leaves few digits to distinguish them.
        const value = (): number => offset + (seed % 2 === 0 ? rng.normal() : rng.below(4));
        const data = new Float32Array(count * d).map(value);
        const centroids = new Float32Array(k * d).map(value);
        const bounded = new NearestCentroids(data, count, d);
        for (let step = 0; step < 12; step++) {
          const plain = new NearestCentroids(data, count, d);
          const expected = plain.assign(centroids, k);
          const found = bounded.assign(centroids, k);
          assert.deepEqual(found.nearest, expected.nearest);
          assert.deepEqual(found.counts, expected.counts);
          for (let i = 0; i < k * d; i++)
            assert.ok(Math.abs(found.sums[i]! - expected.sums[i]!) <= 1e-12 * count * (4 + offset));
          plain.free();
          const c = rng.below(k);
          const kind = rng.below(3);
          for (let i = 0; i < k * d; i++) if (kind === 0) centroids[i]! += (0.3 * rng.normal()) / (1 + step);
          if (kind === 1) for (let j = 0; j < d; j++) centroids[c * d + j] = value();
          if (kind === 2) centroids.copyWithin(c * d, 0, d);
        }
        bounded.free();
      },
    ),
    { numRuns: 150 },
  );
});

test('equal centroids: the lower number; the same bytes on one thread and several', () => {
  const rng = new Rng(3);
  const data = new Float32Array(20_000 * 5).map(() => rng.normal());
  const centroids = new Float32Array(10 * 5).map(() => rng.normal());
  centroids.copyWithin(5, 0, 5);
  const step = new NearestCentroids(data, 20_000, 5);
  const all = threads();
  setThreads(1);
  const moved = centroids.map((x) => x + 0.01 * rng.normal());
  const twice = (): unknown => {
    step.forget();
    const { counts } = step.assign(centroids, 10);
    assert.equal(counts[1], 0);
    return structuredClone([step.assign(moved, 10), step.distances()]);
  };
  const one = twice();
  setThreads(3);
  assert.deepEqual(twice(), one);
  setThreads(all);
  step.free();
});
