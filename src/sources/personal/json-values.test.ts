import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasTooManyValues, MOST_VALUES } from './json-values.ts';

test('more values than any export holds are told, whatever they are; commas in strings part none', () => {
  const tooMany = (value: string, count: number): boolean =>
    hasTooManyValues(Buffer.from(`[${`${value},`.repeat(count - 1)}${value}]`));
  assert.equal(tooMany('1', MOST_VALUES), false);
  assert.equal(tooMany('1', MOST_VALUES + 1), true);
  assert.equal(tooMany('{}', MOST_VALUES / 2 + 1), true);
  assert.equal(tooMany('",{\\",["', MOST_VALUES / 2), false);
});
