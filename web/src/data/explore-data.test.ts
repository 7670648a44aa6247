import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellsOf, genreCells, readExplore } from './explore-data.ts';

const whole = {
  version: 1,
  gaps: [],
  features: [],
  correlations: { names: [], values: [] },
  byYear: [],
  byGenre: [],
  popularity: { curve: [], gini: 0, topShare: 0, unheld: 0, once: 0 },
  lengths: [],
};

test('only exploration data of this version is drawn', () => {
  assert.ok(readExplore(whole));
  for (const bad of [
    null,
    {},
    { ...whole, version: 2 },
    { ...whole, features: {} },
    { ...whole, popularity: null },
    { counts: {} },
  ])
    assert.equal(readExplore(bad), null);
});

test('matrices become cells row by row', () => {
  assert.deepEqual(cellsOf(['a', 'b'], [1, 0.5, null, 1])[2], { row: 'b', column: 'a', value: null });
  const cells = genreCells(
    [{ genre: 'soul', tracks: 3, means: { energy: -1 } }],
    [
      { id: 'energy', title: 'Energy' },
      { id: 'x', title: 'X' },
    ],
  );
  assert.deepEqual(cells, [
    { row: 'soul', column: 'Energy', value: -1 },
    { row: 'soul', column: 'X', value: null },
  ]);
});
