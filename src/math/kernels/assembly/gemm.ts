// C = alpha · op(A) · op(B) + C after Goto & van de Geijn (2008): panels of B are packed once, blocks of A per thread, and a 6 × 8 tile of C stays in
// registers.

const MR: i32 = 6;
const NR: i32 = 8;

/** Packs panels [from, to) of 8 columns of op(B)[k0 … k0 + kc) × [j0 … j0 + nc): out panel p at p · kc · 8, row by row. */
export function packB(
  slot: i32, from: i32, to: i32, b: usize, ldb: i32, transposed: i32, k0: i32, kc: i32, j0: i32, nc: i32, out: usize,
): void {
  for (let p = from; p < to; p++) {
    const target = out + ((<usize>p * <usize>kc * <usize>NR) << 2);
    const column = j0 + p * NR;
    const width = min(NR, nc - p * NR);
    if (transposed) {
      // B is stored n × k: column j of op(B) is a row.
      for (let j = 0; j < NR; j++) {
        const source = b + ((<usize>(column + j) * <usize>ldb + <usize>k0) << 2);
        for (let k = 0; k < kc; k++) {
          const value: f32 = j < width ? load<f32>(source + ((<usize>k) << 2)) : 0;
          store<f32>(target + ((<usize>(k * NR + j)) << 2), value);
        }
      }
    } else {
      for (let k = 0; k < kc; k++) {
        const source = b + ((<usize>(k0 + k) * <usize>ldb + <usize>column) << 2);
        const row = target + ((<usize>(k * NR)) << 2);
        if (width == NR) {
          v128.store(row, v128.load(source));
          v128.store(row, v128.load(source, 16), 16);
        } else {
          for (let j = 0; j < NR; j++) {
            const value: f32 = j < width ? load<f32>(source + ((<usize>j) << 2)) : 0;
            store<f32>(row + ((<usize>j) << 2), value);
          }
        }
      }
    }
  }
}

/** Packs rows [i0, i0 + mc) of op(A)[, k0 … k0 + kc), times alpha, in panels of 6 rows, k by k. */
function packA(
  a: usize, lda: i32, transposed: i32, i0: i32, mc: i32, k0: i32, kc: i32, alpha: f32, out: usize,
): void {
  for (let p = 0; p < mc; p += MR) {
    const height = min(MR, mc - p);
    const target = out + ((<usize>p * <usize>kc) << 2);
    if (transposed) {
      // A is stored k × m.
      for (let k = 0; k < kc; k++) {
        const source = a + ((<usize>(k0 + k) * <usize>lda + <usize>(i0 + p)) << 2);
        const row = target + ((<usize>(k * MR)) << 2);
        for (let i = 0; i < MR; i++) {
          const value: f32 = i < height ? load<f32>(source + ((<usize>i) << 2)) * alpha : 0;
          store<f32>(row + ((<usize>i) << 2), value);
        }
      }
    } else {
      for (let i = 0; i < MR; i++) {
        const source = a + ((<usize>(i0 + p + i) * <usize>lda + <usize>k0) << 2);
        let at = target + ((<usize>i) << 2);
        if (i < height) {
          for (let k = 0; k < kc; k++, at += MR << 2) store<f32>(at, load<f32>(source + ((<usize>k) << 2)) * alpha);
        } else {
          for (let k = 0; k < kc; k++, at += MR << 2) store<f32>(at, 0);
        }
      }
    }
  }
}

/** The 6 × 8 tile at c (row length ldc): plus or equals A panel · B panel over kc. */
function tile(kc: i32, a: usize, b: usize, c: usize, ldc: usize, accumulate: bool): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0), c51 = f32x4.splat(0);
  for (let k = 0; k < kc; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let s = v128.load_splat<f32>(a);
    c00 = f32x4.relaxed_madd(s, b0, c00);
    c01 = f32x4.relaxed_madd(s, b1, c01);
    s = v128.load_splat<f32>(a, 4);
    c10 = f32x4.relaxed_madd(s, b0, c10);
    c11 = f32x4.relaxed_madd(s, b1, c11);
    s = v128.load_splat<f32>(a, 8);
    c20 = f32x4.relaxed_madd(s, b0, c20);
    c21 = f32x4.relaxed_madd(s, b1, c21);
    s = v128.load_splat<f32>(a, 12);
    c30 = f32x4.relaxed_madd(s, b0, c30);
    c31 = f32x4.relaxed_madd(s, b1, c31);
    s = v128.load_splat<f32>(a, 16);
    c40 = f32x4.relaxed_madd(s, b0, c40);
    c41 = f32x4.relaxed_madd(s, b1, c41);
    s = v128.load_splat<f32>(a, 20);
    c50 = f32x4.relaxed_madd(s, b0, c50);
    c51 = f32x4.relaxed_madd(s, b1, c51);
    a += MR << 2;
    b += NR << 2;
  }
  if (accumulate) {
    let at = c;
    c00 = f32x4.add(c00, v128.load(at)); c01 = f32x4.add(c01, v128.load(at, 16)); at += ldc;
    c10 = f32x4.add(c10, v128.load(at)); c11 = f32x4.add(c11, v128.load(at, 16)); at += ldc;
    c20 = f32x4.add(c20, v128.load(at)); c21 = f32x4.add(c21, v128.load(at, 16)); at += ldc;
    c30 = f32x4.add(c30, v128.load(at)); c31 = f32x4.add(c31, v128.load(at, 16)); at += ldc;
    c40 = f32x4.add(c40, v128.load(at)); c41 = f32x4.add(c41, v128.load(at, 16)); at += ldc;
    c50 = f32x4.add(c50, v128.load(at)); c51 = f32x4.add(c51, v128.load(at, 16));
  }
  v128.store(c, c00); v128.store(c, c01, 16); c += ldc;
  v128.store(c, c10); v128.store(c, c11, 16); c += ldc;
  v128.store(c, c20); v128.store(c, c21, 16); c += ldc;
  v128.store(c, c30); v128.store(c, c31, 16); c += ldc;
  v128.store(c, c40); v128.store(c, c41, 16); c += ldc;
  v128.store(c, c50); v128.store(c, c51, 16);
}

/**
 * Row blocks [from, to) of `mc` rows of C against the packed panels of B. accumulate 0 overwrites C.
 * lower 1 skips tiles entirely above the diagonal (j > i); the remaining tiles are written in full, including elements above it.
 * scratch: per slot mc · kc + 48 floats.
 */
export function gemmBlocks(
  slot: i32, from: i32, to: i32, a: usize, lda: i32, transposed: i32, k0: i32, kc: i32, m: i32, j0: i32, nc: i32,
  packed: usize, c: usize, ldc: i32, alpha: f32, accumulate: i32, lower: i32, mc: i32, scratch: usize,
): void {
  const own = scratch + ((<usize>slot * <usize>(mc * kc + MR * NR)) << 2);
  const edge = own + ((<usize>(mc * kc)) << 2);
  const rowBytes = (<usize>ldc) << 2;
  for (let block = from; block < to; block++) {
    const i0 = block * mc;
    const height = min(mc, m - i0);
    if (lower && j0 > i0 + height - 1) continue;
    packA(a, lda, transposed, i0, height, k0, kc, alpha, own);
    for (let j = 0; j < nc; j += NR) {
      const panelB = packed + ((<usize>j * <usize>kc) << 2);
      const width = min(NR, nc - j);
      for (let i = 0; i < height; i += MR) {
        const rows = min(MR, height - i);
        if (lower && j0 + j > i0 + i + rows - 1) continue;
        const target = c + <usize>(i0 + i) * rowBytes + ((<usize>(j0 + j)) << 2);
        const panelA = own + ((<usize>i * <usize>kc) << 2);
        if (rows == MR && width == NR) {
          tile(kc, panelA, panelB, target, rowBytes, accumulate != 0);
          continue;
        }
        tile(kc, panelA, panelB, edge, NR << 2, false);
        for (let y = 0; y < rows; y++) {
          for (let x = 0; x < width; x++) {
            const at = target + <usize>y * rowBytes + ((<usize>x) << 2);
            const value = load<f32>(edge + ((<usize>(y * NR + x)) << 2));
            store<f32>(at, accumulate ? load<f32>(at) + value : value);
          }
        }
      }
    }
  }
}
