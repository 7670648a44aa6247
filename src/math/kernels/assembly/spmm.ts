// Product of a sparse matrix and a dense table, and reductions of such tables.

/**
 * For rows [from, to): out[r] = Σ values[e] · x[idx[e]] over the row's entries, d floats each. values 0 = all ones.
 */
export function sparseRows(
  slot: i32, from: i32, to: i32, ptr: usize, idx: usize, values: usize, x: usize, d: i32, out: usize,
): void {
  if (d == 16) {
    sparseRows16(from, to, ptr, idx, values, x, out);
    return;
  }
  const bytes = (<usize>d) << 2;
  // The remainder that does not fill a vector of four is added number by number.
  const vectors = bytes & ~15;
  for (let r = from; r < to; r++) {
    const target = out + <usize>r * bytes;
    memory.fill(target, 0, bytes);
    const end = <usize>load<u32>(ptr + ((<usize>r) << 2), 4);
    for (let e = <usize>load<u32>(ptr + ((<usize>r) << 2)); e < end; e++) {
      const row = x + <usize>load<u32>(idx + (e << 2)) * bytes;
      const value: f32 = values ? load<f32>(values + (e << 2)) : 1;
      const scale = f32x4.splat(value);
      for (let at: usize = 0; at < vectors; at += 16) {
        v128.store(target + at, f32x4.relaxed_madd(scale, v128.load(row + at), v128.load(target + at)));
      }
      for (let at = vectors; at < bytes; at += 4) {
        store<f32>(target + at, load<f32>(target + at) + value * load<f32>(row + at));
      }
    }
  }
}

/** Rows of one cache line: the sums stay in registers. */
function sparseRows16(from: i32, to: i32, ptr: usize, idx: usize, values: usize, x: usize, out: usize): void {
  let e = idx + ((<usize>load<u32>(ptr + ((<usize>from) << 2))) << 2);
  for (let r = from; r < to; r++) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    const end = idx + ((<usize>load<u32>(ptr + ((<usize>r) << 2), 4)) << 2);
    if (values) {
      for (; e < end; e += 4) {
        const row = x + ((<usize>load<u32>(e)) << 6);
        const scale = v128.load32_splat(values + (e - idx));
        s0 = f32x4.relaxed_madd(scale, v128.load(row), s0);
        s1 = f32x4.relaxed_madd(scale, v128.load(row, 16), s1);
        s2 = f32x4.relaxed_madd(scale, v128.load(row, 32), s2);
        s3 = f32x4.relaxed_madd(scale, v128.load(row, 48), s3);
      }
    } else {
      for (; e < end; e += 4) {
        const row = x + ((<usize>load<u32>(e)) << 6);
        s0 = f32x4.add(s0, v128.load(row));
        s1 = f32x4.add(s1, v128.load(row, 16));
        s2 = f32x4.add(s2, v128.load(row, 32));
        s3 = f32x4.add(s3, v128.load(row, 48));
      }
    }
    const target = out + ((<usize>r) << 6);
    v128.store(target, s0);
    v128.store(target, s1, 16);
    v128.store(target, s2, 32);
    v128.store(target, s3, 48);
  }
}

/** The largest value of each column of a table of `rows` rows of d floats, d a multiple of 4; 0 where none is larger. Single-threaded. */
export function columnMaxima(slot: i32, from: i32, to: i32, table: usize, d: i32, out: usize): void {
  const bytes = (<usize>d) << 2;
  const start = table + <usize>from * bytes;
  const end = table + <usize>to * bytes;
  let at: usize = 0;
  // A cache line at a time, so that each is read once.
  for (; at + 64 <= bytes; at += 64) {
    let m0 = f32x4.splat(0);
    let m1 = m0;
    let m2 = m0;
    let m3 = m0;
    for (let row = start + at; row < end; row += bytes) {
      m0 = f32x4.pmax(m0, v128.load(row));
      m1 = f32x4.pmax(m1, v128.load(row, 16));
      m2 = f32x4.pmax(m2, v128.load(row, 32));
      m3 = f32x4.pmax(m3, v128.load(row, 48));
    }
    v128.store(out + at, m0);
    v128.store(out + at, m1, 16);
    v128.store(out + at, m2, 32);
    v128.store(out + at, m3, 48);
  }
  for (; at < bytes; at += 16) {
    let most = f32x4.splat(0);
    for (let row = start + at; row < end; row += bytes) most = f32x4.pmax(most, v128.load(row));
    v128.store(out + at, most);
  }
}
