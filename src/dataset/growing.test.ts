import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Growing, growingIds, growingInt32, roomFor } from './growing.ts';

const MB = 1 << 20;

test('short columns grow by doubling, long ones of zeros by steps, those beyond by doubling', () => {
  assert.equal(roomFor(11, 10, 4), 20);
  assert.equal(roomFor(50, 10, 4), 50);
  assert.equal(roomFor(MB, 1, 4), MB);
  assert.equal(roomFor(MB + 1, 1, 4), 16 * MB);
  assert.equal(roomFor(0, 16 * MB, 4), 64 * MB);
  assert.equal(roomFor(0, 64 * MB, 4), 128 * MB);
  assert.equal(roomFor(4 * MB + 1, 0, 1), 64 * MB);
});

test('a column that grew holds its values, then its missing value', () => {
  for (const [make, missing] of [
    [growingInt32, 0],
    [growingIds, -1],
  ] as const) {
    const column = make(4);
    const values = 3 * MB;
    for (let i = 0; i < values; i++) column.push(i);
    column.extend(values + 2);
    const { data, length } = column;
    assert.equal(length, values + 2);
    for (let i = 0; i < values; i++) if (data[i] !== i) assert.fail(`${i}`);
    assert.deepEqual([...data.subarray(values, values + 2)], [missing, missing]);
    assert.equal(column.take().length, values + 2);
  }
});

test('a column whose missing value is not 0, and would be written, gets no more than twice its room', () => {
  const ids = growingIds(2 * MB);
  ids.extend(2 * MB + 1);
  assert.equal(ids.data.length, 4 * MB);
  const zeros = new Growing((n) => new Int32Array(n), 2 * MB);
  zeros.extend(2 * MB + 1);
  assert.equal(zeros.data.length, 16 * MB);
});
