// Small symmetric positive definite systems, d a multiple of 8. A matrix is d × d row-major with its upper triangle used:
// A = Uᵀ U, factored in place in panels of 8 rows, the rest updated by register tiles.

import { sum4 } from './lanes';

/** Adds sign · Σ_k Y[k][i] · Y[k][j] to the upper triangle of A; Y is count × d, row by row. */
// @inline keeps the tile in registers for both callers.
export function addGram(a: usize, d: i32, y: usize, count: i32, first: i32, negative: bool): void {
  const rowBytes = (<usize>d) << 2;
  for (let i = first; i < d; i += 4) {
    for (let j = i & ~7; j < d; j += 8) {
      let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
      let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
      let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
      let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
      let left = y + ((<usize>i) << 2);
      let right = y + ((<usize>j) << 2);
      for (let k = 0; k < count; k++) {
        const b0 = v128.load(right);
        const b1 = v128.load(right, 16);
        let s = v128.load_splat<f32>(left);
        c00 = f32x4.relaxed_madd(s, b0, c00);
        c01 = f32x4.relaxed_madd(s, b1, c01);
        s = v128.load_splat<f32>(left, 4);
        c10 = f32x4.relaxed_madd(s, b0, c10);
        c11 = f32x4.relaxed_madd(s, b1, c11);
        s = v128.load_splat<f32>(left, 8);
        c20 = f32x4.relaxed_madd(s, b0, c20);
        c21 = f32x4.relaxed_madd(s, b1, c21);
        s = v128.load_splat<f32>(left, 12);
        c30 = f32x4.relaxed_madd(s, b0, c30);
        c31 = f32x4.relaxed_madd(s, b1, c31);
        left += rowBytes;
        right += rowBytes;
      }
      let at = a + <usize>i * rowBytes + ((<usize>j) << 2);
      if (negative) {
        v128.store(at, f32x4.sub(v128.load(at), c00)); v128.store(at, f32x4.sub(v128.load(at, 16), c01), 16); at += rowBytes;
        v128.store(at, f32x4.sub(v128.load(at), c10)); v128.store(at, f32x4.sub(v128.load(at, 16), c11), 16); at += rowBytes;
        v128.store(at, f32x4.sub(v128.load(at), c20)); v128.store(at, f32x4.sub(v128.load(at, 16), c21), 16); at += rowBytes;
        v128.store(at, f32x4.sub(v128.load(at), c30)); v128.store(at, f32x4.sub(v128.load(at, 16), c31), 16);
      } else {
        v128.store(at, f32x4.add(v128.load(at), c00)); v128.store(at, f32x4.add(v128.load(at, 16), c01), 16); at += rowBytes;
        v128.store(at, f32x4.add(v128.load(at), c10)); v128.store(at, f32x4.add(v128.load(at, 16), c11), 16); at += rowBytes;
        v128.store(at, f32x4.add(v128.load(at), c20)); v128.store(at, f32x4.add(v128.load(at, 16), c21), 16); at += rowBytes;
        v128.store(at, f32x4.add(v128.load(at), c30)); v128.store(at, f32x4.add(v128.load(at, 16), c31), 16);
      }
    }
  }
}

/** target[from … d) −= scale · source[from … d); from is rounded down to a multiple of 4 (entries before it are scratch). */
@inline
function subtractScaled(target: usize, source: usize, scale: f32, from: i32, d: i32): void {
  const s = f32x4.splat(scale);
  for (let j = from & ~3; j < d; j += 4) {
    const at = (<usize>j) << 2;
    v128.store(target + at, f32x4.sub(v128.load(target + at), f32x4.mul(s, v128.load(source + at))));
  }
}

/** Factors A = Uᵀ U in place; false when a pivot is not positive. Entries below the diagonal are left undefined. */
export function factor(a: usize, d: i32): bool {
  const rowBytes = (<usize>d) << 2;
  for (let p = 0; p < d; p += 8) {
    for (let k = p; k < p + 8; k++) {
      const row = a + <usize>k * rowBytes;
      const pivot = load<f32>(row + ((<usize>k) << 2));
      if (!(pivot > 0) || pivot == f32.MAX_VALUE * 2) return false;
      const scale = f32x4.splat(<f32>(1.0 / Math.sqrt(<f64>pivot)));
      for (let j = k & ~3; j < d; j += 4) {
        const at = row + ((<usize>j) << 2);
        v128.store(at, f32x4.mul(v128.load(at), scale));
      }
      for (let i = k + 1; i < p + 8; i++) {
        subtractScaled(a + <usize>i * rowBytes, row, load<f32>(row + ((<usize>i) << 2)), i, d);
      }
    }
    if (p + 8 < d) addGram(a, d, a + <usize>p * rowBytes, 8, p + 8, true);
  }
  return true;
}

/** Solves Uᵀ U x = b in place of b. */
export function solveFactored(a: usize, d: i32, b: usize): void {
  const rowBytes = (<usize>d) << 2;
  for (let k = 0; k < d; k++) {
    const row = a + <usize>k * rowBytes;
    const z = load<f32>(b + ((<usize>k) << 2)) / load<f32>(row + ((<usize>k) << 2));
    store<f32>(b + ((<usize>k) << 2), z);
    // b[j] −= z · U[k][j] for j > k, the head one by one up to a multiple of 4.
    let j = k + 1;
    for (; j < d && (j & 3) != 0; j++) {
      const at = (<usize>j) << 2;
      store<f32>(b + at, load<f32>(b + at) - z * load<f32>(row + at));
    }
    const s = f32x4.splat(z);
    for (; j < d; j += 4) {
      const at = (<usize>j) << 2;
      v128.store(b + at, f32x4.sub(v128.load(b + at), f32x4.mul(s, v128.load(row + at))));
    }
  }
  for (let k = d - 1; k >= 0; k--) {
    const row = a + <usize>k * rowBytes;
    let sum: f32 = 0;
    let j = k + 1;
    for (; j < d && (j & 3) != 0; j++) sum += load<f32>(row + ((<usize>j) << 2)) * load<f32>(b + ((<usize>j) << 2));
    let s = f32x4.splat(0);
    for (; j < d; j += 4) {
      const at = (<usize>j) << 2;
      s = f32x4.relaxed_madd(v128.load(row + at), v128.load(b + at), s);
    }
    const at = (<usize>k) << 2;
    store<f32>(b + at, (load<f32>(b + at) - sum - sum4(s)) / load<f32>(row + at));
  }
}

/**
 * Solves systems [from, to) of a batch: matrices at a + i · d² (destroyed), right sides at b + i · d (become the solutions).
 * The number of a system without a stable solution is written to `failed`.
 */
export function solveSystems(slot: i32, from: i32, to: i32, a: usize, b: usize, d: i32, failed: usize): void {
  for (let i = from; i < to; i++) {
    const matrix = a + ((<usize>i * <usize>(d * d)) << 2);
    if (factor(matrix, d)) solveFactored(matrix, d, b + ((<usize>i * <usize>d) << 2));
    else atomic.store<i32>(failed, i);
  }
}
