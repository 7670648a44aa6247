// Causal softmax attention over concatenated sequences of different lengths, without storing a matrix of weights: the forward pass keeps ln Σ eˢ per
// row, from which the backward pass recomputes the weights (Dao et al. 2022). Keys and values of one head of one sequence fit into the L1 cache, so
// rows are processed one by one. s_ij = scale · q_i·k_j − slope · (i − j) (linear biases: Press et al. 2022).

import { dotProduct, exponential, logarithm, sum4 } from './lanes';

/** Writes the unnormalised weights of row i to `weights`, padded to a multiple of 4; returns ln Σ eˢ. */
function scoreRow(q: usize, keys: usize, row: usize, i: i32, width: i32, scale: f32, slope: f32, weights: usize): f32 {
  let most: f32 = -Infinity;
  for (let j = 0; j <= i; j++) {
    const s = scale * dotProduct(q, keys + <usize>j * row, width) - slope * <f32>(i - j);
    store<f32>(weights + ((<usize>j) << 2), s);
    most = max(most, s);
  }
  const padded = (i + 4) & ~3;
  for (let j = i + 1; j < padded; j++) store<f32>(weights + ((<usize>j) << 2), -Infinity);
  const top = f32x4.splat(most);
  const floor = f32x4.splat(-80);
  let sum = f32x4.splat(0);
  for (let at = weights; at < weights + ((<usize>padded) << 2); at += 16) {
    const e = exponential(f32x4.max(f32x4.sub(v128.load(at), top), floor));
    v128.store(at, e);
    sum = f32x4.add(sum, e);
  }
  return most + <f32>logarithm(<f64>sum4(sum));
}

/** target += factor · source over `bytes`. */
@inline
function addScaled(target: usize, factor: f32, source: usize, bytes: usize): void {
  const f = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += 16)
    v128.store(target + at, f32x4.relaxed_madd(f, v128.load(source + at), v128.load(target + at)));
}

/**
 * Pairs [from, to) of sequence · heads + head. starts: int32, sequences + 1. qkv: rows of 3 · heads · width floats (queries, keys, values; width a
 * multiple of 4). out: rows of heads · width. logs: float32 per row and head. slopes: float32 per head. scratch: per slot `longest` floats, a
 * multiple of 4 above the longest sequence. The first `known` rows of each sequence have cached keys and values; their outputs are not computed.
 */
export function attentionForward(
  slot: i32, from: i32, to: i32, starts: usize, heads: i32, width: i32, scale: f32, slopes: usize, qkv: usize, out: usize,
  logs: usize, scratch: usize, longest: i32, known: i32,
): void {
  const bytes = (<usize>width) << 2;
  const rowOut = bytes * <usize>heads;
  const row = rowOut * 3;
  const weights = scratch + ((<usize>slot * <usize>longest) << 2);
  for (let pair = from; pair < to; pair++) {
    const sequence = pair / heads;
    const head = pair - sequence * heads;
    const first = <usize>load<u32>(starts + ((<usize>sequence) << 2));
    const n = load<i32>(starts + ((<usize>sequence) << 2), 4) - <i32>first;
    const slope = load<f32>(slopes + ((<usize>head) << 2));
    const q = qkv + first * row + <usize>head * bytes;
    const k = q + rowOut;
    const v = k + rowOut;
    for (let i = known; i < n; i++) {
      const log = scoreRow(q + <usize>i * row, k, row, i, width, scale, slope, weights);
      store<f32>(logs + (((first + <usize>i) * <usize>heads + <usize>head) << 2), log);
      const target = out + (first + <usize>i) * rowOut + <usize>head * bytes;
      memory.fill(target, 0, bytes);
      let sum: f32 = 0;
      for (let j = 0; j <= i; j++) {
        const weight = load<f32>(weights + ((<usize>j) << 2));
        sum += weight;
        addScaled(target, weight, v + <usize>j * row, bytes);
      }
      const share = f32x4.splat(1 / sum);
      for (let at: usize = 0; at < bytes; at += 16) v128.store(target + at, f32x4.mul(share, v128.load(target + at)));
    }
  }
}

/**
 * The backward pass for the same pairs: given ∂/∂out, writes ∂/∂qkv. With p_ij the weights: dv_j = Σ p_ij do_i, ds_ij = p_ij (do_i·v_j − do_i·o_i),
 * dq_i = scale Σ ds_ij k_j, dk_j = scale Σ ds_ij q_i.
 */
export function attentionBackward(
  slot: i32, from: i32, to: i32, starts: usize, heads: i32, width: i32, scale: f32, slopes: usize, qkv: usize, out: usize,
  logs: usize, dOut: usize, dQkv: usize,
): void {
  const bytes = (<usize>width) << 2;
  const rowOut = bytes * <usize>heads;
  const row = rowOut * 3;
  for (let pair = from; pair < to; pair++) {
    const sequence = pair / heads;
    const head = pair - sequence * heads;
    const first = <usize>load<u32>(starts + ((<usize>sequence) << 2));
    const n = load<i32>(starts + ((<usize>sequence) << 2), 4) - <i32>first;
    const slope = load<f32>(slopes + ((<usize>head) << 2));
    const start = first * row + <usize>head * bytes;
    const q = qkv + start;
    const k = q + rowOut;
    const v = k + rowOut;
    const dq = dQkv + start;
    const dk = dq + rowOut;
    const dv = dk + rowOut;
    for (let i = 0; i < n; i++) {
      const own = <usize>i * row;
      memory.fill(dq + own, 0, bytes);
      memory.fill(dk + own, 0, bytes);
      memory.fill(dv + own, 0, bytes);
    }
    for (let i = 0; i < n; i++) {
      const own = <usize>i * row;
      const at = (first + <usize>i) * rowOut + <usize>head * bytes;
      const dTarget = dOut + at;
      const shared = dotProduct(dTarget, out + at, width);
      const log = load<f32>(logs + (((first + <usize>i) * <usize>heads + <usize>head) << 2));
      for (let j = 0; j <= i; j++) {
        const other = <usize>j * row;
        const s = scale * dotProduct(q + own, k + other, width) - slope * <f32>(i - j) - log;
        const p = f32x4.extract_lane(exponential(f32x4.splat(min(max(s, -80), 0))), 0);
        const ds = scale * p * (dotProduct(dTarget, v + other, width) - shared);
        addScaled(dv + other, p, dTarget, bytes);
        addScaled(dk + other, ds, q + own, bytes);
        addScaled(dq + own, ds, k + other, bytes);
      }
    }
  }
}
