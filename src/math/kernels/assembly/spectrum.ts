// Short-time spectra. Two real frames share one complex transform: the first is its real part, the second its imaginary part.

import { sum4 } from './lanes';

/** Two float32 become their sum and their difference: a butterfly whose twiddle is 1. */
@inline
function sumAndDifference(a: usize, b: usize): void {
  const x = load<f32>(a);
  const y = load<f32>(b);
  store<f32>(a, x + y);
  store<f32>(b, x - y);
}

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

/** The stages with butterflies `half` and 2 · half apart in one walk through the values, which halves the way to memory. */
function twoStages(size: i32, half: i32, re: usize, im: usize, cosines: usize, sines: usize): void {
  const step = (<usize>half) << 2;
  const end = (<usize>size) << 2;
  const c2 = cosines + (step << 1);
  const s2 = sines + (step << 1);
  for (let start: usize = 0; start < end; start += step << 2)
    for (let j: usize = 0; j < step; j += 16) {
      const r0 = re + start + j, r1 = r0 + step, r2 = r1 + step, r3 = r2 + step;
      const i0 = im + start + j, i1 = i0 + step, i2 = i1 + step, i3 = i2 + step;
      // The first stage: (0, 1) and (2, 3) under the same twiddles.
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
      // The second: (0, 2) and (1, 3).
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

/**
 * Radix-2 transform in place (Cooley & Tukey 1965) of values that lie in bit-reversed order. The twiddles of the stage with
 * butterflies `half` apart stand at [half, 2 · half) of the two tables: cos and −sin of π j / half.
 */
function transform(size: i32, re: usize, im: usize, cosines: usize, sines: usize): void {
  for (let i: usize = 0; i < <usize>size; i += 2) {
    const at = i << 2;
    sumAndDifference(re + at, re + at + 4);
    sumAndDifference(im + at, im + at + 4);
  }
  for (let i: usize = 0; i < <usize>size; i += 4) {
    const at = i << 2;
    sumAndDifference(re + at, re + at + 8);
    sumAndDifference(im + at, im + at + 8);
    // The second twiddle is −i.
    const r1 = load<f32>(re + at, 4);
    const i1 = load<f32>(im + at, 4);
    const r3 = load<f32>(im + at, 12);
    const i3 = -load<f32>(re + at, 12);
    store<f32>(re + at, r1 + r3, 4);
    store<f32>(im + at, i1 + i3, 4);
    store<f32>(re + at, r1 - r3, 12);
    store<f32>(im + at, i1 - i3, 12);
  }
  let half = 4;
  for (; half << 1 < size; half <<= 2) twoStages(size, half, re, im, cosines, sines);
  if (half < size) oneStage(size, half, re, im, cosines, sines);
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
  for (let f = 0; f < frames; f += 2) {
    const pair = f + 1 < frames;
    const a = samples + ((<usize>f * <usize>hop) << 2);
    const b = pair ? a + ((<usize>hop) << 2) : a;
    for (let i: usize = 0; i < <usize>size; i++) {
      const to = (<usize>load<i32>(reversed + (i << 2))) << 2;
      const w = load<f32>(window + (i << 2));
      store<f32>(re + to, w * load<f32>(a + (i << 2)));
      store<f32>(im + to, w * load<f32>(b + (i << 2)));
    }
    transform(size, re, im, cosines, sines);
    const first = out + <usize>f * row;
    const second = first + row;
    for (let k = 0; k < bins; k++) {
      const n = (<usize>((size - k) & (size - 1))) << 2;
      const at = (<usize>k) << 2;
      const rk = load<f32>(re + at);
      const rn = load<f32>(re + n);
      const ik = load<f32>(im + at);
      const inn = load<f32>(im + n);
      store<f32>(first + at, ((rk + rn) * (rk + rn) + (ik - inn) * (ik - inn)) * 0.25);
      if (pair) store<f32>(second + at, ((ik + inn) * (ik + inn) + (rn - rk) * (rn - rk)) * 0.25);
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
