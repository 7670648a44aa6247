import assert from 'node:assert/strict';
import { test } from 'node:test';
import { energies, histogram, meanByYear } from './summaries.ts';

test('every known value falls into exactly one bin', () => {
  const bins = histogram([0, 0.5, 0.99, 1, -5, 9, Number.NaN], (v) => !Number.isNaN(v), 0, 1, 4);
  assert.deepEqual(
    bins.map((b) => b.count),
    [2, 0, 1, 3],
  );
  assert.equal(bins[2]!.from, 0.5);
});

test('energy bytes become fractions, 255 stays unknown', () => {
  const points = {
    count: 3,
    x: new Float32Array(3),
    y: new Float32Array(3),
    columns: new Map([['energy', Uint8Array.of(0, 254, 255)]]),
  };
  assert.deepEqual([...energies(points)], [0, 1, Number.NaN]);
});

test('means by year leave out thin years and unknown values', () => {
  const years = [1990, 1990, 1991, -1, 1990];
  assert.deepEqual(meanByYear(years, [0.2, 0.4, 0.9, 0.5, Number.NaN], 2), [
    { year: 1990, mean: 0.30000000000000004, count: 2 },
  ]);
});
