// A sparse matrix times a dense table.

/**
 * For rows [from, to): out[r] = Σ values[e] · x[idx[e]] over the row's entries, d floats each, d a multiple of 4. values 0 = all ones.
 */
export function sparseRows(
  slot: i32, from: i32, to: i32, ptr: usize, idx: usize, values: usize, x: usize, d: i32, out: usize,
): void {
  const bytes = (<usize>d) << 2;
  for (let r = from; r < to; r++) {
    const target = out + <usize>r * bytes;
    memory.fill(target, 0, bytes);
    const end = <usize>load<u32>(ptr + ((<usize>r) << 2), 4);
    for (let e = <usize>load<u32>(ptr + ((<usize>r) << 2)); e < end; e++) {
      const row = x + <usize>load<u32>(idx + (e << 2)) * bytes;
      const scale = f32x4.splat(values ? load<f32>(values + (e << 2)) : 1);
      for (let at: usize = 0; at < bytes; at += 16) {
        v128.store(target + at, f32x4.relaxed_madd(scale, v128.load(row + at), v128.load(target + at)));
      }
    }
  }
}
