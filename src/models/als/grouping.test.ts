import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromRows } from '../../math/csr.ts';
import { groupTracks } from './grouping.ts';

test('tracks of one and the same owner become one column that counts several times', () => {
  // 0 and 4 belong to owner 0 alone, 5 to owner 1 alone; 6 to nobody.
  const matrix = fromRows(
    [
      [4, 1, 0, 2],
      [2, 5, 1],
      [1, 3],
      [3, 2],
    ],
    7,
  );
  const { matrix: grouped, columnOf, sizes } = groupTracks(matrix);
  assert.deepEqual([...columnOf], [0, 1, 2, 3, 0, 4, -1]);
  assert.deepEqual([...sizes], [2, 1, 1, 1, 1]);
  assert.deepEqual([...grouped.ptr], [0, 3, 6, 8, 10]);
  assert.deepEqual([...grouped.idx], [0, 1, 2, 2, 4, 1, 1, 3, 3, 2]);
  assert.deepEqual([...grouped.values!], [2, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
});

test('entries with weights of their own stay apart', () => {
  const matrix = { ...fromRows([[0, 1]], 2), values: Float32Array.of(0.5, 2) };
  const { matrix: grouped, columnOf } = groupTracks(matrix);
  assert.deepEqual([...columnOf], [0, 1]);
  assert.deepEqual([...grouped.values!], [0.5, 2]);
});
