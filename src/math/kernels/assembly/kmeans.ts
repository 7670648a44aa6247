// The assignment step of k-means, exact, with bounds that avoid most of the comparisons (Hamerly 2010).

import { sum4 } from './lanes';

/** Factors that keep the bounds valid despite the rounding of a step. */
const MORE: f32 = 1 + 2.0 ** -22;
const LESS: f32 = 1 - 2.0 ** -22;

/** Adds a row to the sums of a centroid, or subtracts it. */
@inline
function addRow(row: usize, rowBytes: usize, target: usize, sign: f64): void {
  const factor = f64x2.splat(sign);
  for (let x = row; x < row + rowBytes; x += 8) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(x));
    v128.store(target, f64x2.add(v128.load(target), f64x2.mul(factor, pair)));
    target += 16;
  }
}

/**
 * Blocks [from, to) of `block` rows: writes the centroid at the least squared distance to `nearest`; ties go to the lower number.
 * Two bounds decide whether a row must be compared with all centroids: `upper` ≥ the distance to its own centroid, `lower` ≤ that to any
 * other. They follow the centroids' moves by the triangle inequality; moves holds for each centroid how far it moved, how far the others moved at
 * most, and its distance to the nearest other one. `first` ≠ 0: no bounds yet, all rows are compared.
 * Scores in float32 err by less than accuracy · (‖x‖² + largest); rows whose bounds are closer than that are compared, so the result is bitwise equal
 * to comparing all.
 * table: count × stride (multiple of 4). transposed: the centroids, stride × padded (a multiple of 4); norms: ‖c‖² of each, +∞ in the padding.
 * upper, lower, rowNorms (‖x‖², written when first), nearest: count rounded up to a multiple of 4. queue: room for all rows.
 * sums (k × stride float64), counts (k int32) and squares (Σ ‖x‖², written when first) are per block, so totals do not depend on the number of
 * threads; sums and counts are updated by the rows that change centroid.
 */
export function assignBlocks(
  slot: i32, from: i32, to: i32, table: usize, count: i32, stride: i32, block: i32, first: i32,
  transposed: usize, norms: usize, k: i32, padded: i32, moves: usize, accuracy: f32, largest: f32,
  nearest: usize, upper: usize, lower: usize, rowNorms: usize, queue: usize, sums: usize, counts: usize, squares: usize,
): void {
  const rowBytes = (<usize>stride) << 2;
  for (let b = from; b < to; b++) {
    const begin = b * block;
    const end = min(count, begin + block);
    const waiting = queue + ((<usize>begin) << 2);
    let n: i32;
    if (first) {
      n = end - begin;
      let square = f64x2.splat(0);
      for (let r = begin; r < end; r++) {
        const row = table + <usize>r * rowBytes;
        let own = f64x2.splat(0);
        for (let x = row; x < row + rowBytes; x += 8) {
          const pair = f64x2.promote_low_f32x4(v128.load64_zero(x));
          own = f64x2.add(own, f64x2.mul(pair, pair));
        }
        square = f64x2.add(square, own);
        const at = (<usize>r) << 2;
        store<f32>(rowNorms + at, <f32>(f64x2.extract_lane(own, 0) + f64x2.extract_lane(own, 1)));
        store<i32>(nearest + at, -1);
        store<i32>(queue + at, r);
      }
      store<f64>(squares + ((<usize>b) << 3), f64x2.extract_lane(square, 0) + f64x2.extract_lane(square, 1));
    } else {
      n = byBounds(begin, end, moves, accuracy, largest, nearest, upper, lower, rowNorms, waiting);
    }
    compareAll(
      n, waiting, table, rowBytes, stride, transposed, norms, padded, accuracy, largest, nearest, upper, lower, rowNorms,
      sums + ((<usize>b * <usize>(k * stride)) << 3), counts + ((<usize>b * <usize>k) << 2),
    );
  }
}

/** Updates the bounds of the rows [begin, end), begin a multiple of 4, and queues the rows that they do not settle. Returns the number queued. */
function byBounds(
  begin: i32, end: i32, moves: usize, accuracy: f32, largest: f32,
  nearest: usize, upper: usize, lower: usize, rowNorms: usize, waiting: usize,
): i32 {
  const more = f32x4.splat(MORE);
  const less = f32x4.splat(LESS);
  const zero = f32x4.splat(0);
  const slackPerNorm = f32x4.splat(<f32>2 * accuracy);
  const slackOfLargest = f32x4.splat(<f32>2 * accuracy * largest);
  let n: i32 = 0;
  for (let r = begin; r < end; r += 4) {
    const at = (<usize>r) << 2;
    // Gather (own move, others' move, distance to the next centroid) of four rows into lanes.
    const m0 = v128.load(moves + ((<usize>load<i32>(nearest + at)) << 4));
    const m1 = v128.load(moves + ((<usize>load<i32>(nearest + at, 4)) << 4));
    const m2 = v128.load(moves + ((<usize>load<i32>(nearest + at, 8)) << 4));
    const m3 = v128.load(moves + ((<usize>load<i32>(nearest + at, 12)) << 4));
    const a = v128.shuffle<f32>(m0, m1, 0, 4, 1, 5);
    const b = v128.shuffle<f32>(m2, m3, 0, 4, 1, 5);
    const own = v128.shuffle<f32>(a, b, 0, 1, 4, 5);
    const others = v128.shuffle<f32>(a, b, 2, 3, 6, 7);
    const apart = v128.shuffle<f32>(v128.shuffle<f32>(m0, m1, 2, 6, 3, 7), v128.shuffle<f32>(m2, m3, 2, 6, 3, 7), 0, 1, 4, 5);
    const u = f32x4.mul(f32x4.add(v128.load(upper + at), own), more);
    // d(x, c′) ≥ d(c, c′) − d(x, c)
    const l = f32x4.mul(
      f32x4.pmax(f32x4.pmax(f32x4.sub(v128.load(lower + at), others), f32x4.sub(apart, u)), zero),
      less,
    );
    v128.store(upper + at, u);
    v128.store(lower + at, l);
    const slack = f32x4.relaxed_madd(slackPerNorm, v128.load(rowNorms + at), slackOfLargest);
    const gap = f32x4.mul(f32x4.sub(l, u), f32x4.add(l, u));
    let open = ~i32x4.bitmask(f32x4.gt(gap, slack));
    if (end - r < 4) open &= (1 << (end - r)) - 1;
    store<i32>(waiting + ((<usize>n) << 2), r);
    n += open & 1;
    store<i32>(waiting + ((<usize>n) << 2), r + 1);
    n += (open >> 1) & 1;
    store<i32>(waiting + ((<usize>n) << 2), r + 2);
    n += (open >> 2) & 1;
    store<i32>(waiting + ((<usize>n) << 2), r + 3);
    n += (open >> 3) & 1;
  }
  return n;
}

/** Compares the queued rows with all centroids, four rows at a time so that they share each load of the centroids. */
function compareAll(
  n: i32, waiting: usize, table: usize, rowBytes: usize, stride: i32, transposed: usize, norms: usize, padded: i32,
  accuracy: f32, largest: f32, nearest: usize, upper: usize, lower: usize, rowNorms: usize, sums: usize, counts: usize,
): void {
  const centroidBytes = (<usize>padded) << 2;
  const minusTwo = f32x4.splat(-2);
  const four = i32x4.splat(4);
  for (let i = 0; i < n; i += 4) {
    // Lanes beyond the end repeat the last row, which is then not settled.
    const last = n - 1 - i;
    const place = waiting + ((<usize>i) << 2);
    const r0 = <usize>load<i32>(place);
    const r1 = <usize>load<i32>(place + ((<usize>min(1, last)) << 2));
    const r2 = <usize>load<i32>(place + ((<usize>min(2, last)) << 2));
    const r3 = <usize>load<i32>(place + ((<usize>min(3, last)) << 2));
    const row0 = table + r0 * rowBytes;
    const row1 = table + r1 * rowBytes;
    const row2 = table + r2 * rowBytes;
    const row3 = table + r3 * rowBytes;
    let best0 = f32x4.splat(Infinity);
    let best1 = best0;
    let best2 = best0;
    let best3 = best0;
    let next0 = best0;
    let next1 = best0;
    let next2 = best0;
    let next3 = best0;
    let at0 = i32x4.splat(0);
    let at1 = at0;
    let at2 = at0;
    let at3 = at0;
    let low = i32x4(0, 1, 2, 3);
    for (let c = 0; c < padded; c += 4) {
      // ‖c‖² − 2 x·c for four centroids and four rows, even and odd coordinates separately
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let t0 = s0;
      let t1 = s0;
      let t2 = s0;
      let t3 = s0;
      let column = transposed + ((<usize>c) << 2);
      for (let j: usize = 0; j < rowBytes; j += 8) {
        const even = v128.load(column);
        s0 = f32x4.relaxed_madd(v128.load_splat<f32>(row0 + j), even, s0);
        s1 = f32x4.relaxed_madd(v128.load_splat<f32>(row1 + j), even, s1);
        s2 = f32x4.relaxed_madd(v128.load_splat<f32>(row2 + j), even, s2);
        s3 = f32x4.relaxed_madd(v128.load_splat<f32>(row3 + j), even, s3);
        column += centroidBytes;
        const odd = v128.load(column);
        t0 = f32x4.relaxed_madd(v128.load_splat<f32>(row0 + j, 4), odd, t0);
        t1 = f32x4.relaxed_madd(v128.load_splat<f32>(row1 + j, 4), odd, t1);
        t2 = f32x4.relaxed_madd(v128.load_splat<f32>(row2 + j, 4), odd, t2);
        t3 = f32x4.relaxed_madd(v128.load_splat<f32>(row3 + j, 4), odd, t3);
        column += centroidBytes;
      }
      const norm = v128.load(norms + ((<usize>c) << 2));
      s0 = f32x4.relaxed_madd(minusTwo, f32x4.add(s0, t0), norm);
      s1 = f32x4.relaxed_madd(minusTwo, f32x4.add(s1, t1), norm);
      s2 = f32x4.relaxed_madd(minusTwo, f32x4.add(s2, t2), norm);
      s3 = f32x4.relaxed_madd(minusTwo, f32x4.add(s3, t3), norm);
      at0 = v128.bitselect(low, at0, f32x4.lt(s0, best0));
      next0 = f32x4.pmin(next0, f32x4.pmax(s0, best0));
      best0 = f32x4.pmin(best0, s0);
      at1 = v128.bitselect(low, at1, f32x4.lt(s1, best1));
      next1 = f32x4.pmin(next1, f32x4.pmax(s1, best1));
      best1 = f32x4.pmin(best1, s1);
      at2 = v128.bitselect(low, at2, f32x4.lt(s2, best2));
      next2 = f32x4.pmin(next2, f32x4.pmax(s2, best2));
      best2 = f32x4.pmin(best2, s2);
      at3 = v128.bitselect(low, at3, f32x4.lt(s3, best3));
      next3 = f32x4.pmin(next3, f32x4.pmax(s3, best3));
      best3 = f32x4.pmin(best3, s3);
      low = i32x4.add(low, four);
    }
    // Each lane holds every fourth centroid. Transpose, so that a lane holds a row, and take the minimum of the four vectors.
    let a = v128.shuffle<f32>(best0, best1, 0, 4, 1, 5);
    let b = v128.shuffle<f32>(best2, best3, 0, 4, 1, 5);
    let c = v128.shuffle<f32>(best0, best1, 2, 6, 3, 7);
    let d = v128.shuffle<f32>(best2, best3, 2, 6, 3, 7);
    best0 = v128.shuffle<f32>(a, b, 0, 1, 4, 5);
    best1 = v128.shuffle<f32>(a, b, 2, 3, 6, 7);
    best2 = v128.shuffle<f32>(c, d, 0, 1, 4, 5);
    best3 = v128.shuffle<f32>(c, d, 2, 3, 6, 7);
    a = v128.shuffle<f32>(at0, at1, 0, 4, 1, 5);
    b = v128.shuffle<f32>(at2, at3, 0, 4, 1, 5);
    c = v128.shuffle<f32>(at0, at1, 2, 6, 3, 7);
    d = v128.shuffle<f32>(at2, at3, 2, 6, 3, 7);
    at0 = v128.shuffle<f32>(a, b, 0, 1, 4, 5);
    at1 = v128.shuffle<f32>(a, b, 2, 3, 6, 7);
    at2 = v128.shuffle<f32>(c, d, 0, 1, 4, 5);
    at3 = v128.shuffle<f32>(c, d, 2, 3, 6, 7);
    // The overall second-best is the minimum of the second-bests and of the values that lose below, in any lane.
    a = v128.shuffle<f32>(next0, next1, 0, 4, 1, 5);
    b = v128.shuffle<f32>(next2, next3, 0, 4, 1, 5);
    c = v128.shuffle<f32>(next0, next1, 2, 6, 3, 7);
    d = v128.shuffle<f32>(next2, next3, 2, 6, 3, 7);
    let second = f32x4.pmin(
      f32x4.pmin(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7)),
      f32x4.pmin(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7)),
    );
    at0 = v128.bitselect(at1, at0, better(best1, at1, best0, at0));
    second = f32x4.pmin(second, f32x4.pmax(best0, best1));
    best0 = f32x4.pmin(best0, best1);
    at2 = v128.bitselect(at3, at2, better(best3, at3, best2, at2));
    second = f32x4.pmin(second, f32x4.pmax(best2, best3));
    best2 = f32x4.pmin(best2, best3);
    at0 = v128.bitselect(at2, at0, better(best2, at2, best0, at0));
    second = f32x4.pmin(second, f32x4.pmax(best0, best2));
    best0 = f32x4.pmin(best0, best2);
    // ‖x‖² is the same for all centroids, so it enters the bounds only.
    let norm = v128.load32_zero(rowNorms + (r0 << 2));
    norm = v128.load_lane<f32>(rowNorms + (r1 << 2), norm, 1);
    norm = v128.load_lane<f32>(rowNorms + (r2 << 2), norm, 2);
    norm = v128.load_lane<f32>(rowNorms + (r3 << 2), norm, 3);
    const error = f32x4.mul(f32x4.splat(accuracy), f32x4.add(norm, f32x4.splat(largest)));
    const zero = f32x4.splat(0);
    const u = f32x4.mul(f32x4.sqrt(f32x4.add(f32x4.pmax(f32x4.add(best0, norm), zero), error)), f32x4.splat(MORE));
    const l = f32x4.mul(f32x4.sqrt(f32x4.pmax(f32x4.sub(f32x4.add(second, norm), error), zero)), f32x4.splat(LESS));
    settle(r0, row0, i32x4.extract_lane(at0, 0), f32x4.extract_lane(u, 0), f32x4.extract_lane(l, 0), rowBytes, stride, nearest, upper, lower, sums, counts);
    if (last >= 1)
      settle(r1, row1, i32x4.extract_lane(at0, 1), f32x4.extract_lane(u, 1), f32x4.extract_lane(l, 1), rowBytes, stride, nearest, upper, lower, sums, counts);
    if (last >= 2)
      settle(r2, row2, i32x4.extract_lane(at0, 2), f32x4.extract_lane(u, 2), f32x4.extract_lane(l, 2), rowBytes, stride, nearest, upper, lower, sums, counts);
    if (last >= 3)
      settle(r3, row3, i32x4.extract_lane(at0, 3), f32x4.extract_lane(u, 3), f32x4.extract_lane(l, 3), rowBytes, stride, nearest, upper, lower, sums, counts);
  }
}

/** Lanes in which the value is smaller, or equal with a lower number. */
@inline
function better(value: v128, at: v128, than: v128, thanAt: v128): v128 {
  return v128.or(f32x4.lt(value, than), v128.and(f32x4.eq(value, than), i32x4.lt_s(at, thanAt)));
}

/** Writes a row's centroid and bounds; when the centroid changed, moves the row from the old one's sums to the new one's. */
@inline
function settle(
  r: usize, row: usize, centroid: i32, u: f32, l: f32, rowBytes: usize, stride: i32,
  nearest: usize, upper: usize, lower: usize, sums: usize, counts: usize,
): void {
  const at = r << 2;
  store<f32>(upper + at, u);
  store<f32>(lower + at, l);
  const before = load<i32>(nearest + at);
  if (before == centroid) return;
  store<i32>(nearest + at, centroid);
  if (before >= 0) {
    addRow(row, rowBytes, sums + ((<usize>(before * stride)) << 3), -1);
    const own = counts + ((<usize>before) << 2);
    store<i32>(own, load<i32>(own) - 1);
  }
  addRow(row, rowBytes, sums + ((<usize>(centroid * stride)) << 3), 1);
  const own = counts + ((<usize>centroid) << 2);
  store<i32>(own, load<i32>(own) + 1);
}

/** For blocks [from, to) of rows: writes each row's squared distance to its own centroid, and the sum per block to `inertias`. */
export function ownDistances(
  slot: i32, from: i32, to: i32, table: usize, count: i32, stride: i32, block: i32, centroids: usize, nearest: usize,
  distances: usize, inertias: usize,
): void {
  const rowBytes = (<usize>stride) << 2;
  for (let b = from; b < to; b++) {
    let inertia: f64 = 0;
    const end = min(count, (b + 1) * block);
    for (let r = b * block; r < end; r++) {
      const at = (<usize>r) << 2;
      const own = centroids + <usize>load<i32>(nearest + at) * rowBytes;
      const row = table + <usize>r * rowBytes;
      let squares = f32x4.splat(0);
      for (let j: usize = 0; j < rowBytes; j += 16) {
        const difference = f32x4.sub(v128.load(row + j), v128.load(own + j));
        squares = f32x4.relaxed_madd(difference, difference, squares);
      }
      const distance = sum4(squares);
      store<f32>(distances + at, distance);
      inertia += <f64>distance;
    }
    store<f64>(inertias + ((<usize>b) << 3), inertia);
  }
}
