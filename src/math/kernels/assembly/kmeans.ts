// The assignment step of Lloyd's algorithm.

/** Adds a row to its centroid's sums and count, and writes its centroid and distance, which it returns. */
// @ts-ignore: decorator
@inline
function settle(
  row: usize, r: i32, stride: i32, values: v128, indices: v128, nearest: usize, distances: usize, blockSums: usize, blockCounts: usize,
): f64 {
  // The least of four lanes; equal ones go to the lower number.
  let best = f32x4.extract_lane(values, 0);
  let bestAt = i32x4.extract_lane(indices, 0);
  let value = f32x4.extract_lane(values, 1);
  let at = i32x4.extract_lane(indices, 1);
  if (value < best || (value == best && at < bestAt)) { best = value; bestAt = at; }
  value = f32x4.extract_lane(values, 2);
  at = i32x4.extract_lane(indices, 2);
  if (value < best || (value == best && at < bestAt)) { best = value; bestAt = at; }
  value = f32x4.extract_lane(values, 3);
  at = i32x4.extract_lane(indices, 3);
  if (value < best || (value == best && at < bestAt)) { best = value; bestAt = at; }
  // ‖x‖² is the same for all centroids; it enters the distance only.
  let square = f64x2.splat(0);
  let target = blockSums + ((<usize>(bestAt * stride)) << 3);
  const end = row + ((<usize>stride) << 2);
  for (let x = row; x < end; x += 8) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(x));
    square = f64x2.add(square, f64x2.mul(pair, pair));
    v128.store(target, f64x2.add(v128.load(target), pair));
    target += 16;
  }
  const own = blockCounts + ((<usize>bestAt) << 2);
  store<i32>(own, load<i32>(own) + 1);
  store<i32>(nearest + ((<usize>r) << 2), bestAt);
  const norm = f64x2.extract_lane(square, 0) + f64x2.extract_lane(square, 1);
  const distance = max<f32>(0, <f32>(norm + <f64>best));
  store<f32>(distances + ((<usize>r) << 2), distance);
  return <f64>distance;
}

/**
 * For rows [from, to) of one block: the centroid at the least squared distance (ties: the lower number) to `nearest`, that distance to `distances`.
 * Sums of the rows and their counts per centroid go to the block's own part of `sums` (k × stride float64) and `counts` (k int32), the sum of its distances to `inertias`,
 * so that the total does not depend on the number of threads. Blocks are of `block` rows; [from, to) counts blocks.
 * table: count × stride (multiple of 4). centroids: transposed, stride × padded (a multiple of 8), norms: ‖c‖² per centroid,
 * +∞ in the padding. Four rows at a time share each load of the centroids.
 */
export function assignBlocks(
  slot: i32, from: i32, to: i32, table: usize, count: i32, stride: i32, block: i32, centroids: usize, norms: usize,
  k: i32, padded: i32, nearest: usize, distances: usize, sums: usize, counts: usize, inertias: usize,
): void {
  const rowBytes = (<usize>stride) << 2;
  const centroidBytes = (<usize>padded) << 2;
  const minusTwo = f32x4.splat(-2);
  const four = i32x4.splat(4);
  for (let b = from; b < to; b++) {
    const blockSums = sums + ((<usize>b * <usize>(k * stride)) << 3);
    const blockCounts = counts + ((<usize>b * <usize>k) << 2);
    memory.fill(blockSums, 0, (<usize>(k * stride)) << 3);
    memory.fill(blockCounts, 0, (<usize>k) << 2);
    let inertia: f64 = 0;
    const end = min(count, (b + 1) * block);
    for (let r = b * block; r < end; r += 4) {
      const row0 = table + <usize>r * rowBytes;
      // Rows beyond the end repeat the last one and are not settled.
      const last = <usize>(end - 1 - r);
      const row1 = row0 + min<usize>(1, last) * rowBytes;
      const row2 = row0 + min<usize>(2, last) * rowBytes;
      const row3 = row0 + min<usize>(3, last) * rowBytes;
      let best0 = f32x4.splat(Infinity);
      let best1 = best0;
      let best2 = best0;
      let best3 = best0;
      let at0 = i32x4.splat(0);
      let at1 = at0;
      let at2 = at0;
      let at3 = at0;
      let low = i32x4(0, 1, 2, 3);
      for (let c = 0; c < padded; c += 8) {
        // ‖c‖² − 2 x·c for eight centroids and four rows
        let s0 = f32x4.splat(0);
        let s1 = s0;
        let s2 = s0;
        let s3 = s0;
        let t0 = s0;
        let t1 = s0;
        let t2 = s0;
        let t3 = s0;
        let column = centroids + ((<usize>c) << 2);
        for (let j: usize = 0; j < rowBytes; j += 4) {
          const left = v128.load(column);
          const right = v128.load(column, 16);
          let x = v128.load_splat<f32>(row0 + j);
          s0 = f32x4.relaxed_madd(x, left, s0);
          t0 = f32x4.relaxed_madd(x, right, t0);
          x = v128.load_splat<f32>(row1 + j);
          s1 = f32x4.relaxed_madd(x, left, s1);
          t1 = f32x4.relaxed_madd(x, right, t1);
          x = v128.load_splat<f32>(row2 + j);
          s2 = f32x4.relaxed_madd(x, left, s2);
          t2 = f32x4.relaxed_madd(x, right, t2);
          x = v128.load_splat<f32>(row3 + j);
          s3 = f32x4.relaxed_madd(x, left, s3);
          t3 = f32x4.relaxed_madd(x, right, t3);
          column += centroidBytes;
        }
        const norm = norms + ((<usize>c) << 2);
        const leftNorm = v128.load(norm);
        const rightNorm = v128.load(norm, 16);
        const high = i32x4.add(low, four);
        s0 = f32x4.relaxed_madd(minusTwo, s0, leftNorm);
        s1 = f32x4.relaxed_madd(minusTwo, s1, leftNorm);
        s2 = f32x4.relaxed_madd(minusTwo, s2, leftNorm);
        s3 = f32x4.relaxed_madd(minusTwo, s3, leftNorm);
        t0 = f32x4.relaxed_madd(minusTwo, t0, rightNorm);
        t1 = f32x4.relaxed_madd(minusTwo, t1, rightNorm);
        t2 = f32x4.relaxed_madd(minusTwo, t2, rightNorm);
        t3 = f32x4.relaxed_madd(minusTwo, t3, rightNorm);
        let less = f32x4.lt(s0, best0);
        best0 = v128.bitselect(s0, best0, less);
        at0 = v128.bitselect(low, at0, less);
        less = f32x4.lt(t0, best0);
        best0 = v128.bitselect(t0, best0, less);
        at0 = v128.bitselect(high, at0, less);
        less = f32x4.lt(s1, best1);
        best1 = v128.bitselect(s1, best1, less);
        at1 = v128.bitselect(low, at1, less);
        less = f32x4.lt(t1, best1);
        best1 = v128.bitselect(t1, best1, less);
        at1 = v128.bitselect(high, at1, less);
        less = f32x4.lt(s2, best2);
        best2 = v128.bitselect(s2, best2, less);
        at2 = v128.bitselect(low, at2, less);
        less = f32x4.lt(t2, best2);
        best2 = v128.bitselect(t2, best2, less);
        at2 = v128.bitselect(high, at2, less);
        less = f32x4.lt(s3, best3);
        best3 = v128.bitselect(s3, best3, less);
        at3 = v128.bitselect(low, at3, less);
        less = f32x4.lt(t3, best3);
        best3 = v128.bitselect(t3, best3, less);
        at3 = v128.bitselect(high, at3, less);
        low = i32x4.add(high, four);
      }
      inertia += settle(row0, r, stride, best0, at0, nearest, distances, blockSums, blockCounts);
      if (last >= 1) inertia += settle(row1, r + 1, stride, best1, at1, nearest, distances, blockSums, blockCounts);
      if (last >= 2) inertia += settle(row2, r + 2, stride, best2, at2, nearest, distances, blockSums, blockCounts);
      if (last >= 3) inertia += settle(row3, r + 3, stride, best3, at3, nearest, distances, blockSums, blockCounts);
    }
    store<f64>(inertias + ((<usize>b) << 3), inertia);
  }
}
