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

const widthOf = (text: string): number => 7 * text.length;
const size = { width: 400, height: 400 };

test('names do not cover each other; the larger group wins; groups outside the window have none', () => {
  const names = [
    { text: 'small', x: 0, y: 0, count: 1 },
    { text: 'large', x: 0.01, y: 0, count: 9 },
    { text: 'far', x: 0, y: 0.5, count: 2 },
    { text: 'outside', x: 9, y: 9, count: 99 },
  ];
  const placed = placeNames(names, { x: 0, y: 0, scale: 100 }, size, size, widthOf);
  assert.deepEqual(
    placed.map((p) => names[p.name]!.text),
    ['large', 'far'],
  );
});

test('a name at the edge of the window is moved in; one beyond it that would reach in, or is wider than it, is left out', () => {
  const names = [
    { text: 'a name at the left', x: -1.95, y: 1.99, count: 3 },
    { text: 'a name at the right', x: 1.95, y: -1.99, count: 2 },
    { text: 'long '.repeat(20), x: 0, y: 0, count: 9 },
    { text: 'half outside', x: 2.1, y: 0, count: 5 },
    { text: 'outside', x: 2.5, y: 0, count: 5 },
  ];
  const picture = { width: 600, height: 600 };
  const placed = placeNames(names, { x: 0, y: 0, scale: 100 }, picture, size, widthOf);
  assert.deepEqual(placed.map((p) => p.name).sort(), [0, 1, 4]);
  for (const { name, px, py } of placed.slice(1)) {
    const half = widthOf(names[name]!.text) / 2;
    assert.ok(px - half >= 100 && px + half <= 500 && py >= 110 && py <= 490, names[name]!.text);
  }
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
