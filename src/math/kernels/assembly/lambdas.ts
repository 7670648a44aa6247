// LambdaMART's gradients, query by query.

import { exponential, sum4 } from './lanes';

/** Sorts a query's rows by descending score, ties by row number. Starting from the previous order leaves little to do when scores moved little. */
function sortRows(order: usize, n: i32, scores: usize): void {
  // Shell's sort with Gonnet's gaps.
  for (let gap = n > 2 ? (n * 5) / 11 : 1; gap > 0; gap = gap == 2 ? 1 : (gap * 5) / 11) {
    const jump = (<usize>gap) << 2;
    for (let i = gap; i < n; i++) {
      let at = order + ((<usize>i) << 2);
      const row = load<u32>(at);
      const score = load<f64>(scores + ((<usize>row) << 3));
      while (at >= order + jump) {
        const other = load<u32>(at - jump);
        const its = load<f64>(scores + ((<usize>other) << 3));
        if (its > score || (its == score && other < row)) break;
        store<u32>(at, other);
        at -= jump;
      }
      store<u32>(at, row);
    }
  }
}

/**
 * For queries [from, to) with the rows groups[q] … groups[q + 1]: gradient and hessian (float32) of each row, and sums[q] = twice the sum of its
 * λ (float64). order: int32 per row, the query's rows (counted from its first) in any order on entry, sorted on return. discounts: float32 by rank, 0
 * beyond the truncation. inverse: float32 per query, 1 / ideal DCG, 0 when the query teaches nothing. scratch: per slot 5 · most floats, most = the
 * longest query rounded up to a multiple of 4.
 */
export function lambdaQueries(
  slot: i32, from: i32, to: i32, groups: usize, scores: usize, labels: usize, order: usize, discounts: usize, inverse: usize,
  gradient: usize, hessian: usize, sums: usize, scratch: usize, most: i32,
): void {
  const width = (<usize>most) << 2;
  const powers = scratch + <usize>slot * 5 * width;
  const places = powers + width;
  const relevance = places + width;
  const slopes = relevance + width;
  const curves = slopes + width;
  for (let q = from; q < to; q++) {
    const first = load<i32>(groups + ((<usize>q) << 2));
    const n = load<i32>(groups + ((<usize>q) << 2), 4) - first;
    const bytes = (<usize>n) << 2;
    const outG = gradient + ((<usize>first) << 2);
    const outH = hessian + ((<usize>first) << 2);
    const share = load<f32>(inverse + ((<usize>q) << 2));
    let total: f64 = 0;
    if (share == 0) {
      memory.fill(outG, 0, bytes);
      memory.fill(outH, 0, bytes);
      store<f64>(sums + ((<usize>q) << 3), 0);
      continue;
    }
    const own = scores + ((<usize>first) << 3);
    const list = order + ((<usize>first) << 2);
    sortRows(list, n, own);
    const top = load<f64>(own + ((<usize>load<u32>(list)) << 3));
    for (let rank = 0; rank < n; rank++) {
      const row = (<usize>load<u32>(list + ((<usize>rank) << 2))) << 2;
      store<f32>(places + row, load<f32>(discounts + ((<usize>rank) << 2)) * share);
      store<f32>(powers + row, <f32>max(load<f64>(own + (row << 1)) - top, -60));
      store<f32>(relevance + row, load<f32>(labels + ((<usize>first) << 2) + row));
    }
    const end = (bytes + 15) & ~15;
    for (let at = bytes; at < end; at += 4) {
      store<f32>(places + at, 0);
      store<f32>(powers + at, 0);
      // Above every label: no pair.
      store<f32>(relevance + at, Infinity);
    }
    for (let at: usize = 0; at < end; at += 16) v128.store(powers + at, exponential(v128.load(powers + at)));
    memory.fill(slopes, 0, end);
    memory.fill(curves, 0, end);
    const zero = f32x4.splat(0);
    const one = f32x4.splat(1);
    for (let i: usize = 0; i < bytes; i += 4) {
      const label = load<f32>(relevance + i);
      if (label <= 0) continue;
      const labels4 = f32x4.splat(label);
      const place = v128.load_splat<f32>(places + i);
      const power = v128.load_splat<f32>(powers + i);
      let sumG = zero;
      let sumH = zero;
      // σ(s_j − s_i) = e^(s_j) / (e^(s_i) + e^(s_j)): one exponential per row instead of one per pair.
      for (let j: usize = 0; j < end; j += 16) {
        const other = v128.load(powers + j);
        const probability = f32x4.div(other, f32x4.add(power, other));
        const gap = f32x4.max(f32x4.sub(labels4, v128.load(relevance + j)), zero);
        const delta = f32x4.mul(gap, f32x4.abs(f32x4.sub(place, v128.load(places + j))));
        const lambda = f32x4.mul(probability, delta);
        const curvature = f32x4.mul(lambda, f32x4.sub(one, probability));
        sumG = f32x4.add(sumG, lambda);
        sumH = f32x4.add(sumH, curvature);
        v128.store(slopes + j, f32x4.add(v128.load(slopes + j), lambda));
        v128.store(curves + j, f32x4.add(v128.load(curves + j), curvature));
      }
      const pull = sum4(sumG);
      total += 2 * <f64>pull;
      store<f32>(slopes + i, load<f32>(slopes + i) - pull);
      store<f32>(curves + i, load<f32>(curves + i) + sum4(sumH));
    }
    memory.copy(outG, slopes, bytes);
    memory.copy(outH, curves, bytes);
    store<f64>(sums + ((<usize>q) << 3), total);
  }
}

/** For queries [from, to): gradient and hessian times the query's scale (float32). */
export function scaleQueries(slot: i32, from: i32, to: i32, groups: usize, scales: usize, gradient: usize, hessian: usize): void {
  for (let q = from; q < to; q++) {
    const scale = load<f32>(scales + ((<usize>q) << 2));
    const end = load<u32>(groups + ((<usize>q) << 2), 4);
    for (let r = load<u32>(groups + ((<usize>q) << 2)); r < end; r++) {
      const at = (<usize>r) << 2;
      store<f32>(gradient + at, load<f32>(gradient + at) * scale);
      store<f32>(hessian + at, load<f32>(hessian + at) * scale);
    }
  }
}
