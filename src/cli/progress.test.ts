import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duration, TimeLeft } from './progress.ts';

test('the time left is counted down while a slow part runs, follows what goes faster, and is set anew when it was far too short', () => {
  const left = new TimeLeft();
  assert.equal(left.at(50, 0.5), 50);
  // A plain estimate would rise to 60 s.
  assert.equal(left.at(60, 0.5), 40);
  assert.equal(left.at(65, 0.8), 16.25);
  assert.equal(left.at(70, 0.8), 11.25);
  assert.equal(left.at(100, 0.8), 25);
  assert.equal(left.at(100, 1), 1);
});

test('durations are said in the largest units', () => {
  assert.deepEqual([0.4, 59, 61, 3600, 7260].map(duration), ['0 s', '59 s', '1 min 1 s', '1 hr 0 min', '2 hr 1 min']);
});
