import { SegueError } from '../../errors.ts';
import { parallel, threads } from '../pool.ts';
import { addressOf, Region } from './memory.ts';

/** A product C = alpha · op(A) · op(B) + beta · C of row-major float32 matrices in the kernels' memory. */
export interface Product {
  /** Rows of op(A) and C, columns of op(B) and C, inner dimension. */
  m: number;
  n: number;
  k: number;
  /** m × k, or k × m when transposeA. */
  a: Float32Array;
  transposeA?: boolean;
  /** Floats from one row of A to the next; default: its number of columns. */
  lda?: number;
  /** k × n, or n × k when transposeB. */
  b: Float32Array;
  transposeB?: boolean;
  ldb?: number;
  c: Float32Array;
  ldc?: number;
  /** Default 1. */
  alpha?: number;
  /** 0 overwrites C (default), 1 adds to it. */
  beta?: 0 | 1;
  /** Computes only i ≥ j; elements above the diagonal are then undefined. */
  lower?: boolean;
}

const MC = 96;
const KC = 256;
const NC = 4096;
const TILE = 48;

/** Multiplies on all threads. All arrays must come from a Region. */
export function gemm(product: Product): void {
  const { m, n, k, a, b, c, transposeA = false, transposeB = false, alpha = 1, beta = 0, lower = false } = product;
  const { lda = transposeA ? m : k, ldb = transposeB ? k : n, ldc = n } = product;
  if (m === 0 || n === 0) return;
  check('A', a, transposeA ? k : m, transposeA ? m : k, lda);
  check('B', b, transposeB ? n : k, transposeB ? k : n, ldb);
  check('C', c, m, n, ldc);
  if (k === 0) {
    if (beta === 0) for (let i = 0; i < m; i++) c.fill(0, i * ldc, i * ldc + n);
    return;
  }
  const kc = Math.min(KC, k);
  const nc = Math.min(NC, n);
  // Small problems are divided more finely, so that all threads have work.
  const mc = Math.max(6, Math.min(MC, Math.ceil(m / (threads() * 4) / 6) * 6));
  const region = new Region();
  try {
    const packed = addressOf(region.float32(kc * Math.ceil(nc / 8) * 8));
    const scratch = addressOf(region.float32(threads() * (mc * kc + TILE)));
    for (let j0 = 0; j0 < n; j0 += nc) {
      const columns = Math.min(nc, n - j0);
      for (let k0 = 0; k0 < k; k0 += kc) {
        const depth = Math.min(kc, k - k0);
        parallel('packB', Math.ceil(columns / 8), 32, [addressOf(b), ldb, +transposeB, k0, depth, j0, columns, packed]);
        const accumulate = +(beta === 1 || k0 > 0);
        parallel('gemmBlocks', Math.ceil(m / mc), 1, [
          addressOf(a),
          lda,
          +transposeA,
          k0,
          depth,
          m,
          j0,
          columns,
          packed,
          addressOf(c),
          ldc,
          alpha,
          accumulate,
          +lower,
          mc,
          scratch,
        ]);
      }
    }
  } finally {
    region.free();
  }
}

function check(name: string, matrix: Float32Array, rows: number, columns: number, stride: number): void {
  const needed = rows === 0 ? 0 : (rows - 1) * stride + columns;
  if (stride < columns || matrix.length < needed)
    throw new SegueError('INTERNAL', {
      got: `Matrix ${name} has ${matrix.length} elements and row length ${stride}`,
      expected: `${rows} × ${columns}`,
    });
}

/** G = AᵀA for A of rows × d: the full symmetric d × d matrix. */
export function gram(a: Float32Array, rows: number, d: number, out: Float32Array): void {
  gemm({ m: d, n: d, k: rows, a, transposeA: true, b: a, c: out });
}
