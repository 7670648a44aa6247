import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apart } from './apart.ts';

test('labels keep their order and their distance, and stay below the top', () => {
  const places = apart([{ value: 0.98 }, { value: 0.2 }, { value: 1 }, { value: 0.97 }], 0.1, 1).map(({ at }) => at);
  assert.equal(places[0], 0.2);
  for (let i = 1; i < places.length; i++) assert.ok(places[i]! - places[i - 1]! > 0.0999);
  assert.equal(places.at(-1), 1);
});
