import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../math/rng.ts';
import { IdColumn } from './id-column.ts';

test('ids are numbered by first appearance, few or many, short or long, as bytes or texts', () => {
  const rng = new Rng(3);
  const column = new IdColumn();
  const known = new Map<string, number>();
  const expected: number[] = [];
  const numberOf = (id: string): number => {
    if (!known.has(id)) known.set(id, known.size);
    return known.get(id)!;
  };
  for (let i = 0; i < 150_000; i++) {
    const id = `${i % 3 === 0 ? 'ü' : 'u'}${rng.below(120_000)}${i % 5000 === 0 ? 'x'.repeat(70_000) : ''}`;
    const bytes = Buffer.from(`.${id}`);
    if (i % 2 === 0) column.add(bytes, 1, bytes.length);
    else column.addText(id);
    expected.push(numberOf(id));
  }
  const ids = column.finish();
  assert.ok(ids.length > 1 << 16);
  assert.deepEqual(Array.from(column.takeNumbers()), expected);
  assert.ok([...known.keys()].every((id, i) => ids.get(i) === id));
});
