import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { gemm } from './gemm.ts';
import { load } from './kernels.ts';
import { addressOf, Region } from './memory.ts';

/**
 * Solves `count` symmetric positive definite systems by Cholesky. matrices: count × d × d row-major (the upper triangle is read;
 * destroyed); vectors: count × d right sides, overwritten by the solutions. d: a multiple of 8; pad with the unit matrix. float32.
 * @throws SegueError UNSOLVABLE naming the system
 */
export function solveSystems(matrices: Float32Array, vectors: Float32Array, count: number, d: number): void {
  if (d % 8 !== 0 || matrices.length < count * d * d || vectors.length < count * d)
    throw new SegueError('INTERNAL', {
      got: `Systems of order ${d}`,
      expected: `${count} systems of an order that is a multiple of 8`,
    });
  const region = new Region();
  try {
    const failed = region.int32(1).fill(-1);
    parallel('solveSystems', count, 16, [addressOf(matrices), addressOf(vectors), d, addressOf(failed)]);
    if (failed[0]! >= 0) throw unsolvable(`The linear system ${failed[0]}`);
  } finally {
    region.free();
  }
}

const unsolvable = (what: string): SegueError =>
  new SegueError('UNSOLVABLE', { got: `${what} has no stable solution`, remedy: 'Use a larger regularisation' });

/** Columns swept at a time. */
const WIDTH = 256;

/**
 * Replaces the symmetric positive definite n × n matrix (row-major, lower triangle read) by its inverse, both triangles: the sweep operator
 * (Goodnight 1979) by blocks, n³ multiply-adds, nearly all of them in matrix products. float32 with float64 pivot blocks: the relative
 * error is about 1e-6 times the condition number. Needs room for n × n + 2 · n × 256 floats in the kernels' memory (n ≤ 32,000 or so).
 * @param a in the kernels' memory @param onProgress fraction done, 0–1; may throw to stop (the matrix is then undefined)
 * @throws SegueError UNSOLVABLE naming the first row whose pivot is not positive
 */
export function invertPositiveDefinite(a: Float32Array, n: number, onProgress?: (fraction: number) => void): void {
  if (a.length < n * n) throw new SegueError('INTERNAL', { got: `${a.length} numbers`, expected: `${n} × ${n}` });
  const { invertDense } = load().kernels;
  const address = addressOf(a);
  const region = new Region();
  try {
    const panel = region.float32(n * WIDTH);
    const scaled = region.float32(n * WIDTH);
    const pivot64 = region.float64(WIDTH * WIDTH);
    const pivot = region.float32(WIDTH * WIDTH);
    for (let k0 = 0; k0 < n; k0 += WIDTH) {
      const width = Math.min(WIDTH, n - k0);
      for (let i = 0; i < width; i++) {
        for (let j = 0; j <= i; j++) {
          const value = a[(k0 + i) * n + k0 + j]!;
          pivot64[i * width + j] = value;
          pivot64[j * width + i] = value;
        }
      }
      const broken = invertDense!(addressOf(pivot64), width);
      if (broken > 0) throw unsolvable(`The matrix at row ${k0 + broken - 1} of ${n}`);
      for (let i = 0; i < width * width; i++) pivot[i] = pivot64[i]!;
      // With D = A_kk⁻¹, P = A_·k, W = P D:  A −= W Pᵀ,  A_·k = W,  A_kk = −D
      parallel('copyPanel', n, 256, [address, n, k0, width, addressOf(panel)]);
      gemm({ m: n, n: width, k: width, a: panel, b: pivot, c: scaled });
      gemm({ m: n, n, k: width, a: scaled, b: panel, transposeB: true, c: a, alpha: -1, beta: 1, lower: true });
      parallel('storePanel', n, 256, [address, n, k0, width, addressOf(scaled)]);
      for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) a[(k0 + i) * n + k0 + j] = -pivot[i * width + j]!;
      onProgress?.((k0 + width) / n);
    }
    parallel('negateAndMirror', Math.ceil(n / 64), 1, [address, n, 64]);
  } finally {
    region.free();
  }
}
