import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { setThreads, threads } from '../pool.ts';
import { Rng } from '../rng.ts';
import { solveRows } from './als.ts';
import { type Basis, basisOf, gramOfRows, rotateRows, solveRowsDiagonal } from './als-diagonal.ts';
import { Region } from './memory.ts';

const region = new Region();
afterEach(() => region.free());
const usual = threads();
after(() => setThreads(usual));

function table(rows: number, d: number, rng: Rng): Float32Array {
  const out = region.float32(rows * d);
  for (let i = 0; i < out.length; i++) out[i] = rng.normal() * 0.3;
  return out;
}

for (const [rows, d] of [
  [1, 8],
  [150, 8],
  [333, 40],
] as const) {
  test(`the gramian of ${rows} × ${d} equals the sum over rows that count several times`, () => {
    const rng = new Rng(rows);
    const y = table(rows, d, rng);
    const sizes = region.int32(rows);
    for (let r = 0; r < rows; r++) sizes[r] = rng.below(4);
    for (const counts of [null, sizes]) {
      const got = gramOfRows(y, d, counts);
      for (let i = 0; i < d; i++)
        for (let j = 0; j < d; j++) {
          let sum = 0;
          for (let r = 0; r < rows; r++) sum += (counts ? counts[r]! : 1) * y[r * d + i]! * y[r * d + j]!;
          assert.ok(Math.abs(got[i * d + j]! - sum) < 1e-4, `${got[i * d + j]} for ${sum}`);
        }
    }
  });
}

test('in the basis of its gramian a table has a diagonal gramian, and dot products are as before', () => {
  const d = 16;
  // More rows than are rotated at a time, of rank 12.
  const y = table(5000, d, new Rng(1));
  for (let r = 0; r < 5000; r++) y.fill(0, r * d + 12, (r + 1) * d);
  const before = y.slice(0, 40 * d);
  const gram = gramOfRows(y, d, null);
  const basis = basisOf(region, gram.slice(), d);
  rotateRows(y, d, basis);
  const turned = gramOfRows(y, d, null);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++)
      assert.ok(Math.abs(turned[i * d + j]! - (i === j ? basis.spectrum[i]! : 0)) < 1e-5 * basis.spectrum[0]!);
  const dot = (t: Float32Array, a: number, b: number): number => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += t[a * d + j]! * t[b * d + j]!;
    return sum;
  };
  for (let r = 0; r < 40; r++) assert.ok(Math.abs(dot(before, 0, r) - dot(y, 0, r)) < 1e-5);
  // Directions without any row are noise above zero.
  assert.ok(basis.spectrum[11]! > 100 && basis.spectrum[12]! < 1e-3 && basis.spectrum.every((v) => v > 0));
});

interface Problem {
  ptr: Int32Array;
  idx: Int32Array;
  weights: Float32Array;
  lambdas: Float32Array;
  factors: Float32Array;
  basis: Basis;
  rows: number;
  d: number;
}

/** Rows of 0 to 69 entries, so that both kinds occur. */
function problem(d: number): Problem {
  const rng = new Rng(d);
  const rows = 300;
  const lists = Array.from({ length: rows }, (_, r) => rng.sample(90, r % 5 === 0 ? rng.below(70) : rng.below(30)));
  const ptr = region.int32(rows + 1);
  lists.forEach((list, r) => {
    ptr[r + 1] = ptr[r]! + list.length;
  });
  const idx = region.int32(ptr[rows]!);
  lists.forEach((list, r) => {
    idx.set(list, ptr[r]!);
  });
  const factors = table(90, d, rng);
  const basis = basisOf(region, gramOfRows(factors, d, null), d);
  rotateRows(factors, d, basis);
  const weights = region.place(Float32Array.from(idx, () => rng.uniform() * 3));
  // Equal λ one after another and changing ones.
  const lambdas = region.place(Float32Array.from({ length: rows }, (_, r) => 0.2 + (r % 7 < 3 ? 0 : rng.uniform())));
  return { ptr, idx, weights, lambdas, factors, basis, rows, d };
}

const diagonal = ({ spectrum }: Basis, d: number): Float32Array => {
  const gram = region.float32(d * d);
  for (let i = 0; i < d; i++) gram[i * (d + 1)] = spectrum[i]!;
  return gram;
};

for (const d of [8, 32, 72]) {
  test(`a half-step with ${d} factors equals Cholesky in the same basis`, () => {
    const p = problem(d);
    for (const weights of [p.weights, 2]) {
      const exact = region.float32(p.rows * d);
      solveRows({ ...p, weights, targets: weights, gram: diagonal(p.basis, d), out: exact });
      const out = table(p.rows, d, new Rng(2));
      solveRowsDiagonal({ ...p, weights, out, steps: 2 * d });
      const few = region.float32(p.rows * d).fill(7);
      solveRowsDiagonal({ ...p, weights, out: few, steps: 1 });
      for (let r = 0; r < p.rows; r++) {
        const short = p.ptr[r + 1]! - p.ptr[r]! <= 48;
        for (let j = r * d; j < (r + 1) * d; j++) {
          assert.ok(Math.abs(out[j]! - exact[j]!) < 2e-3, `row ${r}: ${out[j]} for ${exact[j]}`);
          if (short) assert.equal(few[j], out[j], `row ${r} of few entries needs no steps`);
        }
      }
    }
  });
}

test('a solution, in the basis before, is where long rows start', () => {
  const p = problem(24);
  const { d, basis } = p;
  const exact = region.float32(p.rows * d);
  solveRows({ ...p, targets: p.weights, gram: diagonal(basis, d), out: exact });
  // xᵀ · rotation = (rotationᵀ x)ᵀ
  const out = region.float32(p.rows * d);
  for (let r = 0; r < p.rows; r++)
    for (let k = 0; k < d; k++)
      for (let j = 0; j < d; j++) out[r * d + j]! += exact[r * d + k]! * basis.rotation[k * d + j]!;
  solveRowsDiagonal({ ...p, out, steps: 0 });
  for (let i = 0; i < out.length; i++) assert.ok(Math.abs(out[i]! - exact[i]!) < 2e-3);
});

test('slices and threads give the same bytes', () => {
  const p = problem(16);
  const all = table(p.rows, 16, new Rng(4));
  const sliced = region.place(Float32Array.from(all));
  setThreads(1);
  solveRowsDiagonal({ ...p, out: all, steps: 3 });
  const gram = gramOfRows(all, 16, null);
  setThreads(3);
  for (let from = 0; from < p.rows; from += 140)
    solveRowsDiagonal({ ...p, out: sliced, steps: 3, from, to: Math.min(p.rows, from + 140) });
  assert.deepEqual(sliced, all);
  assert.deepEqual(gramOfRows(all, 16, null), gram);
});

test('an unsolvable row is named with the remedy', () => {
  const p = problem(8);
  const lambdas = region.float32(p.rows).fill(1);
  const row = p.ptr.findIndex((_, r) => r > 100 && p.ptr[r + 1]! > p.ptr[r]!);
  const out = region.float32(p.rows * 8);
  for (const [lambda, spectrum] of [
    [Number.NaN, p.basis.spectrum],
    [0, region.float32(8)],
  ] as const) {
    lambdas[row] = lambda;
    assert.throws(() => solveRowsDiagonal({ ...p, lambdas, basis: { ...p.basis, spectrum }, out, steps: 3 }), {
      code: 'UNSOLVABLE',
      message: new RegExp(`row ${row} .*larger regularisation`),
    });
  }
});
