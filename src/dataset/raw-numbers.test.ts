import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RawNumbers } from './raw-numbers.ts';

test('the first number said counts, NaN is said, and what no row said is undefined', () => {
  const numbers = new RawNumbers();
  assert.ok(numbers.isEmpty);
  numbers.put(2, undefined);
  assert.ok(numbers.isEmpty, 'takes no memory until a number is said');
  numbers.put(2, 5);
  numbers.put(2, 6);
  numbers.put(0, Number.NaN);
  assert.deepEqual(
    [0, 1, 2, 3].map((at) => numbers.get(at)),
    [Number.NaN, undefined, 5, undefined],
  );
});

test('numbers beyond millions of rows are kept, although the column of marks gets more room than that of values', () => {
  const numbers = new RawNumbers();
  numbers.put(5_000_000, 1);
  numbers.put(12_000_000, 2);
  assert.deepEqual([numbers.get(5_000_000), numbers.get(12_000_000)], [1, 2]);
});
