import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEEPEST_JSON, isTextTooDeep, isTooDeep } from './json-depth.ts';

const deep = (text: string): boolean => isTooDeep(Buffer.from(text));

test('values that nest deeper than any export are told; brackets in strings and lists one after the other are not nested', () => {
  const nested = (levels: number): string => `${'{"a":['.repeat(levels / 2)}${']}'.repeat(levels / 2)}`;
  assert.equal(deep(nested(DEEPEST_JSON)), false);
  assert.equal(deep(nested(DEEPEST_JSON + 2)), true);
  assert.equal(deep(`["${'['.repeat(1000)}", "\\"${'{'.repeat(1000)}", "\\\\"]`), false);
  assert.equal(deep(`["\\\\", ${nested(DEEPEST_JSON)}]`), true);
  assert.equal(deep(`[${Array.from({ length: 1000 }, () => '[[],{}]').join(',')}]`), false);
  assert.equal(deep(`["${'['.repeat(1000)}`), false);
});

test('of texts only long ones are looked at', () => {
  assert.equal(isTextTooDeep('['.repeat(65_536)), false);
  assert.equal(isTextTooDeep('['.repeat(65_537)), true);
  assert.equal(isTextTooDeep(`["${'é'.repeat(65_537)}"]`), false);
});
