import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../rng.ts';
import { Resampler, resamplingFilters } from './resample.ts';

function resample(from: number, to: number, pieces: readonly Float32Array[]): Float32Array {
  const out: number[] = [];
  const resampler = new Resampler(from, to);
  try {
    for (const piece of pieces) resampler.push(piece, (samples) => out.push(...samples));
    resampler.flush((samples) => out.push(...samples));
  } finally {
    resampler.free();
  }
  return Float32Array.from(out);
}

const noise = (n: number): Float32Array => {
  const rng = new Rng(n);
  return Float32Array.from({ length: n }, () => rng.uniform() * 2 - 1);
};

/** Every output as the sum of all inputs under its filter, in float64. */
function naive(from: number, to: number, samples: Float32Array): number[] {
  const { filters, phases, taps, step } = resamplingFilters(from, to);
  return Array.from({ length: Math.ceil((samples.length * to) / from) }, (_, i) => {
    const phase = (i * step) % phases;
    const first = Math.floor((i * step) / phases) - (taps / 2 - 1);
    let sum = 0;
    for (let t = 0; t < taps; t++) sum += filters[phase * taps + t]! * (samples[first + t] ?? 0);
    return sum;
  });
}

for (const [from, to] of [
  [44_100, 22_050],
  [48_000, 22_050],
  [44_100, 16_000],
  [8000, 22_050],
  [22_050, 22_050],
  [192_000, 22_050],
] as const)
  test(`${from} to ${to} Hz equals the naive sum, in pieces too`, () => {
    const samples = noise(5000);
    const expected = naive(from, to, samples);
    const whole = resample(from, to, [samples]);
    assert.equal(whole.length, expected.length);
    for (let i = 0; i < whole.length; i++) assert.ok(Math.abs(whole[i]! - expected[i]!) < 1e-5, `${i}`);
    const pieces = [samples.subarray(0, 1), samples.subarray(1, 3), samples.subarray(3, 4000), samples.subarray(4000)];
    assert.deepEqual(resample(from, to, pieces), whole);
  });

test('more than one buffer of input', () => {
  const samples = noise(100_000);
  const whole = resample(48_000, 22_050, [samples]);
  const expected = naive(48_000, 22_050, samples);
  assert.equal(whole.length, expected.length);
  for (let i = 0; i < whole.length; i += 997) assert.ok(Math.abs(whole[i]! - expected[i]!) < 1e-5);
});

const tone = (hertz: number, rate: number): Float32Array =>
  Float32Array.from({ length: rate }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));

test('a tone that both rates hold keeps its level and phase; one above is gone by 60 dB', () => {
  const kept = resample(44_100, 22_050, [tone(1000, 44_100)]);
  for (let i = 100; i < kept.length - 100; i++)
    assert.ok(Math.abs(kept[i]! - Math.sin((2 * Math.PI * 1000 * i) / 22_050)) < 1e-3);
  const gone = resample(44_100, 22_050, [tone(14_000, 44_100)]);
  for (let i = 100; i < gone.length - 100; i++) assert.ok(Math.abs(gone[i]!) < 1e-3);
});

test('rates that no recording has are refused', () => {
  assert.throws(() => new Resampler(0, 22_050), { code: 'OUT_OF_RANGE' });
  assert.throws(() => new Resampler(44_100.5, 22_050), { code: 'OUT_OF_RANGE' });
});
