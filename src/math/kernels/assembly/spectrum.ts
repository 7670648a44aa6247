// Short-time spectra. Two real frames share one complex transform: the first is its real part, the second its imaginary part.

import { sum4 } from './lanes';

/** The stage with butterflies `half` apart. */
function oneStage(size: i32, half: i32, re: usize, im: usize, cosines: usize, sines: usize): void {
  const step = (<usize>half) << 2;
  const end = (<usize>size) << 2;
  for (let start: usize = 0; start < end; start += step << 1)
    for (let j: usize = 0; j < step; j += 16) {
      const c = v128.load(cosines + step + j);
      const s = v128.load(sines + step + j);
      const top = start + j;
      const low = top + step;
      const br = v128.load(re + low);
      const bi = v128.load(im + low);
      const tr = f32x4.sub(f32x4.mul(br, c), f32x4.mul(bi, s));
      const ti = f32x4.add(f32x4.mul(br, s), f32x4.mul(bi, c));
      const ar = v128.load(re + top);
      const ai = v128.load(im + top);
      v128.store(re + top, f32x4.add(ar, tr));
      v128.store(im + top, f32x4.add(ai, ti));
      v128.store(re + low, f32x4.sub(ar, tr));
      v128.store(im + low, f32x4.sub(ai, ti));
    }
}

/** The stages with butterflies `half` and 2 · half apart in one pass over the values, which halves the memory traffic. */
function twoStages(size: i32, half: i32, re: usize, im: usize, cosines: usize, sines: usize): void {
  const step = (<usize>half) << 2;
  const end = (<usize>size) << 2;
  const c2 = cosines + (step << 1);
  const s2 = sines + (step << 1);
  for (let start: usize = 0; start < end; start += step << 2)
    for (let j: usize = 0; j < step; j += 16) {
      const r0 = re + start + j, r1 = r0 + step, r2 = r1 + step, r3 = r2 + step;
      const i0 = im + start + j, i1 = i0 + step, i2 = i1 + step, i3 = i2 + step;
      // First stage: (0, 1) and (2, 3) with the same twiddles.
      let c = v128.load(cosines + step + j);
      let s = v128.load(sines + step + j);
      let br = v128.load(r1), bi = v128.load(i1);
      let tr = f32x4.sub(f32x4.mul(br, c), f32x4.mul(bi, s));
      let ti = f32x4.add(f32x4.mul(br, s), f32x4.mul(bi, c));
      let ar = v128.load(r0), ai = v128.load(i0);
      const x0r = f32x4.add(ar, tr), x0i = f32x4.add(ai, ti);
      const x1r = f32x4.sub(ar, tr), x1i = f32x4.sub(ai, ti);
      br = v128.load(r3);
      bi = v128.load(i3);
      tr = f32x4.sub(f32x4.mul(br, c), f32x4.mul(bi, s));
      ti = f32x4.add(f32x4.mul(br, s), f32x4.mul(bi, c));
      ar = v128.load(r2);
      ai = v128.load(i2);
      const x2r = f32x4.add(ar, tr), x2i = f32x4.add(ai, ti);
      const x3r = f32x4.sub(ar, tr), x3i = f32x4.sub(ai, ti);
      // Second stage: (0, 2) and (1, 3).
      c = v128.load(c2 + j);
      s = v128.load(s2 + j);
      tr = f32x4.sub(f32x4.mul(x2r, c), f32x4.mul(x2i, s));
      ti = f32x4.add(f32x4.mul(x2r, s), f32x4.mul(x2i, c));
      v128.store(r0, f32x4.add(x0r, tr));
      v128.store(i0, f32x4.add(x0i, ti));
      v128.store(r2, f32x4.sub(x0r, tr));
      v128.store(i2, f32x4.sub(x0i, ti));
      c = v128.load(c2 + step + j);
      s = v128.load(s2 + step + j);
      tr = f32x4.sub(f32x4.mul(x3r, c), f32x4.mul(x3i, s));
      ti = f32x4.add(f32x4.mul(x3r, s), f32x4.mul(x3i, c));
      v128.store(r1, f32x4.add(x1r, tr));
      v128.store(i1, f32x4.add(x1i, ti));
      v128.store(r3, f32x4.sub(x1r, tr));
      v128.store(i3, f32x4.sub(x1i, ti));
    }
}

/** Stores the columns of four vectors, four numbers each, at the given addresses. */
@inline
function storeColumns(to: usize, p0: usize, p1: usize, p2: usize, p3: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  v128.store(to + p0, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + p1, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7), cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to + p2, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5));
  v128.store(to + p3, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7));
}

/**
 * Windows the two real frames a and b, puts them in bit-reversed order and does the first two stages of the transform. The twiddles of these are 1
 * and −i, and their inputs, one from each quarter of the frames, become adjacent.
 */
function firstStages(size: i32, a: usize, b: usize, window: usize, reversed: usize, re: usize, im: usize): void {
  const q = <usize>size;
  for (let j: usize = 0; j < q; j += 16) {
    const j1 = j + q, j2 = j1 + q, j3 = j2 + q;
    const w0 = v128.load(window + j), w1 = v128.load(window + j1), w2 = v128.load(window + j2), w3 = v128.load(window + j3);
    const a0 = f32x4.mul(w0, v128.load(a + j)), a1 = f32x4.mul(w1, v128.load(a + j1));
    const a2 = f32x4.mul(w2, v128.load(a + j2)), a3 = f32x4.mul(w3, v128.load(a + j3));
    const b0 = f32x4.mul(w0, v128.load(b + j)), b1 = f32x4.mul(w1, v128.load(b + j1));
    const b2 = f32x4.mul(w2, v128.load(b + j2)), b3 = f32x4.mul(w3, v128.load(b + j3));
    const aEven = f32x4.add(a0, a2), aOdd = f32x4.add(a1, a3), aRest = f32x4.sub(a0, a2), aTurned = f32x4.sub(a1, a3);
    const bEven = f32x4.add(b0, b2), bOdd = f32x4.add(b1, b3), bRest = f32x4.sub(b0, b2), bTurned = f32x4.sub(b1, b3);
    const p0 = (<usize>load<i32>(reversed + j)) << 2, p1 = (<usize>load<i32>(reversed + j, 4)) << 2;
    const p2 = (<usize>load<i32>(reversed + j, 8)) << 2, p3 = (<usize>load<i32>(reversed + j, 12)) << 2;
    storeColumns(
      re, p0, p1, p2, p3,
      f32x4.add(aEven, aOdd), f32x4.add(aRest, bTurned), f32x4.sub(aEven, aOdd), f32x4.sub(aRest, bTurned),
    );
    storeColumns(
      im, p0, p1, p2, p3,
      f32x4.add(bEven, bOdd), f32x4.sub(bRest, aTurned), f32x4.sub(bEven, bOdd), f32x4.add(bRest, aTurned),
    );
  }
}

/**
 * The remaining stages of the radix-2 transform in place (Cooley & Tukey 1965). The twiddles of the stage with
 * butterflies `half` apart are at [half, 2 · half) in the two tables: cos and −sin of π j / half.
 */
function transform(size: i32, re: usize, im: usize, cosines: usize, sines: usize): void {
  let half = 4;
  for (; half << 1 < size; half <<= 2) twoStages(size, half, re, im, cosines, sines);
  if (half < size) oneStage(size, half, re, im, cosines, sines);
}

/** Reverses four numbers. */
@inline
function backwards(at: usize): v128 {
  const v = v128.load(at);
  return v128.shuffle<f32>(v, v, 3, 2, 1, 0);
}

/** out[f][k] = |Σ_i window[i] · samples[f · hop + i] · e^(−2πi·ik/size)|² for k = 0 … size / 2. scratch: 2 · size floats. */
export function powerSpectra(
  samples: usize, frames: i32, hop: i32, size: i32, window: usize, reversed: usize, cosines: usize, sines: usize,
  scratch: usize, out: usize,
): void {
  const re = scratch;
  const im = scratch + ((<usize>size) << 2);
  const bins = (size >> 1) + 1;
  const row = (<usize>bins) << 2;
  const quarter = f32x4.splat(0.25);
  for (let f = 0; f < frames; f += 2) {
    const pair = f + 1 < frames;
    const a = samples + ((<usize>f * <usize>hop) << 2);
    const b = pair ? a + ((<usize>hop) << 2) : a;
    firstStages(size, a, b, window, reversed, re, im);
    transform(size, re, im, cosines, sines);
    const first = out + <usize>f * row;
    const second = first + row;
    // The frames' spectra are the even and the odd part of their joint spectrum.
    const r0 = load<f32>(re), i0 = load<f32>(im);
    store<f32>(first, r0 * r0);
    if (pair) store<f32>(second, i0 * i0);
    for (let k = 1; k < bins; k += 4) {
      const at = (<usize>k) << 2;
      const mirror = (<usize>(size - k - 3)) << 2;
      const rk = v128.load(re + at), rn = backwards(re + mirror);
      const ik = v128.load(im + at), inn = backwards(im + mirror);
      const evenRe = f32x4.add(rk, rn), evenIm = f32x4.sub(ik, inn);
      v128.store(first + at, f32x4.mul(f32x4.add(f32x4.mul(evenRe, evenRe), f32x4.mul(evenIm, evenIm)), quarter));
      if (!pair) continue;
      const oddRe = f32x4.add(ik, inn), oddIm = f32x4.sub(rn, rk);
      v128.store(second + at, f32x4.mul(f32x4.add(f32x4.mul(oddRe, oddRe), f32x4.mul(oddIm, oddIm)), quarter));
    }
  }
}

/** out[f][b] = Σ_j weights[ptr[b] + j] · power[f][starts[b] + j]: a bank of overlapping filters over each spectrum. */
export function bandSums(
  power: usize, frames: i32, bins: i32, starts: usize, ptr: usize, weights: usize, bands: i32, out: usize,
): void {
  for (let f = 0; f < frames; f++) {
    const row = power + ((<usize>f * <usize>bins) << 2);
    const target = out + ((<usize>f * <usize>bands) << 2);
    for (let b: usize = 0; b < <usize>bands; b++) {
      const from = load<i32>(ptr + (b << 2));
      const to = load<i32>(ptr + (b << 2), 4);
      let at = row + ((<usize>load<i32>(starts + (b << 2))) << 2);
      let sum: f32 = 0;
      for (let j = from; j < to; j++, at += 4) sum += load<f32>(weights + ((<usize>j) << 2)) * load<f32>(at);
      store<f32>(target + (b << 2), sum);
    }
  }
}

/** out[f] = [Σ m, Σ k · m, Σ k² · m] over the magnitudes m = √power of bins k ≥ 1 (size / 2 of them, a multiple of 4). */
export function magnitudeMoments(power: usize, frames: i32, bins: i32, out: usize): void {
  const four = f32x4.splat(4);
  for (let f = 0; f < frames; f++) {
    const row = power + ((<usize>f * <usize>bins) << 2);
    let k = f32x4(1, 2, 3, 4);
    let total = f32x4.splat(0);
    let first = f32x4.splat(0);
    let second = f32x4.splat(0);
    for (let b = 1; b < bins; b += 4) {
      const m = f32x4.sqrt(v128.load(row + ((<usize>b) << 2)));
      const km = f32x4.mul(k, m);
      total = f32x4.add(total, m);
      first = f32x4.add(first, km);
      second = f32x4.add(second, f32x4.mul(k, km));
      k = f32x4.add(k, four);
    }
    const target = out + <usize>f * 12;
    store<f32>(target, sum4(total));
    store<f32>(target, sum4(first), 4);
    store<f32>(target, sum4(second), 8);
  }
}
