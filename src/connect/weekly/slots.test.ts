import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysOf } from './slots.ts';

test('a mix keeps its playlist, a new one takes over that of a mix that is gone, and none is left over', () => {
  const first = keysOf(['Rock mix', 'Jazz mix', 'Folk mix'], []);
  assert.deepEqual(first, ['weekly-mix:1', 'weekly-mix:2', 'weekly-mix:3']);
  const before = [
    { key: first[0]!, name: 'Rock mix' },
    { key: first[1]!, name: 'Jazz mix' },
    { key: first[2]!, name: 'Folk mix' },
    { key: 'saved:abc', name: 'Metal mix' },
  ];
  assert.deepEqual(keysOf(['Metal mix', 'Folk mix', 'Rock mix'], before), [first[1], first[2], first[0]]);
  assert.deepEqual(keysOf(['Folk mix', 'A', 'B', 'C'], before), [first[2], first[0], first[1], 'weekly-mix:4']);
  assert.deepEqual(keysOf([], before), []);
});
