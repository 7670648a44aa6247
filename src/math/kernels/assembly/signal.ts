// Filters over samples in time.

import { dotProduct } from './lanes';

/**
 * Rational resampling by L / M: output i is the dot product of `taps` inputs and the filter of its phase (taps a multiple of 4).
 * whole and part are ⌊M / L⌋ and M mod L; first and phase give the position of output 0.
 */
export function resamplePhases(
  input: usize, first: i32, phase: i32, whole: i32, part: i32, phases: i32, taps: i32, filters: usize, out: usize, count: i32,
): void {
  let at = input + ((<usize>first) << 2);
  const step = (<usize>whole) << 2;
  const row = (<usize>taps) << 2;
  for (let i = 0; i < count; i++) {
    store<f32>(out + ((<usize>i) << 2), dotProduct(filters + <usize>phase * row, at, taps));
    at += step;
    phase += part;
    if (phase >= phases) {
      phase -= phases;
      at += 4;
    }
  }
}

/**
 * Two biquads in series, transposed direct form II, over two channels at once, and the sum of squares of each channel's output.
 * sections: b0 b1 b2 a1 a2 of each; state: four delays of both channels, side by side, kept from call to call; energies: two f64.
 */
export function filteredEnergies(
  left: usize, right: usize, count: i32, sections: usize, state: usize, energies: usize,
): void {
  const b0 = v128.load_splat<f64>(sections), b1 = v128.load_splat<f64>(sections, 8), b2 = v128.load_splat<f64>(sections, 16);
  const a1 = v128.load_splat<f64>(sections, 24), a2 = v128.load_splat<f64>(sections, 32);
  const d0 = v128.load_splat<f64>(sections, 40), d1 = v128.load_splat<f64>(sections, 48), d2 = v128.load_splat<f64>(sections, 56);
  const c1 = v128.load_splat<f64>(sections, 64), c2 = v128.load_splat<f64>(sections, 72);
  let s1 = v128.load(state), s2 = v128.load(state, 16), t1 = v128.load(state, 32), t2 = v128.load(state, 48);
  let energy = f64x2.splat(0);
  for (let i: usize = 0; i < <usize>count; i++) {
    const x = f64x2.replace_lane(f64x2.splat(<f64>load<f32>(left + (i << 2))), 1, <f64>load<f32>(right + (i << 2)));
    const y = f64x2.relaxed_madd(b0, x, s1);
    s1 = f64x2.relaxed_nmadd(a1, y, f64x2.relaxed_madd(b1, x, s2));
    s2 = f64x2.relaxed_nmadd(a2, y, f64x2.mul(b2, x));
    const z = f64x2.relaxed_madd(d0, y, t1);
    t1 = f64x2.relaxed_nmadd(c1, z, f64x2.relaxed_madd(d1, y, t2));
    t2 = f64x2.relaxed_nmadd(c2, z, f64x2.mul(d2, y));
    energy = f64x2.relaxed_madd(z, z, energy);
  }
  v128.store(state, s1);
  v128.store(state, s2, 16);
  v128.store(state, t1, 32);
  v128.store(state, t2, 48);
  v128.store(energies, energy);
}

/** out[lag] = Σ_i values[i] · values[i + lag] / (count − lag) for lag = 0 … lags − 1 (lags < count). */
export function autocorrelation(values: usize, count: i32, lags: i32, out: usize): void {
  for (let lag = 0; lag < lags; lag++) {
    const pairs = count - lag;
    const whole = pairs & ~3;
    const shifted = values + ((<usize>lag) << 2);
    let sum: f64 = <f64>dotProduct(values, shifted, whole);
    for (let i = whole; i < pairs; i++) {
      const at = (<usize>i) << 2;
      sum += <f64>(load<f32>(values + at) * load<f32>(shifted + at));
    }
    store<f32>(out + ((<usize>lag) << 2), <f32>(sum / <f64>pairs));
  }
}
