import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allWithin } from './range.ts';

test('numbers are within a range up to its limit, which is not of it', () => {
  assert.ok(allWithin(Int32Array.of(-1, 4, 0), -1, 5));
  assert.ok(!allWithin(Int32Array.of(-2, 4, 0), -1, 5));
  assert.ok(!allWithin(Int32Array.of(0, 0, 5), -1, 5));
  assert.ok(!allWithin(Int32Array.of(0), 0, 0), 'a range of nothing');
  assert.ok(allWithin(new Int32Array(0), 0, 0));
  assert.ok(!allWithin(Int32Array.of(-(2 ** 31), 2 ** 31 - 1), 0, 10));
});
