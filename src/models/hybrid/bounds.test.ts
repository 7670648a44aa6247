import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsFor, loadBounds, saveBounds, UNBOUNDED } from './bounds.ts';

test('bounds come back from JSON as they were, also where there is none', () => {
  for (const bounds of [boundsFor(100), boundsFor(1_000_000), UNBOUNDED])
    assert.deepEqual(loadBounds(JSON.parse(JSON.stringify(saveBounds(bounds)))), bounds);
});

test('bounds saved before version 12 feed nothing back from titles', () => {
  const { titleSeeds: _, ...saved } = saveBounds(boundsFor(1_000_000));
  assert.deepEqual(loadBounds(saved), { ...boundsFor(1_000_000), titleSeeds: 0 });
  assert.ok(boundsFor(1_000_000).titleSeeds > 0);
});

test('a small library is bounded only in how many candidates are ranked', () => {
  const { perSong, leastRanked, ...others } = boundsFor(20_000);
  const { perSong: _, leastRanked: __, ...free } = UNBOUNDED;
  assert.deepEqual(others, free);
  assert.ok(Number.isFinite(perSong) && leastRanked >= 1000);
  assert.ok(boundsFor(20_001).leastHeld > 0);
  assert.ok(boundsFor(1_000_000).entries < boundsFor(20_001).entries);
});

test('what is no bounds is refused', () => {
  const saved = saveBounds(boundsFor(1_000_000));
  const wrong = [null, 3, {}, { ...saved, voters: -1 }, { ...saved, entries: '7' }, { ...saved, leastHeld: 1.5 }];
  for (const bounds of [...wrong, { ...saved, voters: 'none' }]) assert.equal(loadBounds(bounds), null);
});
