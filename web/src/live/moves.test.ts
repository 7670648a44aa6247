import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movesOf } from './moves.ts';

test('a song rises, falls, stays or is new', () => {
  assert.deepEqual(
    [...movesOf(['a', 'b', 'c', 'd'], ['c', 'b', 'x', 'a'])],
    [
      ['c', 2],
      ['b', 0],
      ['x', 'new'],
      ['a', -3],
    ],
  );
});

test('nothing is new in the first list', () => {
  assert.deepEqual(
    [...movesOf(null, ['a', 'b'])],
    [
      ['a', 0],
      ['b', 0],
    ],
  );
});
