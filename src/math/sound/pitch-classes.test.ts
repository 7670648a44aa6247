import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sine } from '../../../test/support/synthesis.ts';
import { Spectra } from '../kernels/spectrum.ts';
import { PitchClasses } from './pitch-classes.ts';

const RATE = 22_050;
const SIZE = 8192;

/** Shares of the pitch classes of tones, one after another. */
function sharesOf(tones: readonly number[]): Float64Array | null {
  const classes = new PitchClasses(SIZE, RATE);
  for (const hertz of tones) {
    const spectra = new Spectra(SIZE, SIZE / 2, (block) => classes.add(block));
    try {
      spectra.push(sine(hertz, 0.5, 2, RATE));
      spectra.flush();
    } finally {
      spectra.free();
    }
  }
  return classes.shares();
}

const A = 9;
const cents = (n: number): number => 440 * 2 ** (n / 1200);

test('a tone has the pitch class of its semitone', () => {
  assert.ok(sharesOf([440])![A]! > 0.999);
  assert.ok(sharesOf([cents(300)])![0]! > 0.999);
});

test('semitones are counted from the tuning of what plays, not from 440 Hz', () => {
  // Each is an A when tuned to 428 or 452 Hz; at 440 Hz half of them are nearer to the semitone below or above.
  assert.ok(sharesOf([-34, -38, -54, -58].map(cents))![A]! > 0.999);
  assert.ok(sharesOf([34, 38, 54, 58].map(cents))![A]! > 0.999);
});

test('low tones between two bins of the spectrum are placed by the peak between them', () => {
  // At C2 a bin is two thirds of a semitone wide.
  const semitones = Array.from({ length: 12 }, (_, i) => i + 1);
  const shares = sharesOf(semitones.flatMap((i) => [-20, 20].map((off) => cents(100 * (i - 33) + off))))!;
  for (const i of semitones) assert.ok(Math.abs(shares[i % 12]! - 1 / 12) < 0.01, `${i}: ${shares[i % 12]}`);
});

test('silence has no shares', () => {
  const classes = new PitchClasses(SIZE, RATE);
  classes.add({
    first: 0,
    frames: 1,
    power: new Float32Array(SIZE / 2 + 1),
    bands: new Float32Array(0),
    moments: new Float32Array(3),
  });
  assert.equal(classes.shares(), null);
});
