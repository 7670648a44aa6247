import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { setThreads, threads } from '../pool.ts';
import { Rng } from '../rng.ts';
import { gemm, gram } from './gemm.ts';
import { Region } from './memory.ts';

const all = threads();
const region = new Region();
afterEach(() => {
  region.free();
  setThreads(all);
});

const random = (n: number, rng: Rng): Float32Array => fill(region.float32(n), rng);
function fill(array: Float32Array, rng: Rng): Float32Array {
  for (let i = 0; i < array.length; i++) array[i] = rng.uniform() * 2 - 1;
  return array;
}

interface Shape {
  m: number;
  n: number;
  k: number;
  transposeA: boolean;
  transposeB: boolean;
}

/** Three nested loops in float64. */
function naive({ m, n, k, transposeA, transposeB }: Shape, a: Float32Array, b: Float32Array): Float64Array {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++)
        sum += a[transposeA ? p * m + i : i * k + p]! * b[transposeB ? j * k + p : p * n + j]!;
      out[i * n + j] = sum;
    }
  return out;
}

const SHAPES = [
  [1, 1, 1],
  [6, 8, 4],
  [7, 9, 5],
  [97, 65, 300],
  [200, 33, 17],
  [13, 4103, 3],
] as const;

for (const [m, n, k] of SHAPES) {
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      test(`${m}×${k} · ${k}×${n}${transposeA ? ', Aᵀ' : ''}${transposeB ? ', Bᵀ' : ''} equals the naive product`, () => {
        const rng = new Rng(m * 31 + n * 7 + k);
        const shape = { m, n, k, transposeA, transposeB };
        const a = random(m * k, rng);
        const b = random(k * n, rng);
        const c = region.float32(m * n).fill(9);
        gemm({ ...shape, a, b, c, alpha: -0.5 });
        const expected = naive(shape, a, b);
        for (let i = 0; i < m * n; i++) assert.ok(Math.abs(c[i]! + 0.5 * expected[i]!) < 1e-4, `element ${i}`);
        gemm({ ...shape, a, b, c, beta: 1 });
        for (let i = 0; i < m * n; i++) assert.ok(Math.abs(c[i]! - 0.5 * expected[i]!) < 2e-4, `element ${i}, added`);
      });
    }
  }
}

test('strides leave what lies between rows alone', () => {
  const a = fill(region.float32(5 * 10), new Rng(1));
  const c = region.float32(5 * 9).fill(7);
  gemm({ m: 5, n: 5, k: 3, a, lda: 10, b: a, ldb: 10, transposeB: true, c, ldc: 9 });
  for (let i = 0; i < 5; i++) {
    for (let j = 0; j < 9; j++) {
      let sum = 0;
      for (let p = 0; p < 3; p++) sum += a[i * 10 + p]! * a[j * 10 + p]!;
      if (j < 5) assert.ok(Math.abs(c[i * 9 + j]! - sum) < 1e-5);
      else if (i < 4) assert.equal(c[i * 9 + j], 7);
    }
  }
});

test('lower computes the triangle, gram the whole symmetric matrix', () => {
  const rows = 150;
  const d = 40;
  const a = fill(region.float32(rows * d), new Rng(2));
  const full = region.float32(d * d);
  const lower = region.float32(d * d);
  gram(a, rows, d, full);
  gemm({ m: d, n: d, k: rows, a, transposeA: true, b: a, c: lower, lower: true });
  const expected = naive({ m: d, n: d, k: rows, transposeA: true, transposeB: false }, a, a);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) {
      assert.ok(Math.abs(full[i * d + j]! - expected[i * d + j]!) < 1e-4);
      if (j <= i) assert.equal(lower[i * d + j], full[i * d + j]);
    }
});

test('the same bytes on one thread and on several', () => {
  const a = fill(region.float32(300 * 200), new Rng(3));
  const one = region.float32(300 * 300);
  const several = region.float32(300 * 300);
  setThreads(1);
  gemm({ m: 300, n: 300, k: 200, a, b: a, transposeB: true, c: one });
  setThreads(3);
  gemm({ m: 300, n: 300, k: 200, a, b: a, transposeB: true, c: several });
  assert.deepEqual(several, one);
});

test('arrays that are too short or elsewhere are refused', () => {
  const a = region.float32(10);
  assert.throws(() => gemm({ m: 4, n: 4, k: 4, a, b: a, c: a }), { code: 'INTERNAL' });
  const outside = new Float32Array(16);
  assert.throws(() => gemm({ m: 4, n: 4, k: 4, a: outside, b: outside, c: outside }), { code: 'INTERNAL' });
});

test('an inner dimension of 0 gives zeros', () => {
  const c = region.float32(4).fill(3);
  gemm({ m: 2, n: 2, k: 0, a: region.float32(1), b: region.float32(1), c });
  assert.deepEqual([...c], [0, 0, 0, 0]);
});
