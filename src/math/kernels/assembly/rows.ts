// Row-wise kernels over an N × stride float32 table. stride is a multiple of 4; padding holds zeros.

import { dotProduct } from './lanes';

/** out[r] = table[r] · query for r in [from, to). */
export function dotRows(slot: i32, from: i32, to: i32, table: usize, stride: i32, query: usize, out: usize): void {
  const bytes = (<usize>stride) << 2;
  for (let r = from; r < to; r++) {
    store<f32>(out + ((<usize>r) << 2), dotProduct(table + <usize>r * bytes, query, stride));
  }
}

/** out[i] = table[items[i]] · query for i in [from, to), 0 for a negative item: the exact second pass over candidates. */
export function dotItems(
  slot: i32, from: i32, to: i32, table: usize, stride: i32, query: usize, items: usize, out: usize,
): void {
  const bytes = (<usize>stride) << 2;
  for (let i = from; i < to; i++) {
    const r = load<i32>(items + ((<usize>i) << 2));
    store<f32>(out + ((<usize>i) << 2), r < 0 ? 0 : dotProduct(table + <usize>r * bytes, query, stride));
  }
}

/** Scales each row to length 1; a row of zeros stays. */
export function normaliseRows(slot: i32, from: i32, to: i32, table: usize, stride: i32): void {
  const bytes = (<usize>stride) << 2;
  for (let r = from; r < to; r++) {
    const row = table + <usize>r * bytes;
    const squared = dotProduct(row, row, stride);
    if (squared <= 0) continue;
    const scale = f32x4.splat(<f32>(1.0 / Math.sqrt(<f64>squared)));
    for (let at = row; at < row + bytes; at += 16) v128.store(at, f32x4.mul(v128.load(at), scale));
  }
}

/**
 * Symmetric int8 quantisation, one scale per row: q = round(x · 127 / max|x|), scales[r] = max|x| / 127.
 * stride8 (a multiple of 16) is the row length of the int8 table; the padding becomes 0.
 */
export function quantiseRows(
  slot: i32, from: i32, to: i32, table: usize, stride: i32, out: usize, stride8: i32, scales: usize,
): void {
  const bytes = (<usize>stride) << 2;
  for (let r = from; r < to; r++) {
    const row = table + <usize>r * bytes;
    let largest = f32x4.splat(0);
    for (let at = row; at < row + bytes; at += 16) largest = f32x4.max(largest, f32x4.abs(v128.load(at)));
    const top = max(
      max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
      max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
    );
    const scale: f32 = top > 0 ? 127 / top : 0;
    store<f32>(scales + ((<usize>r) << 2), top / 127);
    const target = out + <usize>r * <usize>stride8;
    memory.fill(target, 0, stride8);
    for (let j = 0; j < stride; j++) {
      store<i8>(target + <usize>j, <i8>(<i32>nearest<f32>(load<f32>(row + ((<usize>j) << 2)) * scale)));
    }
  }
}

/** An int8 row times an int16 query, both of length stride8: exact in int32. */
// @ts-ignore: decorator
@inline
function dot8(row: usize, query: usize, stride8: i32): i32 {
  const end = row + <usize>stride8;
  let s0 = i32x4.splat(0);
  let s1 = i32x4.splat(0);
  while (row < end) {
    s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load_ext<i8>(row), v128.load(query)));
    s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load_ext<i8>(row, 8), v128.load(query, 16)));
    row += 16;
    query += 32;
  }
  const s = i32x4.add(s0, s1);
  return i32x4.extract_lane(s, 0) + i32x4.extract_lane(s, 1) + i32x4.extract_lane(s, 2) + i32x4.extract_lane(s, 3);
}

/** out[r] = unit · scales[r] · (int8 table[r] · query): query is int16 of length stride8, products are exact in int32. */
export function dotRows8(
  slot: i32, from: i32, to: i32, table: usize, stride8: i32, scales: usize, query: usize, unit: f32, out: usize,
): void {
  for (let r = from; r < to; r++) {
    const total = dot8(table + <usize>r * <usize>stride8, query, stride8);
    store<f32>(out + ((<usize>r) << 2), <f32>total * load<f32>(scales + ((<usize>r) << 2)) * unit);
  }
}

/** As dotRows8 for the given rows: out[i] is that of table[items[i]], 0 for a negative item. */
export function dotItems8(
  slot: i32, from: i32, to: i32, table: usize, stride8: i32, scales: usize, query: usize, unit: f32, items: usize,
  out: usize,
): void {
  for (let i = from; i < to; i++) {
    const r = load<i32>(items + ((<usize>i) << 2));
    const total = r < 0 ? 0 : dot8(table + <usize>r * <usize>stride8, query, stride8);
    const scale: f32 = r < 0 ? 0 : load<f32>(scales + ((<usize>r) << 2));
    store<f32>(out + ((<usize>i) << 2), <f32>total * scale * unit);
  }
}

@inline
function worse(scoreA: f32, itemA: i32, scoreB: f32, itemB: i32): bool {
  return scoreA < scoreB || (scoreA == scoreB && itemA > itemB);
}

/**
 * The k best scores of each block of `block` scores, for blocks [from, to), as a min-heap (unsorted) at
 * outItems/outScores + block number · k, and the number kept at outCounts. allowed: one byte per score, 0 = barred; address 0 = all.
 * Ties go to the lower number; scores ≤ floor and NaN never enter.
 */
export function topOfBlocks(
  slot: i32, from: i32, to: i32, scores: usize, count: i32, block: i32, allowed: usize, floor: f32, k: i32,
  outItems: usize, outScores: usize, outCounts: usize,
): void {
  for (let b = from; b < to; b++) {
    const heapItems = outItems + ((<usize>b * <usize>k) << 2);
    const heapScores = outScores + ((<usize>b * <usize>k) << 2);
    let size = 0;
    let threshold = floor;
    const end = min(count, (b + 1) * block);
    let i = b * block;
    while (i < end) {
      // Sixteen, then four at a time while none can enter.
      const limit = f32x4.splat(threshold);
      while (i + 16 <= end) {
        const at = scores + ((<usize>i) << 2);
        const low = v128.or(f32x4.ge(v128.load(at), limit), f32x4.ge(v128.load(at, 16), limit));
        const high = v128.or(f32x4.ge(v128.load(at, 32), limit), f32x4.ge(v128.load(at, 48), limit));
        if (v128.any_true(v128.or(low, high))) break;
        i += 16;
      }
      while (i + 4 <= end && !v128.any_true(f32x4.ge(v128.load(scores + ((<usize>i) << 2)), limit))) i += 4;
      const stop = min(i + 4, end);
      for (; i < stop; i++) {
        const score = load<f32>(scores + ((<usize>i) << 2));
        if (!(score > floor) || (allowed != 0 && load<u8>(allowed + <usize>i) == 0)) continue;
        if (size < k) {
          let child = size++;
          while (child > 0) {
            const parent = (child - 1) >> 1;
            const p = (<usize>parent) << 2;
            if (!worse(score, i, load<f32>(heapScores + p), load<i32>(heapItems + p))) break;
            store<f32>(heapScores + ((<usize>child) << 2), load<f32>(heapScores + p));
            store<i32>(heapItems + ((<usize>child) << 2), load<i32>(heapItems + p));
            child = parent;
          }
          store<f32>(heapScores + ((<usize>child) << 2), score);
          store<i32>(heapItems + ((<usize>child) << 2), i);
        } else {
          // Numbers ascend, so an equal score never beats what is held.
          if (k == 0 || !(score > load<f32>(heapScores))) continue;
          let at = 0;
          for (;;) {
            let child = 2 * at + 1;
            if (child >= size) break;
            const right = child + 1;
            if (
              right < size &&
              worse(
                load<f32>(heapScores + ((<usize>right) << 2)), load<i32>(heapItems + ((<usize>right) << 2)),
                load<f32>(heapScores + ((<usize>child) << 2)), load<i32>(heapItems + ((<usize>child) << 2)),
              )
            ) child = right;
            const c = (<usize>child) << 2;
            if (!worse(load<f32>(heapScores + c), load<i32>(heapItems + c), score, i)) break;
            store<f32>(heapScores + ((<usize>at) << 2), load<f32>(heapScores + c));
            store<i32>(heapItems + ((<usize>at) << 2), load<i32>(heapItems + c));
            at = child;
          }
          store<f32>(heapScores + ((<usize>at) << 2), score);
          store<i32>(heapItems + ((<usize>at) << 2), i);
        }
        if (size == k && k > 0) threshold = load<f32>(heapScores);
      }
    }
    store<i32>(outCounts + ((<usize>b) << 2), size);
  }
}
