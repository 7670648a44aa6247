import { solveRows } from '../src/math/kernels/als.ts';
import { basisOf, gramOfRows, rotateRows, solveRowsDiagonal } from '../src/math/kernels/als-diagonal.ts';
import { Region } from '../src/math/kernels/memory.ts';
import { Rng } from '../src/math/rng.ts';
import { type Bench, lineOf, quantile, time } from './harness.ts';

const ROWS = 20_000;
const COLUMNS = 50_000;
const ENTRIES_EACH = 66;
const D = 64;

/** The same normal equations in plain JavaScript, float64, for some rows. */
function plain(idx: Int32Array, factors: Float32Array, base: Float32Array, rows: number): void {
  const a = new Float64Array(D * D);
  const x = new Float64Array(D);
  for (let r = 0; r < rows; r++) {
    a.set(base);
    x.fill(0);
    for (let i = 0; i < D; i++) a[i * (D + 1)]! += 1;
    for (let e = r * ENTRIES_EACH; e < (r + 1) * ENTRIES_EACH; e++) {
      const y = idx[e]! * D;
      for (let i = 0; i < D; i++) {
        const f = factors[y + i]!;
        x[i]! += f;
        for (let j = 0; j <= i; j++) a[i * D + j]! += f * factors[y + j]!;
      }
    }
    for (let j = 0; j < D; j++) {
      for (let k = 0; k < j; k++) a[j * D + j]! -= a[j * D + k]! ** 2;
      a[j * D + j] = Math.sqrt(a[j * D + j]!);
      for (let i = j + 1; i < D; i++) {
        for (let k = 0; k < j; k++) a[i * D + j]! -= a[i * D + k]! * a[j * D + k]!;
        a[i * D + j]! /= a[j * D + j]!;
      }
    }
    for (let i = 0; i < D; i++) {
      for (let k = 0; k < i; k++) x[i]! -= a[i * D + k]! * x[k]!;
      x[i]! /= a[i * D + i]!;
    }
    for (let i = D - 1; i >= 0; i--) {
      for (let k = i + 1; k < D; k++) x[i]! -= a[k * D + i]! * x[k]!;
      x[i]! /= a[i * D + i]!;
    }
  }
}

export const systems: Bench = {
  id: 'systems',
  title: `Half a step of ALS: ${ROWS} rows of ${ENTRIES_EACH} entries, ${D} factors`,
  run({ seed }) {
    const rng = new Rng(seed);
    const region = new Region();
    const ptr = region.int32(ROWS + 1);
    for (let r = 0; r <= ROWS; r++) ptr[r] = r * ENTRIES_EACH;
    const idx = region.int32(ROWS * ENTRIES_EACH);
    for (let e = 0; e < idx.length; e++) idx[e] = rng.below(COLUMNS);
    const factors = region.float32(COLUMNS * D);
    for (let i = 0; i < factors.length; i++) factors[i] = rng.normal() * 0.1;
    const base = region.place(Float32Array.from(gramOfRows(factors, D, null)));
    const lambdas = region.float32(ROWS).fill(1);
    const step = { ptr, idx, weights: 1, lambdas, d: D };
    const exact = region.float32(ROWS * D);
    const gradient = region.float32(ROWS * D);
    const cholesky = time(() => solveRows({ ...step, targets: 1, gram: base, factors, out: exact }), {
      warmUp: 1,
      runs: 5,
    });
    const rotated = region.float32(factors.length);
    // Includes rotating the factors into the basis; the steps start from zero.
    const conjugate = time(
      () => {
        rotated.set(factors);
        gradient.fill(0);
        const basis = basisOf(region, gramOfRows(factors, D, null), D);
        rotateRows(rotated, D, basis);
        solveRowsDiagonal({ ...step, basis, factors: rotated, out: gradient, steps: 3 });
      },
      { warmUp: 1, runs: 5 },
    );
    rotateRows(exact, D, basisOf(region, gramOfRows(factors, D, null), D));
    const part = 500;
    const javascript = time(() => plain(idx, factors, base, part), { warmUp: 1, runs: 3 });
    const difference = Math.hypot(...exact.subarray(0, 4096).map((x, i) => x - gradient[i]!));
    const size = Math.hypot(...exact.subarray(0, 4096));
    region.free();
    const rowsPerSecond = (times: number[], rows: number): string =>
      `${Math.round(rows / (quantile(times, 0.5) / 1000)).toLocaleString('en')} rows/s`;
    return [
      lineOf('Cholesky', cholesky, { rate: rowsPerSecond(cholesky, ROWS), quality: 'exact' }),
      lineOf('3 steps of conjugate gradients', conjugate, {
        rate: rowsPerSecond(conjugate, ROWS),
        quality: `from zero ${((100 * difference) / size).toFixed(1)} % away`,
      }),
      lineOf(`peer: plain JavaScript, ${part} rows`, javascript, { rate: rowsPerSecond(javascript, part) }),
    ];
  },
};
