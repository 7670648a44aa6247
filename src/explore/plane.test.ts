import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../math/rng.ts';
import { besides, intoSquare } from './plane.ts';

test('values fill [−1, 1] in their order and do not pile up at the edges', () => {
  const rng = new Rng(1);
  // Heavy tails on one side, as principal components have.
  const values = new Float32Array(5000).map(() => Math.exp(1.5 * rng.normal()));
  const square = values.slice();
  intoSquare(square);
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  for (let i = 1; i < order.length; i++) assert.ok(square[order[i]!]! >= square[order[i - 1]!]!);
  assert.ok(square.every((value) => value >= -1 && value <= 1));
  assert.ok(square.filter((value) => Math.abs(value) > 0.999).length <= 2);
  const middle = square.filter((value) => Math.abs(value) <= 0.9201).length / values.length;
  assert.ok(middle > 0.97 && middle < 0.99, `${middle} of the values are drawn to scale`);
});

test('equal, missing and few values have a place', () => {
  for (const values of [[], [3], [2, 2, 2], [1, Number.NaN], [Number.NaN], [0, 1]]) {
    const square = Float32Array.from(values);
    intoSquare(square);
    square.forEach((value, i) => {
      assert.equal(Number.isNaN(value), Number.isNaN(values[i]!));
      assert.ok(Number.isNaN(value) || Math.abs(value) <= 1);
    });
  }
});

test('points of one spot fill a disc evenly', () => {
  const points = Array.from({ length: 400 }, (_, place) => besides(place, 1));
  let least = Number.POSITIVE_INFINITY;
  for (let a = 0; a < 400; a++)
    for (let b = 0; b < a; b++)
      least = Math.min(least, Math.hypot(points[a]![0] - points[b]![0], points[a]![1] - points[b]![1]));
  assert.ok(least > 0.4);
  assert.ok(points.every(([x, y]) => Math.hypot(x, y) <= 10));
});
