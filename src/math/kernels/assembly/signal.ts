// Filters over samples in time.

import { dotProduct } from './lanes';

/**
 * Rational resampling by L / M: output i is the dot product of `taps` inputs and the filter of its phase (taps a multiple of 4).
 * whole and part are ⌊M / L⌋ and M mod L; first and phase say where output 0 stands.
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
 * Two biquads in series, transposed direct form II, and the sum of squares of what comes out. sections: b0 b1 b2 a1 a2 of each;
 * state: two delays of each, kept from call to call.
 */
export function filteredEnergy(samples: usize, count: i32, sections: usize, state: usize): f64 {
  const b0 = load<f64>(sections), b1 = load<f64>(sections, 8), b2 = load<f64>(sections, 16);
  const a1 = load<f64>(sections, 24), a2 = load<f64>(sections, 32);
  const d0 = load<f64>(sections, 40), d1 = load<f64>(sections, 48), d2 = load<f64>(sections, 56);
  const c1 = load<f64>(sections, 64), c2 = load<f64>(sections, 72);
  let s1 = load<f64>(state), s2 = load<f64>(state, 8), t1 = load<f64>(state, 16), t2 = load<f64>(state, 24);
  let energy: f64 = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    const x = <f64>load<f32>(samples + (i << 2));
    const y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    const z = d0 * y + t1;
    t1 = d1 * y - c1 * z + t2;
    t2 = d2 * y - c2 * z;
    energy += z * z;
  }
  store<f64>(state, s1);
  store<f64>(state, s2, 8);
  store<f64>(state, t1, 16);
  store<f64>(state, t2, 24);
  return energy;
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
