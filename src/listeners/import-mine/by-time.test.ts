import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../../math/rng.ts';
import { byTime } from './by-time.ts';

test('places are those of a stable sort by time, whatever the times and their order', async () => {
  const rng = new Rng(3);
  const count = 5000;
  const many = (time: (i: number) => number): number[] => Array.from({ length: count }, (_, i) => time(i));
  const shapes = {
    none: [],
    'in order': many((i) => 1.6e12 + i * 1000),
    'newest first': many((i) => 1.6e12 - i * 1000),
    'all at once': many(() => 1.6e12),
    'of all centuries': many(() => rng.below(2 ** 31) * 3000),
    'close, and many of one moment': many(() => 1.6e12 + rng.below(50)),
    'two files one after the other': many((i) => 1.6e12 + (i % 2500) * 40_000),
  };
  for (const [what, times] of Object.entries(shapes)) {
    const expected = [...times.keys()].sort((a, b) => times[a]! - times[b]! || a - b);
    assert.deepEqual([...(await byTime(times.length, (i) => times[i]!))], expected, what);
  }
});

test('what is no time that can be stored is not lost', async () => {
  const times = [5, -3, Number.MAX_SAFE_INTEGER, 2];
  assert.deepEqual([...(await byTime(times.length, (i) => times[i]!))], [1, 3, 0, 2]);
});
