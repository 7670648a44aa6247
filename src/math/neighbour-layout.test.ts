import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neighbourGraph } from './neighbour-graph.ts';
import { neighbourLayout } from './neighbour-layout.ts';
import { pca, project } from './pca.ts';
import { Rng } from './rng.ts';

/** Rows around `groups` centres in d dimensions. */
function groupsOf(groups: number, each: number, d: number, spread: number): Float32Array {
  const rng = new Rng(5);
  const centres = Array.from({ length: groups }, () => Array.from({ length: d }, () => 6 * rng.normal()));
  const data = new Float32Array(groups * each * d);
  for (let r = 0; r < groups * each; r++)
    for (let j = 0; j < d; j++) data[r * d + j] = centres[Math.floor(r / each)]![j]! + spread * rng.normal();
  return data;
}

/** The k nearest rows by looking at all pairs. */
function oracle(data: Float32Array, d: number, r: number, k: number): number[] {
  const squared = (o: number): number => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += (data[r * d + j]! - data[o * d + j]!) ** 2;
    return sum;
  };
  return Array.from({ length: data.length / d }, (_, o) => o)
    .filter((o) => o !== r)
    .sort((a, b) => squared(a) - squared(b) || a - b)
    .slice(0, k);
}

test('principal components are orthonormal, ordered, and give back the total variance', () => {
  const data = groupsOf(4, 60, 5, 1);
  const { components, variance, share } = pca(data, 5, 5);
  for (let a = 0; a < 5; a++)
    for (let b = 0; b < 5; b++) {
      let dot = 0;
      for (let j = 0; j < 5; j++) dot += components[a * 5 + j]! * components[b * 5 + j]!;
      assert.ok(Math.abs(dot - (a === b ? 1 : 0)) < 1e-10);
    }
  assert.ok(variance.every((v, i) => i === 0 || v <= variance[i - 1]! + 1e-12));
  assert.ok(Math.abs(share.reduce((x, y) => x + y) - 1) < 1e-10);
});

test('components of rows that all are equal, and of rows left out', () => {
  const equal = pca(new Float32Array(12).fill(3), 3, 2);
  assert.ok(equal.variance.every((v) => v === 0) && equal.share.every((v) => v === 0));
  const data = Float32Array.of(1, 1, 2, 2, 3, 3, 100, -100);
  const { components } = pca(data, 2, 1, Uint8Array.of(1, 1, 1, 0));
  assert.ok(Math.abs(components[0]! - Math.SQRT1_2) < 1e-9 && Math.abs(components[1]! - Math.SQRT1_2) < 1e-9);
});

test('few rows: the exact neighbours; as many as there are', () => {
  const data = groupsOf(3, 20, 4, 1);
  const { neighbours } = neighbourGraph(data, 4, 5, new Rng(1));
  for (let r = 0; r < 60; r++) assert.deepEqual([...neighbours.subarray(r * 5, r * 5 + 5)], oracle(data, 4, r, 5));
  assert.deepEqual([...neighbourGraph(data.subarray(0, 8), 4, 3, new Rng(1)).neighbours], [1, -1, -1, 0, -1, -1]);
});

test('many rows: most of the exact neighbours are found', () => {
  const data = groupsOf(30, 200, 8, 2);
  const { neighbours } = neighbourGraph(data, 8, 10, new Rng(1));
  let found = 0;
  for (let r = 0; r < 6000; r += 60) {
    const expected = new Set(oracle(data, 8, r, 10));
    for (const o of neighbours.subarray(r * 10, r * 10 + 10)) if (expected.has(o)) found++;
  }
  assert.ok(found >= 900, `${found} of 1000`);
});

test('the picture keeps more neighbours together than the principal plane, and the same seed draws the same', () => {
  const d = 10;
  const data = groupsOf(12, 40, d, 1);
  const graph = neighbourGraph(data, d, 10, new Rng(1));
  const start = project(data, d, pca(data, d, 2));
  const draw = (): Float32Array => neighbourLayout(graph, start, new Rng(2));
  const picture = draw();
  assert.deepEqual(picture, draw());
  assert.ok(picture.every(Number.isFinite));
  const kept = (plane: Float32Array): number => {
    let same = 0;
    for (let r = 0; r < 480; r++)
      for (const o of oracle(plane, 2, r, 10)) if (Math.floor(o / 40) === Math.floor(r / 40)) same++;
    return same / 4800;
  };
  assert.ok(kept(picture) > 0.95 && kept(picture) > kept(start), `${kept(start)} → ${kept(picture)}`);
});
