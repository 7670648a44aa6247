import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsFor, loadBounds, saveBounds } from './bounds.ts';

test('bounds come back from JSON as they were, also where there is none', () => {
  for (const owners of [100, 1_000_000]) {
    const bounds = boundsFor(owners);
    assert.deepEqual(loadBounds(JSON.parse(JSON.stringify(saveBounds(bounds)))), bounds);
  }
});

test('what is no bounds is refused', () => {
  const saved = saveBounds(boundsFor(1_000_000));
  const wrong = [null, 3, {}, { ...saved, voters: -1 }, { ...saved, entries: '7' }, { ...saved, leastHeld: 1.5 }];
  for (const bounds of [...wrong, { ...saved, voters: 'none' }]) assert.equal(loadBounds(bounds), null);
});
