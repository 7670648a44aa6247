import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Rng } from '../rng.ts';
import { solveRows } from './als.ts';
import { Region } from './memory.ts';
import { invertPositiveDefinite, solveSystems } from './solve.ts';

const region = new Region();
afterEach(() => region.free());

/** Random symmetric positive definite: B Bᵀ / n + ridge · I. */
function positiveDefinite(n: number, ridge: number, rng: Rng): Float64Array {
  const b = Float64Array.from({ length: n * n }, () => rng.normal());
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? ridge : 0;
      for (let k = 0; k < n; k++) sum += (b[i * n + k]! * b[j * n + k]!) / n;
      a[i * n + j] = sum;
      a[j * n + i] = sum;
    }
  return a;
}

/** Gaussian elimination in float64, the oracle. */
function solveNaive(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  const a = matrix.slice();
  const x = vector.slice();
  for (let k = 0; k < n; k++) {
    for (let i = k + 1; i < n; i++) {
      const f = a[i * n + k]! / a[k * n + k]!;
      for (let j = k; j < n; j++) a[i * n + j]! -= f * a[k * n + j]!;
      x[i]! -= f * x[k]!;
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = k + 1; j < n; j++) x[k]! -= a[k * n + j]! * x[j]!;
    x[k]! /= a[k * n + k]!;
  }
  return x;
}

for (const d of [8, 24, 64, 136, 256]) {
  test(`batched systems of order ${d} equal Gaussian elimination`, () => {
    const rng = new Rng(d);
    const count = 5;
    const matrices = region.float32(count * d * d);
    const vectors = region.float32(count * d);
    const expected: Float64Array[] = [];
    for (let i = 0; i < count; i++) {
      const a = positiveDefinite(d, 0.5, rng);
      const b = Float64Array.from({ length: d }, () => rng.normal());
      matrices.set(a, i * d * d);
      vectors.set(b, i * d);
      expected.push(solveNaive(a, b));
    }
    solveSystems(matrices, vectors, count, d);
    for (let i = 0; i < count; i++)
      for (let j = 0; j < d; j++) assert.ok(Math.abs(vectors[i * d + j]! - expected[i]![j]!) < 1e-3, `system ${i}`);
  });
}

test('a singular system is named', () => {
  const matrices = region.float32(3 * 64);
  for (let i = 0; i < 8; i++) for (const s of [0, 2]) matrices[s * 64 + i * 9] = 1;
  assert.throws(() => solveSystems(matrices, region.float32(24), 3, 8), {
    code: 'UNSOLVABLE',
    message: /system 1 .*regularisation/,
  });
});

for (const n of [1, 7, 256, 300, 700]) {
  test(`the inverse of order ${n} times the matrix is the unit matrix`, () => {
    const a = positiveDefinite(n, 1, new Rng(n));
    const inverse = region.place(Float32Array.from(a));
    let progress = 0;
    invertPositiveDefinite(inverse, n, (fraction) => {
      assert.ok(fraction > progress);
      progress = fraction;
    });
    assert.equal(progress, 1);
    // Rows at a stride keep the naive product affordable.
    for (let i = 0; i < n; i += 13)
      for (let j = 0; j < n; j += 7) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += inverse[i * n + k]! * a[k * n + j]!;
        assert.ok(Math.abs(sum - (i === j ? 1 : 0)) < 1e-4, `(${i}, ${j}) is ${sum}`);
        assert.equal(inverse[i * n + j], inverse[j * n + i]);
      }
  });
}

test('a matrix that is not positive definite is refused, naming the row', () => {
  const a = region.float32(300 * 300);
  for (let i = 0; i < 300; i++) a[i * 301] = i === 280 ? -1 : 1;
  assert.throws(() => invertPositiveDefinite(a, 300), { code: 'UNSOLVABLE', message: /row 280 of 300/ });
});

interface Problem {
  ptr: Int32Array;
  idx: Int32Array;
  weights: Float32Array;
  targets: Float32Array;
  lambdas: Float32Array;
  gram: Float32Array;
  factors: Float32Array;
  rows: number;
  d: number;
}

function problem(d: number, seed: number): Problem {
  const rng = new Rng(seed);
  const rows = 300;
  const columns = 50;
  const lists = Array.from({ length: rows }, (_, r) => rng.sample(columns, r % 3 === 0 ? 0 : rng.below(45) + 1));
  const ptr = region.int32(rows + 1);
  lists.forEach((list, r) => {
    ptr[r + 1] = ptr[r]! + list.length;
  });
  const idx = region.int32(ptr[rows]!);
  lists.forEach((list, r) => {
    idx.set(list, ptr[r]!);
  });
  const factors = region.float32(columns * d);
  for (let i = 0; i < factors.length; i++) factors[i] = rng.normal() * 0.3;
  return {
    ptr,
    idx,
    weights: region.float32(idx.length).map(() => rng.uniform() * 3),
    targets: region.float32(idx.length).map(() => rng.uniform() + 0.5),
    lambdas: region.float32(rows).map(() => 0.2 + rng.uniform()),
    gram: region.place(Float32Array.from(positiveDefinite(d, 0.1, rng))),
    factors,
    rows,
    d,
  };
}

function expectedRow(
  p: Problem,
  r: number,
  weight: (e: number) => number,
  target: (e: number) => number,
): Float64Array {
  const { d } = p;
  const a = Float64Array.from(p.gram);
  const b = new Float64Array(d);
  for (let i = 0; i < d; i++) a[i * d + i]! += p.lambdas[r]!;
  for (let e = p.ptr[r]!; e < p.ptr[r + 1]!; e++) {
    const y = p.factors.subarray(p.idx[e]! * d, (p.idx[e]! + 1) * d);
    for (let i = 0; i < d; i++) {
      b[i]! += target(e) * y[i]!;
      for (let j = 0; j < d; j++) a[i * d + j]! += weight(e) * y[i]! * y[j]!;
    }
  }
  return solveNaive(a, b);
}

for (const d of [8, 32, 72]) {
  test(`a half-step of ALS with ${d} factors equals dense normal equations, row by row`, () => {
    const p = problem(d, d);
    // Array methods on kernel memory make ordinary arrays.
    for (const key of ['weights', 'targets', 'lambdas'] as const) p[key] = region.place(p[key]);
    const out = region.float32(p.rows * d).fill(5);
    solveRows({ ...p, out });
    const fixed = region.float32(p.rows * d);
    solveRows({ ...p, weights: 1, targets: 2, out: fixed });
    for (let r = 0; r < p.rows; r++) {
      const empty = p.ptr[r] === p.ptr[r + 1];
      const own = expectedRow(
        p,
        r,
        (e) => p.weights[e]!,
        (e) => p.targets[e]!,
      );
      const constant = expectedRow(
        p,
        r,
        () => 1,
        () => 2,
      );
      for (let j = 0; j < d; j++) {
        assert.ok(Math.abs(out[r * d + j]! - (empty ? 0 : own[j]!)) < 2e-3, `row ${r}`);
        assert.ok(Math.abs(fixed[r * d + j]! - (empty ? 0 : constant[j]!)) < 2e-3, `row ${r}, constants`);
      }
    }
    const slices = region.float32(p.rows * d);
    for (let from = 0; from < p.rows; from += 70)
      solveRows({ ...p, out: slices, from, to: Math.min(p.rows, from + 70) });
    assert.deepEqual(slices, out);
  });
}

test('an unsolvable row of ALS is named with the remedy', () => {
  const p = problem(8, 1);
  p.lambdas = region.float32(p.rows).fill(1);
  p.lambdas[100] = Number.NaN;
  p.ptr[101] = p.ptr[100]! + 1;
  assert.throws(() => solveRows({ ...p, weights: 1, targets: 1, out: region.float32(p.rows * 8) }), {
    code: 'UNSOLVABLE',
    message: /row 100 .*larger regularisation/,
  });
});
