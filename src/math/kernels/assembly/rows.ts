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

/** Scales each row to length 1; rows of zeros stay zero. */
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

/** Rows read at a time: the processor prefetches only a few lines of one stream, but that many for each of several. */
const STREAMS = 8;

/** Adds one step along a row to its sum. */
// @ts-ignore: decorator
@inline
function step8(sum: v128, at: usize, low: v128, high: v128): v128 {
  const left = i32x4.dot_i16x8_s(v128.load_ext<i8>(at), low);
  return i32x4.add(sum, i32x4.add(left, i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 8), high)));
}

// @ts-ignore: decorator
@inline
function store8(out: usize, i: i32, sum: v128, scales: usize, r: i32, unit: f32): void {
  const total = i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3);
  store<f32>(out + ((<usize>i) << 2), <f32>total * load<f32>(scales + ((<usize>r) << 2)) * unit);
}

/** out[i…] = unit · scales[r…] · (int8 table[r…] · query) for eight rows. */
function dotEight(
  table: usize, stride8: i32, scales: usize, query: usize, unit: f32, out: usize,
  r0: i32, r1: i32, r2: i32, r3: i32, r4: i32, r5: i32, r6: i32, r7: i32,
  i0: i32, i1: i32, i2: i32, i3: i32, i4: i32, i5: i32, i6: i32, i7: i32,
): void {
  let a0 = table + <usize>r0 * <usize>stride8;
  let a1 = table + <usize>r1 * <usize>stride8;
  let a2 = table + <usize>r2 * <usize>stride8;
  let a3 = table + <usize>r3 * <usize>stride8;
  let a4 = table + <usize>r4 * <usize>stride8;
  let a5 = table + <usize>r5 * <usize>stride8;
  let a6 = table + <usize>r6 * <usize>stride8;
  let a7 = table + <usize>r7 * <usize>stride8;
  let s0 = i32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  const end = a0 + <usize>stride8;
  while (a0 < end) {
    const low = v128.load(query);
    const high = v128.load(query, 16);
    s0 = step8(s0, a0, low, high);
    s1 = step8(s1, a1, low, high);
    s2 = step8(s2, a2, low, high);
    s3 = step8(s3, a3, low, high);
    s4 = step8(s4, a4, low, high);
    s5 = step8(s5, a5, low, high);
    s6 = step8(s6, a6, low, high);
    s7 = step8(s7, a7, low, high);
    a0 += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
    a4 += 16;
    a5 += 16;
    a6 += 16;
    a7 += 16;
    query += 32;
  }
  store8(out, i0, s0, scales, r0, unit);
  store8(out, i1, s1, scales, r1, unit);
  store8(out, i2, s2, scales, r2, unit);
  store8(out, i3, s3, scales, r3, unit);
  store8(out, i4, s4, scales, r4, unit);
  store8(out, i5, s5, scales, r5, unit);
  store8(out, i6, s6, scales, r6, unit);
  store8(out, i7, s7, scales, r7, unit);
}

/** out[r] = unit · scales[r] · (int8 table[r] · query): query is int16 of length stride8, products are exact in int32. */
export function dotRows8(
  slot: i32, from: i32, to: i32, table: usize, stride8: i32, scales: usize, query: usize, unit: f32, out: usize,
): void {
  const part = (to - from) / STREAMS;
  for (let r = from; r < from + part; r++) {
    const r1 = r + part;
    const r2 = r + 2 * part;
    const r3 = r + 3 * part;
    const r4 = r + 4 * part;
    const r5 = r + 5 * part;
    const r6 = r + 6 * part;
    const r7 = r + 7 * part;
    dotEight(table, stride8, scales, query, unit, out, r, r1, r2, r3, r4, r5, r6, r7, r, r1, r2, r3, r4, r5, r6, r7);
  }
  for (let r = from + STREAMS * part; r < to; r++) {
    const total = dot8(table + <usize>r * <usize>stride8, query, stride8);
    store<f32>(out + ((<usize>r) << 2), <f32>total * load<f32>(scales + ((<usize>r) << 2)) * unit);
  }
}

/** The next index from i on whose item is not negative, `to` if none; sets the scores before it to 0. */
function nextItem(i: i32, to: i32, items: usize, out: usize): i32 {
  for (; i < to && load<i32>(items + ((<usize>i) << 2)) < 0; i++) store<f32>(out + ((<usize>i) << 2), 0);
  return i;
}

// @ts-ignore: decorator
@inline
function itemAt(items: usize, i: i32): i32 {
  return load<i32>(items + ((<usize>i) << 2));
}

/** As dotRows8 for the given rows: out[i] is that of table[items[i]], 0 for a negative item. */
export function dotItems8(
  slot: i32, from: i32, to: i32, table: usize, stride8: i32, scales: usize, query: usize, unit: f32, items: usize,
  out: usize,
): void {
  let next = nextItem(from, to, items, out);
  while (next < to) {
    const i0 = next;
    const i1 = nextItem(min(i0 + 1, to), to, items, out);
    const i2 = nextItem(min(i1 + 1, to), to, items, out);
    const i3 = nextItem(min(i2 + 1, to), to, items, out);
    const i4 = nextItem(min(i3 + 1, to), to, items, out);
    const i5 = nextItem(min(i4 + 1, to), to, items, out);
    const i6 = nextItem(min(i5 + 1, to), to, items, out);
    const i7 = nextItem(min(i6 + 1, to), to, items, out);
    if (i7 == to) break;
    dotEight(
      table, stride8, scales, query, unit, out,
      itemAt(items, i0), itemAt(items, i1), itemAt(items, i2), itemAt(items, i3),
      itemAt(items, i4), itemAt(items, i5), itemAt(items, i6), itemAt(items, i7),
      i0, i1, i2, i3, i4, i5, i6, i7,
    );
    next = nextItem(i7 + 1, to, items, out);
  }
  for (; next < to; next = nextItem(next + 1, to, items, out)) {
    const r = itemAt(items, next);
    const total = dot8(table + <usize>r * <usize>stride8, query, stride8);
    store<f32>(out + ((<usize>next) << 2), <f32>total * load<f32>(scales + ((<usize>r) << 2)) * unit);
  }
}

/** Four rows with each of two queries, so that every load of a row serves both. */
function dotFourTwice(
  table: usize, stride8: i32, scales: usize, query: usize, unit: f32, other: usize, otherUnit: f32, out: usize, otherOut: usize,
  r0: i32, r1: i32, r2: i32, r3: i32, i0: i32, i1: i32, i2: i32, i3: i32,
): void {
  let a0 = table + <usize>r0 * <usize>stride8;
  let a1 = table + <usize>r1 * <usize>stride8;
  let a2 = table + <usize>r2 * <usize>stride8;
  let a3 = table + <usize>r3 * <usize>stride8;
  let s0 = i32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let t0 = s0;
  let t1 = s0;
  let t2 = s0;
  let t3 = s0;
  const end = a0 + <usize>stride8;
  for (let at: usize = 0; a0 < end; at += 32) {
    const low = v128.load(query + at);
    const high = v128.load(query + at, 16);
    const otherLow = v128.load(other + at);
    const otherHigh = v128.load(other + at, 16);
    s0 = step8(s0, a0, low, high);
    t0 = step8(t0, a0, otherLow, otherHigh);
    s1 = step8(s1, a1, low, high);
    t1 = step8(t1, a1, otherLow, otherHigh);
    s2 = step8(s2, a2, low, high);
    t2 = step8(t2, a2, otherLow, otherHigh);
    s3 = step8(s3, a3, low, high);
    t3 = step8(t3, a3, otherLow, otherHigh);
    a0 += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
  }
  store8(out, i0, s0, scales, r0, unit);
  store8(out, i1, s1, scales, r1, unit);
  store8(out, i2, s2, scales, r2, unit);
  store8(out, i3, s3, scales, r3, unit);
  store8(otherOut, i0, t0, scales, r0, otherUnit);
  store8(otherOut, i1, t1, scales, r1, otherUnit);
  store8(otherOut, i2, t2, scales, r2, otherUnit);
  store8(otherOut, i3, t3, scales, r3, otherUnit);
}

/** As dotRows8 with two queries. */
export function dotRows8Twice(
  slot: i32, from: i32, to: i32, table: usize, stride8: i32, scales: usize, query: usize, unit: f32, other: usize,
  otherUnit: f32, out: usize, otherOut: usize,
): void {
  const part = (to - from) / 4;
  for (let r = from; r < from + part; r++) {
    const r1 = r + part;
    const r2 = r + 2 * part;
    const r3 = r + 3 * part;
    dotFourTwice(table, stride8, scales, query, unit, other, otherUnit, out, otherOut, r, r1, r2, r3, r, r1, r2, r3);
  }
  dotRows8(slot, from + 4 * part, to, table, stride8, scales, query, unit, out);
  dotRows8(slot, from + 4 * part, to, table, stride8, scales, other, otherUnit, otherOut);
}

/** As dotItems8 with two queries. */
export function dotItems8Twice(
  slot: i32, from: i32, to: i32, table: usize, stride8: i32, scales: usize, query: usize, unit: f32, other: usize,
  otherUnit: f32, items: usize, out: usize, otherOut: usize,
): void {
  for (let i = from; i < to; i++) if (itemAt(items, i) < 0) store<f32>(otherOut + ((<usize>i) << 2), 0);
  let next = nextItem(from, to, items, out);
  while (next < to) {
    const i0 = next;
    const i1 = nextItem(min(i0 + 1, to), to, items, out);
    const i2 = nextItem(min(i1 + 1, to), to, items, out);
    const i3 = nextItem(min(i2 + 1, to), to, items, out);
    if (i3 == to) break;
    dotFourTwice(
      table, stride8, scales, query, unit, other, otherUnit, out, otherOut,
      itemAt(items, i0), itemAt(items, i1), itemAt(items, i2), itemAt(items, i3), i0, i1, i2, i3,
    );
    next = nextItem(i3 + 1, to, items, out);
  }
  dotItems8(slot, next, to, table, stride8, scales, query, unit, items, out);
  dotItems8(slot, next, to, table, stride8, scales, other, otherUnit, items, otherOut);
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
      // Skip sixteen, then four at a time while none can enter.
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
          // Numbers ascend, so an equal score never beats one in the heap.
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
