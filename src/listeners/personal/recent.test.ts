import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decayedPlays, RECENT_DAYS, recentOf } from './recent.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 1);
const ago = (track: number, days: number) => ({ track, at: NOW - days * DAY });

test('every play of a track counts by its own age', () => {
  const weights = decayedPlays([ago(1, 0), ago(1, 10), ago(1, 20), ago(2, 10)], NOW, 10);
  assert.deepEqual(
    [...weights],
    [
      [1, 1.75],
      [2, 0.5],
    ],
  );
});

test('what was played lately and what was found lately are two queries, the strongest first, of the last 60 days only', () => {
  const old = { track: 7, at: NOW - RECENT_DAYS * DAY };
  const plays = [old, ago(1, 30), ago(1, 20), ago(1, 10), ago(2, 10), ago(3, 1), ago(1, 0)];
  const firstPlays = [old, ago(1, 30), ago(2, 10), ago(3, 1)];
  const { lately, finds } = recentOf(plays, firstPlays, NOW);
  assert.deepEqual([...lately.seeds], [1, 3, 2]);
  assert.deepEqual([...finds.seeds], [3, 2, 1]);
  assert.equal(lately.weights[0], 1);
  assert.ok(Math.abs(finds.weights[1]! - 0.5 ** 0.9) < 1e-6);
  const many = Array.from({ length: 50 }, (_, i) => ago(i, i));
  const most = recentOf(many, many, NOW);
  assert.deepEqual([most.lately.seeds.length, most.finds.seeds.length], [30, 20]);
  assert.ok(most.lately.weights.every((weight) => weight >= 0.05 && weight <= 1));
  assert.equal(recentOf([], [], NOW).finds.seeds.length, 0);
});
