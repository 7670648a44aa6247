import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HALF_LIFE_DAYS, historyWeights, type Played } from './history.ts';

const DAY = 86_400;
const weightsOf = (history: Played[]): Map<number, number> => {
  const { tracks, weights } = historyWeights(history);
  return new Map(Array.from(tracks, (t, i) => [t, weights[i]!]));
};

test('recent and frequent plays weigh more, likes double, dislikes are −1', () => {
  const now = 1_000_000_000;
  const weights = weightsOf([
    { track: 0, count: 1, at: now },
    { track: 1, count: 1, at: now - HALF_LIFE_DAYS * DAY },
    { track: 2, count: Math.E, at: now },
    { track: 3, count: 1, at: now, liked: true },
    { track: 4, count: 50, at: now, liked: false },
    { track: 5, count: 1, at: Number.NaN },
    { track: 6, count: 0, at: now },
    { track: 7, count: 0, at: now, liked: true },
  ]);
  const most = 2;
  const expected: [number, number][] = [
    [0, 1 / most],
    [1, 0.5 / most],
    [2, 1],
    [3, 1],
    [4, -1],
    [5, 0.5 / most],
    [7, 1],
  ];
  assert.deepEqual(
    [...weights.keys()],
    expected.map(([t]) => t),
  );
  for (const [track, weight] of expected) assert.ok(Math.abs(weights.get(track)! - weight) < 1e-6, `track ${track}`);
});

test('a track that occurs twice counts once, with plays added up and the last opinion', () => {
  const split = weightsOf([
    { track: 1, count: 2, at: 100 },
    { track: 2, count: 5, at: 200 },
    { track: 1, count: 3, at: 200, liked: true },
  ]);
  const whole = weightsOf([
    { track: 1, count: 5, at: 200, liked: true },
    { track: 2, count: 5, at: 200 },
  ]);
  assert.deepEqual(split, whole);
});

test('weights lie in [−1, 1], the largest liked one is 1, and shifting all times changes nothing', () => {
  const entry = fc.record({
    track: fc.nat(20),
    count: fc.integer({ min: 0, max: 1000 }),
    at: fc.integer({ min: 0, max: 2_000_000_000 }),
    liked: fc.option(fc.boolean(), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), (history) => {
      const weights = weightsOf(history);
      for (const w of weights.values()) assert.ok(w >= -1 && w <= 1 && w !== 0);
      const positive = [...weights.values()].filter((w) => w > 0);
      if (positive.length > 0) assert.equal(Math.max(...positive), 1);
      assert.deepEqual(weightsOf(history.map((h) => ({ ...h, at: h.at + 1000 }))), weights);
    }),
  );
  assert.equal(historyWeights([]).tracks.length, 0);
});
