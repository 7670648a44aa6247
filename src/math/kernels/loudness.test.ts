import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cadence, drums, sine, wavBytes } from '../../../test/support/synthesis.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import { Rng } from '../rng.ts';
import { kWeighting, LoudnessMeter } from './loudness.ts';

function loudness(channels: readonly Float32Array[], rate: number, piece = 4096): number {
  const meter = new LoudnessMeter(rate, channels.length);
  try {
    for (let from = 0; from < channels[0]!.length; from += piece)
      meter.push(channels.map((channel) => channel.subarray(from, from + piece)));
    return meter.integrated();
  } finally {
    meter.free();
  }
}

/** The standard step by step: every block of 400 ms filtered, squared and averaged separately. */
function naive(channels: readonly Float32Array[], rate: number): number {
  const c = kWeighting(rate);
  const filtered = channels.map((samples) => {
    let values = Array.from(samples, Number);
    for (const s of [0, 5]) {
      const out: number[] = [];
      for (let n = 0; n < values.length; n++)
        out.push(
          c[s]! * values[n]! +
            c[s + 1]! * (values[n - 1] ?? 0) +
            c[s + 2]! * (values[n - 2] ?? 0) -
            c[s + 3]! * (out[n - 1] ?? 0) -
            c[s + 4]! * (out[n - 2] ?? 0),
        );
      values = out;
    }
    return values;
  });
  const lufs = (power: number): number => -0.691 + 10 * Math.log10(power);
  const average = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
  const blocks: number[] = [];
  for (let from = 0; from + 0.4 * rate <= channels[0]!.length; from += rate / 10)
    blocks.push(filtered.reduce((sum, v) => sum + average(v.slice(from, from + 0.4 * rate).map((x) => x * x)), 0));
  const audible = blocks.filter((block) => lufs(block) > -70);
  return lufs(average(audible.filter((block) => lufs(block) > lufs(average(audible)) - 10)));
}

test('the filters at 48 kHz are those of the standard', () => {
  const standard = [
    1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585, 1, -2, 1,
    -1.99004745483398, 0.99007225036621,
  ];
  kWeighting(48_000).forEach((value, i) => {
    assert.ok(Math.abs(value - standard[i]!) < 1e-6, `${i}: ${value}`);
  });
});

test('loudness equals the standard done step by step', () => {
  const rng = new Rng(5);
  const make = (): Float32Array =>
    Float32Array.from({ length: 30_000 }, (_, i) => (rng.uniform() - 0.5) * (i % 16_000 < 8000 ? 0.5 : 0.01));
  const all = [make(), make(), make()];
  for (const channels of [all.slice(0, 1), all.slice(0, 2), all]) {
    const expected = naive(channels, 8000);
    for (const piece of [77, 4096]) assert.ok(Math.abs(loudness(channels, 8000, piece) - expected) < 1e-6);
  }
});

// The first cases of EBU Tech 3341 (2016), table 1: stereo sines of 1 kHz.
test('stereo sines at −23 and −33 dBFS measure −23 and −33 LUFS', () => {
  for (const level of [-23, -33]) {
    const tone = sine(1000, 10 ** (level / 20), 20, 48_000);
    assert.ok(Math.abs(loudness([tone, tone], 48_000) - level) < 0.1);
  }
});

test('quiet parts before and after do not count: the relative gate', () => {
  const part = (level: number, seconds: number): Float32Array => sine(1000, 10 ** (level / 20), seconds, 48_000);
  const all = [part(-36, 10), part(-23, 60), part(-36, 10)];
  const tone = new Float32Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const samples of all) {
    tone.set(samples, at);
    at += samples.length;
  }
  assert.ok(Math.abs(loudness([tone, tone], 48_000) + 23) < 0.1);
});

test('what never reaches −70 LUFS has no loudness, and takes no part in the relative gate', () => {
  const stereo = (parts: readonly (readonly [level: number, seconds: number])[]): number => {
    const samples = parts.flatMap(([level, seconds]) => [...sine(1000, 10 ** (level / 20), seconds, 8000)]);
    return loudness([Float32Array.from(samples), Float32Array.from(samples)], 8000);
  };
  assert.ok(Number.isNaN(stereo([[-75, 10]])));
  // The gate is 10 LU below the mean of the audible parts, which a long silence must not lower: −48 stays outside.
  const padded = stereo([
    [-23, 2],
    [-48, 40],
    [-100, 200],
  ]);
  const without = stereo([
    [-23, 2],
    [-48, 40],
  ]);
  assert.ok(Math.abs(padded - without) < 0.05 && without > -25, `${padded}, ${without} without the silence`);
});

test('silence and what is shorter than a block have no loudness', () => {
  assert.ok(Number.isNaN(loudness([new Float32Array(48_000)], 48_000)));
  assert.ok(Number.isNaN(loudness([sine(1000, 0.5, 0.3, 48_000)], 48_000)));
});

const installed = spawnSync('ffmpeg', ['-version']).status === 0;
test('loudness equals ffmpeg’s ebur128 within 0.1 LU', { skip: installed ? false : 'ffmpeg is not installed' }, (t) =>
  withTemporary(async (dir) => {
    for (const [name, rate, channels] of [
      ['mono drums', 44_100, [drums(120, 20, 44_100, true)]],
      ['stereo chords', 48_000, [cadence(2, true, 8, 48_000), cadence(9, false, 8, 48_000)]],
      ['quiet start', 22_050, [sine(300, 0.3, 20, 22_050).map((x, i) => (i < 200_000 ? x / 50 : x))]],
    ] as const) {
      const file = join(dir, 'sound.wav');
      writeFileSync(file, wavBytes(channels, rate));
      const measured = ['-nostdin', '-nostats', '-i', file, '-filter_complex', 'ebur128', '-f', 'null', '-'];
      const { stderr } = spawnSync('ffmpeg', measured, { encoding: 'utf8' });
      // It also prints a summary before the first sample.
      const summaries = [...stderr.matchAll(/Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/g)];
      const theirs = Number(summaries.at(-1)?.[1]);
      const ours = loudness(channels, rate);
      t.diagnostic(`${name}: ${ours.toFixed(2)} LUFS, ffmpeg ${theirs}`);
      assert.ok(Math.abs(ours - theirs) <= 0.1, `${name}: ${ours}, ffmpeg ${theirs}`);
    }
  }),
);
