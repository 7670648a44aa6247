import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../math/rng.ts';
import { firstRows } from './first-rows.ts';
import { StringColumn } from './strings.ts';

test('the first row of each text is that of a Map', () => {
  const rng = new Rng(4);
  for (const [count, kinds] of [
    [0, 1],
    [1, 1],
    [64, 3],
    [64, 1_000_000],
    [65, 1000],
    [5000, 700],
    [20_000, 1_000_000],
  ] as const) {
    const texts = Array.from({ length: count }, () => {
      const kind = rng.below(kinds);
      // Texts of one beginning, of any length, some empty.
      return kind % 50 === 0 ? '' : `${'é'.repeat(kind % 5)}${kind}`;
    });
    if (count === 64) texts.sort((a, b) => Buffer.byteLength(a) - Buffer.byteLength(b) || (a < b ? -1 : 1));
    const seen = new Map<string, number>();
    const expected = texts.map((text, row) => {
      if (!seen.has(text)) seen.set(text, row);
      return seen.get(text)!;
    });
    const { first, distinct } = firstRows(StringColumn.from(texts));
    assert.deepEqual([...first], expected);
    assert.equal(distinct, seen.size);
  }
});
