import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaPath, CURVE_HEIGHT, energyOf, linePath, smooth, tempoOf } from './curve-path.ts';

test('values are scaled, clamped, and unknown stays unknown', () => {
  assert.deepEqual([energyOf(0.3), energyOf(7), energyOf(null), energyOf(Number.NaN)], [0.3, 1, null, null]);
  assert.deepEqual([tempoOf(60), tempoOf(120), tempoOf(300), tempoOf(undefined)], [0, 0.5, 1, null]);
});

test('a line passes over unknown songs and needs two known ones', () => {
  assert.equal(linePath([null, 0.5, null]), '');
  const path = linePath([0, null, 1, 0]);
  assert.equal(path.split('C').length, 3);
  assert.ok(path.startsWith('M125.0 94.0'));
});

test('the area closes at the foot', () => {
  assert.match(areaPath([0, 1]), new RegExp(`^M250\\.0 .*L750\\.0 ${CURVE_HEIGHT}L250\\.0 ${CURVE_HEIGHT}Z$`));
  assert.equal(areaPath([]), '');
});

test('short lists are drawn as they are, long ones as means', () => {
  const values = Array.from({ length: 120 }, (_, i) => i % 2);
  assert.deepEqual(smooth(values.slice(0, 50)), values.slice(0, 50));
  assert.ok(
    smooth(values)
      .slice(5, 100)
      .every((v) => v !== null && v > 0.3 && v < 0.7),
  );
  assert.deepEqual(smooth([null, null]), [null, null]);
});
