// One half-step of alternating least squares, row by row: with the other side's factors Y fixed, row r gets the solution of
// (G + Σ_e w_e y_e y_eᵀ + λ_r I) x = Σ_e t_e y_e, where e runs over the row's entries (Hu, Koren & Volinsky 2008, eq. 4).

import { addGram, factor, solveFactored } from './cholesky';

/** Rows of Y gathered at a time, so that they stay in the L1 cache. */
const BATCH: i32 = 32;

/** Weight of an entry: its own, or the constant for all. */
@inline
function weightAt(weights: usize, e: usize, constant: f32): f32 {
  return weights ? load<f32>(weights + (e << 2)) : constant;
}

/**
 * Rows [from, to) by Cholesky. weights/targets: float32 per entry, or address 0 for the constants w, t. lambdas: float32 per row.
 * scratch: per slot d · d + BATCH · d floats. x: rows × d, overwritten. A failing row's number is written to `failed`.
 */
export function alsRows(
  slot: i32, from: i32, to: i32, ptr: usize, idx: usize, weights: usize, w: f32, targets: usize, t: f32, lambdas: usize,
  gram: usize, y: usize, d: i32, x: usize, scratch: usize, failed: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  const a = scratch + <usize>slot * <usize>(d + BATCH) * rowBytes;
  const batch = a + <usize>d * rowBytes;
  for (let r = from; r < to; r++) {
    const first = load<i32>(ptr + ((<usize>r) << 2));
    const last = load<i32>(ptr + ((<usize>r) << 2), 4);
    const b = x + <usize>r * rowBytes;
    memory.fill(b, 0, rowBytes);
    if (first == last) continue;
    memory.copy(a, gram, <usize>d * rowBytes);
    const lambda = load<f32>(lambdas + ((<usize>r) << 2));
    for (let i = 0; i < d; i++) {
      const at = a + <usize>i * rowBytes + ((<usize>i) << 2);
      store<f32>(at, load<f32>(at) + lambda);
    }
    for (let e0 = first; e0 < last; e0 += BATCH) {
      const count = min(BATCH, last - e0);
      for (let k = 0; k < count; k++) {
        const e = <usize>(e0 + k);
        const source = y + <usize>load<u32>(idx + (e << 2)) * rowBytes;
        const target = batch + <usize>k * rowBytes;
        // √w on both factors of the outer product.
        const root = f32x4.splat(<f32>Math.sqrt(<f64>weightAt(weights, e, w)));
        const goal = f32x4.splat(weightAt(targets, e, t));
        for (let at: usize = 0; at < rowBytes; at += 16) {
          const value = v128.load(source + at);
          v128.store(target + at, f32x4.mul(root, value));
          v128.store(b + at, f32x4.relaxed_madd(goal, value, v128.load(b + at)));
        }
      }
      addGram(a, d, batch, count, 0, false);
    }
    if (factor(a, d)) solveFactored(a, d, b);
    else atomic.store<i32>(failed, r);
  }
}
