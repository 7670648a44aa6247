import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeNames, regionNames, shortNames } from './regions.ts';

test('a name stands at the median of its group; groups without a place have none', () => {
  const x = Float32Array.of(0, 1, 2, 90, 5, Number.NaN);
  const y = Float32Array.of(0, 1, 2, 90, 5, Number.NaN);
  const groups = [
    { label: 'rock', count: 4 },
    { label: 'jazz', count: 1 },
    { label: 'lost', count: 1 },
  ];
  assert.deepEqual(regionNames(groups, [0, 0, 0, 0, 1, 2], x, y), [
    { text: 'rock', x: 2, y: 2, count: 4 },
    { text: 'jazz', x: 5, y: 5, count: 1 },
  ]);
});

test('names do not cover each other or leave the window; the larger group wins', () => {
  const names = [
    { text: 'small', x: 0, y: 0, count: 1 },
    { text: 'large', x: 0.01, y: 0, count: 9 },
    { text: 'far', x: 0, y: 0.5, count: 2 },
    { text: 'outside', x: 9, y: 9, count: 99 },
  ];
  const placed = placeNames(names, { x: 0, y: 0, scale: 100 }, { width: 400, height: 400 });
  assert.deepEqual(
    placed.map((p) => names[p.name]!.text),
    ['large', 'far'],
  );
});

test('names that would read alike are told apart', () => {
  assert.deepEqual(shortNames(['rock, 1990s', 'calm pop, 1980s', 'calm pop, 2010s', 'jazz', 'jazz']), [
    'rock',
    'calm pop, 1980s',
    'calm pop, 2010s',
    'jazz 1',
    'jazz 2',
  ]);
});
