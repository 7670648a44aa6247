import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinRows } from './row-store.ts';

test('joined queries keep their rows, in whichever part they were', () => {
  const part = (labels: number[], groups: number[]) => ({
    features: Float32Array.from(labels.flatMap((label) => [label, 10 * label])),
    labels: Float32Array.from(labels),
    groups: Int32Array.from(groups),
  });
  const { features, labels, groups } = joinRows([part([1, 2, 3], [0, 1, 3]), part([], [0]), part([4, 5], [0, 0, 2])]);
  assert.deepEqual([...labels], [1, 2, 3, 4, 5]);
  assert.deepEqual([...features], [1, 10, 2, 20, 3, 30, 4, 40, 5, 50]);
  assert.deepEqual([...groups], [0, 1, 3, 3, 5]);
  assert.deepEqual([...joinRows([]).groups], [0]);
});
