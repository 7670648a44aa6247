// The assignment step of Lloyd's algorithm.

/**
 * For rows [from, to) of one block: the centroid at the least squared distance (ties: the lower number) to `nearest`, that distance to `distances`.
 * Sums of the rows and their counts per centroid go to the block's own part of `sums` (k × stride float64) and `counts` (k int32),
 * so that the total does not depend on the number of threads. Blocks are of `block` rows; [from, to) counts blocks.
 * table: count × stride (multiple of 4). centroids: transposed, stride × padded (a multiple of 8), norms: ‖c‖² per centroid,
 * +∞ in the padding.
 */
export function assignBlocks(
  slot: i32, from: i32, to: i32, table: usize, count: i32, stride: i32, block: i32, centroids: usize, norms: usize,
  k: i32, padded: i32, nearest: usize, distances: usize, sums: usize, counts: usize,
): void {
  const rowBytes = (<usize>stride) << 2;
  const centroidBytes = (<usize>padded) << 2;
  for (let b = from; b < to; b++) {
    const blockSums = sums + ((<usize>b * <usize>(k * stride)) << 3);
    const blockCounts = counts + ((<usize>b * <usize>k) << 2);
    memory.fill(blockSums, 0, (<usize>(k * stride)) << 3);
    memory.fill(blockCounts, 0, (<usize>k) << 2);
    const end = min(count, (b + 1) * block);
    for (let r = b * block; r < end; r++) {
      const row = table + <usize>r * rowBytes;
      let best: f32 = Infinity;
      let bestAt = 0;
      for (let c = 0; c < padded; c += 8) {
        // ‖c‖² − 2 x·c for eight centroids
        let s0 = f32x4.splat(0);
        let s1 = f32x4.splat(0);
        let column = centroids + ((<usize>c) << 2);
        for (let j: usize = 0; j < rowBytes; j += 4) {
          const x = v128.load_splat<f32>(row + j);
          s0 = f32x4.relaxed_madd(x, v128.load(column), s0);
          s1 = f32x4.relaxed_madd(x, v128.load(column, 16), s1);
          column += centroidBytes;
        }
        const minusTwo = f32x4.splat(-2);
        const norm = norms + ((<usize>c) << 2);
        s0 = f32x4.relaxed_madd(minusTwo, s0, v128.load(norm));
        s1 = f32x4.relaxed_madd(minusTwo, s1, v128.load(norm, 16));
        const limit = f32x4.splat(best);
        if (v128.any_true(v128.or(f32x4.lt(s0, limit), f32x4.lt(s1, limit)))) {
          let value = f32x4.extract_lane(s0, 0);
          if (value < best) { best = value; bestAt = c; }
          value = f32x4.extract_lane(s0, 1);
          if (value < best) { best = value; bestAt = c + 1; }
          value = f32x4.extract_lane(s0, 2);
          if (value < best) { best = value; bestAt = c + 2; }
          value = f32x4.extract_lane(s0, 3);
          if (value < best) { best = value; bestAt = c + 3; }
          value = f32x4.extract_lane(s1, 0);
          if (value < best) { best = value; bestAt = c + 4; }
          value = f32x4.extract_lane(s1, 1);
          if (value < best) { best = value; bestAt = c + 5; }
          value = f32x4.extract_lane(s1, 2);
          if (value < best) { best = value; bestAt = c + 6; }
          value = f32x4.extract_lane(s1, 3);
          if (value < best) { best = value; bestAt = c + 7; }
        }
      }
      // ‖x‖² is the same for all centroids; it enters the distance only.
      let square: f64 = 0;
      const target = blockSums + ((<usize>(bestAt * stride)) << 3);
      for (let j = 0; j < stride; j++) {
        const x = <f64>load<f32>(row + ((<usize>j) << 2));
        square += x * x;
        const at = target + ((<usize>j) << 3);
        store<f64>(at, load<f64>(at) + x);
      }
      const own = blockCounts + ((<usize>bestAt) << 2);
      store<i32>(own, load<i32>(own) + 1);
      store<i32>(nearest + ((<usize>r) << 2), bestAt);
      store<f32>(distances + ((<usize>r) << 2), max<f32>(0, <f32>(square + <f64>best)));
    }
  }
}
