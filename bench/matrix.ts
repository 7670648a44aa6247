import { gemm } from '../src/math/kernels/gemm.ts';
import { Region } from '../src/math/kernels/memory.ts';
import { invertPositiveDefinite } from '../src/math/kernels/solve.ts';
import { setThreads, threads } from '../src/math/pool.ts';
import { Rng } from '../src/math/rng.ts';
import { type Bench, lineOf, once, quantile, time } from './harness.ts';

const N = 2048;
const SMALL = 512;

const rate = (operations: number, times: readonly number[]): string =>
  `${(operations / quantile(times, 0.5) / 1e6).toFixed(1)} GFLOP/s`;

/** i-k-j order, the fastest plain loop. */
function plain(a: Float32Array, b: Float32Array, c: Float32Array, n: number): void {
  c.fill(0);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const x = a[i * n + k]!;
      for (let j = 0; j < n; j++) c[i * n + j]! += x * b[k * n + j]!;
    }
}

export const matrix: Bench = {
  id: 'matrix',
  title: 'Matrix product and inverse, float32 (--value N for the order of the inverse, default 3000)',
  async run({ seed, values, say }) {
    const rng = new Rng(seed);
    const region = new Region();
    const a = region.float32(N * N);
    const b = region.float32(N * N);
    const c = region.float32(N * N);
    for (let i = 0; i < N * N; i++) {
      a[i] = rng.uniform() - 0.5;
      b[i] = rng.uniform() - 0.5;
    }
    const multiply = (): void => gemm({ m: N, n: N, k: N, a, b, c });
    const all = threads();
    const several = time(multiply, { warmUp: 3, runs: 5 });
    setThreads(1);
    const single = time(multiply, { warmUp: 1, runs: 3 });
    setThreads(all);
    let error = 0;
    for (let s = 0; s < 200; s++) {
      const [i, j] = [rng.below(N), rng.below(N)];
      let sum = 0;
      for (let k = 0; k < N; k++) sum += a[i * N + k]! * b[k * N + j]!;
      error = Math.max(error, Math.abs(sum - c[i * N + j]!));
    }
    const [x, y, z] = [a.slice(0, SMALL * SMALL), b.slice(0, SMALL * SMALL), new Float32Array(SMALL * SMALL)];
    const javascript = time(() => plain(x, y, z, SMALL), { warmUp: 1, runs: 3 });
    region.free();
    const lines = [
      lineOf(`${N}³, ${all} threads`, several, {
        rate: rate(2 * N ** 3, several),
        quality: `largest error ${error.toExponential(1)}`,
      }),
      lineOf(`${N}³, 1 thread`, single, { rate: rate(2 * N ** 3, single) }),
      lineOf(`peer: plain JavaScript, ${SMALL}³`, javascript, { rate: rate(2 * SMALL ** 3, javascript) }),
    ];
    const order = Number(values[0] ?? 3000);
    say(`inverting a matrix of order ${order}`);
    const { milliseconds, residual } = await invert(order, rng);
    lines.push(
      lineOf(`inverse of order ${order}, ${all} threads`, [milliseconds], {
        rate: rate(order ** 3, [milliseconds]),
        quality: `largest residual ${residual.toExponential(1)}`,
        ...(order === 10_000 ? { goal: { text: '≤ 60 s', met: milliseconds <= 60_000 } } : {}),
      }),
    );
    return lines;
  },
};

/** Inverts G + λI of 500 random columns, as EASE does; the residual of A⁻¹A − I is sampled. */
async function invert(n: number, rng: Rng): Promise<{ milliseconds: number; residual: number }> {
  const region = new Region();
  try {
    const basis = region.float32(n * 500);
    for (let i = 0; i < basis.length; i++) basis[i] = rng.uniform() - 0.5;
    const a = region.float32(n * n);
    gemm({ m: n, n, k: 500, a: basis, b: basis, transposeB: true, c: a });
    for (let i = 0; i < n; i++) a[i * (n + 1)]! += 50;
    const rows = [0, n >> 1, n - 1];
    const kept = rows.map((i) => Float64Array.from(a.subarray(i * n, (i + 1) * n)));
    const milliseconds = await once(() => invertPositiveDefinite(a, n));
    let residual = 0;
    rows.forEach((i, at) => {
      for (let j = 0; j < n; j += Math.ceil(n / 50)) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += kept[at]![k]! * a[k * n + j]!;
        residual = Math.max(residual, Math.abs(sum - (i === j ? 1 : 0)));
      }
    });
    return { milliseconds, residual };
  } finally {
    region.free();
  }
}
