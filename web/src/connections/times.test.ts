import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, day, left, until } from './times.ts';

test('times are said in the largest unit that has passed, and rounded up where they lie ahead', () => {
  const now = Date.UTC(2026, 5, 1);
  assert.deepEqual(
    [0, 59_999, 60_000, 3_599_999, 7_200_000, 86_400_000, 3 * 86_400_000, -5].map((passed) => ago(now - passed, now)),
    ['just now', 'just now', '1 minute ago', '59 minutes ago', '2 hours ago', 'yesterday', '3 days ago', 'just now'],
  );
  assert.deepEqual([0.2, 59, 61, 120].map(left), [
    'about 1 s left',
    'about 59 s left',
    'about 2 min left',
    'about 2 min left',
  ]);
  assert.deepEqual(
    [-5, 60_000, 90_000, 7_199_999, 7_200_000, 86_400_000].map((ahead) => until(now + ahead, now)),
    ['in 1 minute', 'in 1 minute', 'in 2 minutes', 'in 2 hours', 'in 2 hours', 'in 24 hours'],
  );
  assert.equal(day('2026-11-30'), 'Monday 30 November');
});
