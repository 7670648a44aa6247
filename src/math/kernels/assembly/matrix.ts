// Parts of the in-place inversion of a large symmetric matrix.

/** For rows [from, to): copies the lower triangle, negated, to both triangles of the n × n matrix. */
export function negateAndMirror(slot: i32, from: i32, to: i32, a: usize, n: i32, block: i32): void {
  // Square blocks, so that the transposed writes stay in the cache.
  for (let p = from; p < to; p++) {
    const i0 = p * block;
    const i1 = min(n, i0 + block);
    for (let j0 = 0; j0 <= i0; j0 += block) {
      for (let i = i0; i < i1; i++) {
        const j1 = min(j0 + block, i + 1);
        for (let j = j0; j < j1; j++) {
          const at = a + ((<usize>i * <usize>n + <usize>j) << 2);
          const value = -load<f32>(at);
          store<f32>(at, value);
          store<f32>(a + ((<usize>j * <usize>n + <usize>i) << 2), value);
        }
      }
    }
  }
}

/** Copies the columns [k0, k0 + width) of the symmetric matrix (lower triangle stored) for rows [from, to) into panel, n × width. */
export function copyPanel(slot: i32, from: i32, to: i32, a: usize, n: i32, k0: i32, width: i32, panel: usize): void {
  for (let i = from; i < to; i++) {
    const target = panel + ((<usize>i * <usize>width) << 2);
    if (i >= k0 + width) {
      memory.copy(target, a + ((<usize>i * <usize>n + <usize>k0) << 2), (<usize>width) << 2);
    } else if (i < k0) {
      for (let k = 0; k < width; k++) {
        store<f32>(target + ((<usize>k) << 2), load<f32>(a + ((<usize>(k0 + k) * <usize>n + <usize>i) << 2)));
      }
    } else {
      // Rows of the pivot block itself are excluded from the update.
      memory.fill(target, 0, (<usize>width) << 2);
    }
  }
}

/** Writes the panel back to where copyPanel read it, except the pivot block. */
export function storePanel(slot: i32, from: i32, to: i32, a: usize, n: i32, k0: i32, width: i32, panel: usize): void {
  for (let i = from; i < to; i++) {
    const source = panel + ((<usize>i * <usize>width) << 2);
    if (i >= k0 + width) {
      memory.copy(a + ((<usize>i * <usize>n + <usize>k0) << 2), source, (<usize>width) << 2);
    } else if (i < k0) {
      for (let k = 0; k < width; k++) {
        store<f32>(a + ((<usize>(k0 + k) * <usize>n + <usize>i) << 2), load<f32>(source + ((<usize>k) << 2)));
      }
    }
  }
}

/**
 * In place, the inverse of a small dense symmetric positive definite float64 matrix of order d (full storage), by the sweep operator
 * (Goodnight 1979). Returns 0 when done, else 1 + the number of the first pivot that was not positive.
 */
export function invertDense(a: usize, d: i32): i32 {
  const rowBytes = (<usize>d) << 3;
  for (let k = 0; k < d; k++) {
    const row = a + <usize>k * rowBytes;
    const pivot = load<f64>(row + ((<usize>k) << 3));
    if (!(pivot > 0) || pivot == Infinity) return k + 1;
    const inverse = 1.0 / pivot;
    for (let i = 0; i < d; i++) {
      if (i == k) continue;
      const target = a + <usize>i * rowBytes;
      const scale = load<f64>(target + ((<usize>k) << 3)) * inverse;
      const s = f64x2.splat(scale);
      let j = 0;
      for (; j + 2 <= d; j += 2) {
        const at = (<usize>j) << 3;
        v128.store(target + at, f64x2.sub(v128.load(target + at), f64x2.mul(s, v128.load(row + at))));
      }
      for (; j < d; j++) {
        const at = (<usize>j) << 3;
        store<f64>(target + at, load<f64>(target + at) - scale * load<f64>(row + at));
      }
      store<f64>(target + ((<usize>k) << 3), scale);
    }
    for (let j = 0; j < d; j++) {
      const at = row + ((<usize>j) << 3);
      store<f64>(at, load<f64>(at) * inverse);
    }
    store<f64>(row + ((<usize>k) << 3), -inverse);
  }
  for (let at = a; at < a + <usize>d * rowBytes; at += 8) store<f64>(at, -load<f64>(at));
  return 0;
}
