// Convolutions whose output is immediately pooled over one axis. Their maps, 100 times as large as the pooled output, are never stored.

const NR: i32 = 8;
const MR: i32 = 6;

/** shift + scale · max(0, bias + x) */
@inline
function activated(x: v128, bias: v128, scale: v128, shift: v128): v128 {
  return f32x4.add(f32x4.mul(f32x4.max(f32x4.add(x, bias), f32x4.splat(0)), scale), shift);
}

/**
 * Panels [from, to) of 8 filters: out[t][n] = max over c < columns of shift[n] + scale[n] · max(0, bias[n] + Σ_i Σ_j filter[n][i][j] · x[t + i][c +
 * j]). x has `width` floats per row; filters are stored panel by panel, tap by tap, 8 per tap; affine panel by panel, 8 biases, 8 scales, 8 shifts; a
 * row of out has `stride` floats. columns ≥ 6: six positions are computed at a time; where 6 does not divide columns, the last six overlap the block
 * before.
 */
export function pooledConvolution(
  slot: i32, from: i32, to: i32, x: usize, width: i32, rows: i32, columns: i32, height: i32, length: i32, filters: usize,
  affine: usize, out: usize, stride: i32,
): void {
  const rowBytes = (<usize>width) << 2;
  for (let p = from; p < to; p++) {
    const panel = filters + ((<usize>p * <usize>(height * length * NR)) << 2);
    const terms = affine + <usize>p * 96;
    const bias0 = v128.load(terms), bias1 = v128.load(terms, 16);
    const scale0 = v128.load(terms, 32), scale1 = v128.load(terms, 48);
    const shift0 = v128.load(terms, 64), shift1 = v128.load(terms, 80);
    for (let t = 0; t < rows; t++) {
      let best0 = f32x4.splat(-f32.MAX_VALUE);
      let best1 = best0;
      for (let block = 0; block < columns; block += MR) {
        const c = min(block, columns - MR);
        let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
        let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
        let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
        let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
        let c40 = f32x4.splat(0), c41 = f32x4.splat(0);
        let c50 = f32x4.splat(0), c51 = f32x4.splat(0);
        let w = panel;
        let line = x + <usize>t * rowBytes + ((<usize>c) << 2);
        for (let i = 0; i < height; i++, line += rowBytes) {
          let at = line;
          for (let j = 0; j < length; j++, at += 4, w += NR << 2) {
            const w0 = v128.load(w);
            const w1 = v128.load(w, 16);
            let s = v128.load_splat<f32>(at);
            c00 = f32x4.relaxed_madd(s, w0, c00);
            c01 = f32x4.relaxed_madd(s, w1, c01);
            s = v128.load_splat<f32>(at, 4);
            c10 = f32x4.relaxed_madd(s, w0, c10);
            c11 = f32x4.relaxed_madd(s, w1, c11);
            s = v128.load_splat<f32>(at, 8);
            c20 = f32x4.relaxed_madd(s, w0, c20);
            c21 = f32x4.relaxed_madd(s, w1, c21);
            s = v128.load_splat<f32>(at, 12);
            c30 = f32x4.relaxed_madd(s, w0, c30);
            c31 = f32x4.relaxed_madd(s, w1, c31);
            s = v128.load_splat<f32>(at, 16);
            c40 = f32x4.relaxed_madd(s, w0, c40);
            c41 = f32x4.relaxed_madd(s, w1, c41);
            s = v128.load_splat<f32>(at, 20);
            c50 = f32x4.relaxed_madd(s, w0, c50);
            c51 = f32x4.relaxed_madd(s, w1, c51);
          }
        }
        best0 = f32x4.max(best0, activated(c00, bias0, scale0, shift0));
        best1 = f32x4.max(best1, activated(c01, bias1, scale1, shift1));
        best0 = f32x4.max(best0, activated(c10, bias0, scale0, shift0));
        best1 = f32x4.max(best1, activated(c11, bias1, scale1, shift1));
        best0 = f32x4.max(best0, activated(c20, bias0, scale0, shift0));
        best1 = f32x4.max(best1, activated(c21, bias1, scale1, shift1));
        best0 = f32x4.max(best0, activated(c30, bias0, scale0, shift0));
        best1 = f32x4.max(best1, activated(c31, bias1, scale1, shift1));
        best0 = f32x4.max(best0, activated(c40, bias0, scale0, shift0));
        best1 = f32x4.max(best1, activated(c41, bias1, scale1, shift1));
        best0 = f32x4.max(best0, activated(c50, bias0, scale0, shift0));
        best1 = f32x4.max(best1, activated(c51, bias1, scale1, shift1));
      }
      const target = out + ((<usize>(t * stride + p * NR)) << 2);
      v128.store(target, best0);
      v128.store(target, best1, 16);
    }
  }
}
