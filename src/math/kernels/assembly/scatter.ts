// Accumulates rows of 16 floats, one cache line, by number: the transpose of a sparse matrix times a table, at the cost of only the rows that take
// part.

/** out[idx[e]] += x[r] for the entries e of rows [from, to). Single-threaded, since rows share targets. */
export function scatterRows16(slot: i32, from: i32, to: i32, ptr: usize, idx: usize, x: usize, out: usize): void {
  for (let r = from; r < to; r++) {
    const row = x + ((<usize>r) << 6);
    const s0 = v128.load(row);
    const s1 = v128.load(row, 16);
    const s2 = v128.load(row, 32);
    const s3 = v128.load(row, 48);
    const end = idx + ((<usize>load<u32>(ptr + ((<usize>r) << 2), 4)) << 2);
    for (let e = idx + ((<usize>load<u32>(ptr + ((<usize>r) << 2))) << 2); e < end; e += 4) {
      const target = out + ((<usize>load<u32>(e)) << 6);
      v128.store(target, f32x4.add(v128.load(target), s0));
      v128.store(target, f32x4.add(v128.load(target, 16), s1), 16);
      v128.store(target, f32x4.add(v128.load(target, 32), s2), 32);
      v128.store(target, f32x4.add(v128.load(target, 48), s3), 48);
    }
  }
}

/** out[labels[r]] += weights[r] · x[r] for rows [from, to); rows with a negative label are skipped. Single-threaded. */
export function sumByLabel16(
  slot: i32, from: i32, to: i32, x: usize, labels: usize, weights: usize, out: usize,
): void {
  for (let r = from; r < to; r++) {
    const label = load<i32>(labels + ((<usize>r) << 2));
    if (label < 0) continue;
    const row = x + ((<usize>r) << 6);
    const target = out + ((<usize>label) << 6);
    const scale = v128.load32_splat(weights + ((<usize>r) << 2));
    v128.store(target, f32x4.relaxed_madd(scale, v128.load(row), v128.load(target)));
    v128.store(target, f32x4.relaxed_madd(scale, v128.load(row, 16), v128.load(target, 16)), 16);
    v128.store(target, f32x4.relaxed_madd(scale, v128.load(row, 32), v128.load(target, 32)), 32);
    v128.store(target, f32x4.relaxed_madd(scale, v128.load(row, 48), v128.load(target, 48)), 48);
  }
}
