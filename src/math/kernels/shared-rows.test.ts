import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../rng.ts';
import { roomForRows, SharedRows } from './shared-rows.ts';

const [COUNT, WIDTH] = [1001, 12];

test('rows that one thread has filled are scored alike by all, as a loop does', () => {
  const rng = new Rng(7);
  const room = roomForRows(COUNT, WIDTH)!;
  const first = new SharedRows(room, COUNT, WIDTH);
  // As another thread receives it.
  const second = new SharedRows(structuredClone(room), COUNT, WIDTH);
  assert.equal(second.filled, false);
  for (let i = 0; i < first.data.length; i++) first.data[i] = rng.uniform() - 0.5;
  first.setFilled();
  assert.equal(second.filled, true);
  assert.deepEqual(second.data, first.data);
  for (let asked = 0; asked < 2; asked++) {
    const query = Float32Array.from({ length: WIDTH }, () => rng.uniform() - 0.5);
    const found = [first, second].map((rows) => {
      const out = new Float32Array(COUNT);
      rows.scores(query, out);
      return out;
    });
    assert.deepEqual(found[0], found[1]);
    for (let r = 0; r < COUNT; r++) {
      const dot = query.reduce((sum, value, c) => sum + value * first.data[r * WIDTH + c]!, 0);
      assert.ok(Math.abs(found[0]![r]! - dot) < 1e-6, `row ${r}`);
    }
  }
});

test('room of another size, and a query of another length, are refused', () => {
  const room = roomForRows(COUNT, WIDTH)!;
  assert.throws(() => new SharedRows(room, COUNT + 1, WIDTH), { code: 'INTERNAL' });
  const rows = new SharedRows(room, COUNT, WIDTH);
  assert.throws(() => rows.scores(new Float32Array(WIDTH - 4), new Float32Array(COUNT)), { code: 'INTERNAL' });
  assert.throws(() => rows.scores(new Float32Array(WIDTH), new Float32Array(COUNT - 1)), { code: 'INTERNAL' });
});
