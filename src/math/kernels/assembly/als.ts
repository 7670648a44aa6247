// One half-step of alternating least squares, row by row: with the other side's factors Y fixed, row r gets the solution of
// (G + Σ_e w_e y_e y_eᵀ + λ_r I) x = Σ_e t_e y_e, where e runs over the row's entries (Hu, Koren & Volinsky 2008, eq. 4).

import { addGram, factor, solveFactored } from './cholesky';
import { sum4 } from './lanes';

/** Rows of Y gathered at a time, so that they stay in the first-level cache. */
const BATCH: i32 = 32;

/** A weight of an entry: its own, or one for all. */
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
        // √w on both sides of the outer product.
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

@inline
function dot(a: usize, b: usize, bytes: usize): f32 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    s0 = f32x4.relaxed_madd(v128.load(a + at), v128.load(b + at), s0);
    s1 = f32x4.relaxed_madd(v128.load(a + at, 16), v128.load(b + at, 16), s1);
  }
  return sum4(f32x4.add(s0, s1));
}

/** target += scale · source */
@inline
function add(target: usize, scale: f32, source: usize, bytes: usize): void {
  const s = f32x4.splat(scale);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(target + at, f32x4.relaxed_madd(s, v128.load(source + at), v128.load(target + at)));
  }
}

/** out = (G + λ I) v, G symmetric and full. */
function applyGram(gram: usize, lambda: f32, v: usize, out: usize, d: i32): void {
  const rowBytes = (<usize>d) << 2;
  for (let at: usize = 0; at < rowBytes; at += 16) v128.store(out + at, f32x4.mul(f32x4.splat(lambda), v128.load(v + at)));
  for (let i = 0; i < d; i += 4) {
    // Four columns of G (its rows, by symmetry) at a time.
    const row = gram + <usize>i * rowBytes;
    const s0 = v128.load_splat<f32>(v + ((<usize>i) << 2));
    const s1 = v128.load_splat<f32>(v + ((<usize>i) << 2), 4);
    const s2 = v128.load_splat<f32>(v + ((<usize>i) << 2), 8);
    const s3 = v128.load_splat<f32>(v + ((<usize>i) << 2), 12);
    for (let at: usize = 0; at < rowBytes; at += 16) {
      let sum = f32x4.relaxed_madd(s0, v128.load(row + at), v128.load(out + at));
      sum = f32x4.relaxed_madd(s1, v128.load(row + rowBytes + at), sum);
      sum = f32x4.relaxed_madd(s2, v128.load(row + 2 * rowBytes + at), sum);
      sum = f32x4.relaxed_madd(s3, v128.load(row + 3 * rowBytes + at), sum);
      v128.store(out + at, sum);
    }
  }
}

/**
 * As alsRows by `steps` steps of conjugate gradients from the present x (Takács, Pilászy & Tikk 2011): O(entries · d) a step
 * instead of O(entries · d²) a row. scratch: per slot 3 · d floats.
 */
export function alsRowsGradient(
  slot: i32, from: i32, to: i32, ptr: usize, idx: usize, weights: usize, w: f32, targets: usize, t: f32, lambdas: usize,
  gram: usize, y: usize, d: i32, x: usize, scratch: usize, steps: i32,
): void {
  const rowBytes = (<usize>d) << 2;
  const residual = scratch + <usize>slot * 3 * rowBytes;
  const direction = residual + rowBytes;
  const image = direction + rowBytes;
  for (let r = from; r < to; r++) {
    const first = <usize>load<u32>(ptr + ((<usize>r) << 2));
    const last = <usize>load<u32>(ptr + ((<usize>r) << 2), 4);
    const solution = x + <usize>r * rowBytes;
    if (first == last) {
      memory.fill(solution, 0, rowBytes);
      continue;
    }
    const lambda = load<f32>(lambdas + ((<usize>r) << 2));
    // residual = b − A x
    applyGram(gram, lambda, solution, image, d);
    for (let at: usize = 0; at < rowBytes; at += 16) v128.store(residual + at, f32x4.neg(v128.load(image + at)));
    for (let e = first; e < last; e++) {
      const row = y + <usize>load<u32>(idx + (e << 2)) * rowBytes;
      add(residual, weightAt(targets, e, t) - weightAt(weights, e, w) * dot(row, solution, rowBytes), row, rowBytes);
    }
    memory.copy(direction, residual, rowBytes);
    let square = dot(residual, residual, rowBytes);
    for (let step = 0; step < steps && square > 1e-20; step++) {
      applyGram(gram, lambda, direction, image, d);
      for (let e = first; e < last; e++) {
        const row = y + <usize>load<u32>(idx + (e << 2)) * rowBytes;
        add(image, weightAt(weights, e, w) * dot(row, direction, rowBytes), row, rowBytes);
      }
      const length = square / dot(direction, image, rowBytes);
      add(solution, length, direction, rowBytes);
      add(residual, -length, image, rowBytes);
      const next = dot(residual, residual, rowBytes);
      const ratio = f32x4.splat(next / square);
      for (let at: usize = 0; at < rowBytes; at += 16) {
        v128.store(direction + at, f32x4.relaxed_madd(ratio, v128.load(direction + at), v128.load(residual + at)));
      }
      square = next;
    }
  }
}
