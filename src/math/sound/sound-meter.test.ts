import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cadence, drums, sine } from '../../../test/support/synthesis.ts';
import { Rng } from '../rng.ts';
import { type SoundMeasurement, SoundMeter } from './sound-meter.ts';

const RATE = 44_100;

function measure(channels: readonly Float32Array[], piece = 10_000, rate = RATE): SoundMeasurement {
  const meter = new SoundMeter(rate, channels.length);
  try {
    for (let from = 0; from < channels[0]!.length; from += piece)
      meter.push(channels.map((channel) => channel.subarray(from, from + piece)));
    return meter.finish();
  } finally {
    meter.free();
  }
}

test('tempo of drums from 60 to 200 BPM, within 1 BPM and without an octave error', () => {
  for (const hats of [false, true])
    for (const bpm of [60, 75, 90, 120, 128, 140, 174, 200]) {
      const { beat, pulse } = measure([drums(bpm, 15, RATE, hats)]);
      assert.ok(Math.abs(beat - bpm) < 1, `${bpm} BPM${hats ? ' with hats' : ''}: ${beat}`);
      assert.ok(pulse > 0.5, `${bpm}: pulse ${pulse}`);
    }
});

test('key of cadences in all 24 keys, off concert pitch too', () => {
  for (let tonic = 0; tonic < 12; tonic++)
    for (const major of [true, false])
      for (const tuning of tonic < 3 ? [440, 432] : [440]) {
        const sound = measure([cadence(tonic, major, 4, 22_050, tuning)], 10_000, 22_050);
        assert.deepEqual([sound.tonic, sound.major], [tonic, Number(major)], `${tonic} ${major} at ${tuning} Hz`);
        // Degrees are counted from the tonic, so they are the same in every key.
        assert.ok(sound.degrees[0]! > 0.2 && sound.degrees[7]! > 0.15 && sound.degrees[6]! < 0.05);
        assert.ok(sound.degrees[major ? 4 : 3]! > sound.degrees[major ? 3 : 4]!);
      }
});

test('brightness is the centroid: a tone’s own frequency, higher for noise', () => {
  const rng = new Rng(2);
  const noise = Float32Array.from({ length: 5 * RATE }, () => rng.uniform() - 0.5);
  assert.ok(Math.abs(measure([sine(1000, 0.5, 5, RATE)]).brightness - Math.log2(1000)) < 0.05);
  assert.ok(Math.abs(measure([noise]).brightness - Math.log2(5512)) < 0.1);
});

test('onsets are counted: two a second', () => {
  const { onsetRate } = measure([drums(120, 20, RATE)]);
  assert.ok(Math.abs(onsetRate - 2) < 0.1, `${onsetRate}`);
});

test('pieces, channels and rates make no difference to what is heard', () => {
  const samples = cadence(3, true, 6, RATE);
  const whole = measure([samples]);
  const { lufs, ...others } = measure([samples], 777);
  assert.deepEqual({ ...others, lufs: whole.lufs }, whole);
  // Sums of squares in pieces differ in their last digit.
  assert.ok(Math.abs(lufs - whole.lufs) < 1e-9);
  const stereo = measure([samples, samples]);
  assert.ok(Math.abs(stereo.lufs - whole.lufs - 3.01) < 0.01);
  assert.deepEqual(stereo.cepstrum, whole.cepstrum);
  const other = measure([cadence(3, true, 6, 48_000)], 4096, 48_000);
  for (let c = 0; c < 13; c++) assert.ok(Math.abs(other.cepstrum[c]! - whole.cepstrum[c]!) < 1, `${c}`);
  assert.ok(Math.abs(other.brightness - whole.brightness) < 0.02);
});

test('timbre tells what is played apart from how loud it is', () => {
  const chords = measure([cadence(0, true, 6, RATE)]);
  const louder = measure([cadence(0, true, 6, RATE).map((x) => 2 * x)]);
  const beats = measure([drums(120, 12, RATE, true)]);
  const distance = (a: SoundMeasurement, b: SoundMeasurement): number =>
    Math.hypot(...Array.from({ length: 12 }, (_, i) => a.cepstrum[i + 1]! - b.cepstrum[i + 1]!));
  assert.ok(distance(chords, beats) > 5 * distance(chords, louder));
});

test('timbre does not hear what is 60 dB below the loudest band', () => {
  const rng = new Rng(3);
  const tone = sine(1000, 0.5, 5, RATE);
  const hiss = (level: number): SoundMeasurement => measure([tone.map((x) => x + level * (rng.uniform() - 0.5))]);
  const [clean, faint, plain] = [measure([tone]), hiss(1e-3), hiss(0.1)];
  const distance = (a: SoundMeasurement, b: SoundMeasurement): number =>
    Math.hypot(...Array.from({ length: 12 }, (_, i) => a.cepstrum[i + 1]! - b.cepstrum[i + 1]!));
  assert.ok(distance(clean, faint) < 1, `${distance(clean, faint)}`);
  assert.ok(distance(clean, plain) > 10, `${distance(clean, plain)}`);
});

test('silence has no measures, and nothing throws', () => {
  const { lufs, tonic, beat, flux, seconds } = measure([new Float32Array(10 * RATE)]);
  assert.deepEqual([lufs, tonic, beat, flux], [Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  assert.equal(seconds, 10);
  assert.equal(measure([new Float32Array(0)]).seconds, 0);
});
