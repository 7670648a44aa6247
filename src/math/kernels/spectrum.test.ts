import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../rng.ts';
import { type FilterBank, Spectra } from './spectrum.ts';

const noise = (n: number, seed: number): Float32Array => {
  const rng = new Rng(seed);
  return Float32Array.from({ length: n }, () => rng.uniform() * 2 - 1);
};

interface Collected {
  power: number[];
  bands: number[];
  moments: number[];
  frames: number;
}

function spectra(
  size: number,
  hop: number,
  pieces: readonly Float32Array[],
  bank: FilterBank | null = null,
): Collected {
  const out: Collected = { power: [], bands: [], moments: [], frames: 0 };
  const spectra = new Spectra(
    size,
    hop,
    (block) => {
      assert.equal(block.first, out.frames);
      out.frames += block.frames;
      out.power.push(...block.power);
      out.bands.push(...block.bands);
      out.moments.push(...block.moments);
    },
    bank,
  );
  try {
    for (const piece of pieces) spectra.push(piece);
    spectra.flush();
  } finally {
    spectra.free();
  }
  return out;
}

/** The sum of the definition, in float64. */
function naive(samples: Float32Array, size: number, hop: number): number[] {
  const out: number[] = [];
  for (let from = 0; from + size <= samples.length; from += hop)
    for (let k = 0; k <= size / 2; k++) {
      let re = 0;
      let im = 0;
      for (let i = 0; i < size; i++) {
        const value = samples[from + i]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
        re += value * Math.cos((2 * Math.PI * i * k) / size);
        im -= value * Math.sin((2 * Math.PI * i * k) / size);
      }
      out.push(re * re + im * im);
    }
  return out;
}

const close = (actual: readonly number[], expected: readonly number[], tolerance: number): void => {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++)
    assert.ok(
      Math.abs(actual[i]! - expected[i]!) <= tolerance * (1 + expected[i]!),
      `${i}: ${actual[i]}, ${expected[i]}`,
    );
};

for (const [size, hop, length] of [
  [16, 16, 16],
  [16, 3, 100],
  [16, 4, 75],
  [32, 8, 200],
  [64, 16, 1600],
  [256, 128, 2000],
] as const)
  test(`${size} points every ${hop} equal the sum of the definition`, () => {
    const samples = noise(length, size + hop);
    close(spectra(size, hop, [samples]).power, naive(samples, size, hop), 1e-4);
  });

test('samples in pieces give what they give at once', () => {
  const samples = noise(5000, 3);
  const pieces = [
    samples.subarray(0, 1),
    samples.subarray(1, 1300),
    samples.subarray(1300, 1300),
    samples.subarray(1300),
  ];
  assert.deepEqual(spectra(32, 8, pieces), spectra(32, 8, [samples]));
});

test('less than a frame gives nothing', () => {
  assert.equal(spectra(16, 4, [noise(15, 1)]).frames, 0);
});

test('bands and moments are sums over the spectrum', () => {
  const bank = {
    starts: Int32Array.of(2, 0, 16),
    ptr: Int32Array.of(0, 3, 4, 5),
    weights: Float32Array.of(1, 2, 0.5, 3, 4),
  };
  const { power, bands, moments, frames } = spectra(32, 16, [noise(400, 9)], bank);
  for (let f = 0; f < frames; f++) {
    const p = power.slice(f * 17, (f + 1) * 17);
    close(bands.slice(f * 3, f * 3 + 3), [p[2]! + 2 * p[3]! + 0.5 * p[4]!, 3 * p[0]!, 4 * p[16]!], 1e-5);
    const sum = (weight: (k: number) => number): number =>
      p.reduce((total, value, k) => total + (k === 0 ? 0 : weight(k) * Math.sqrt(value)), 0);
    close(moments.slice(f * 3, f * 3 + 3), [sum(() => 1), sum((k) => k), sum((k) => k * k)], 1e-5);
  }
});

test('sizes that are no power of two, and banks beyond the bins, are refused', () => {
  assert.throws(() => new Spectra(48, 16, () => {}), { code: 'INTERNAL' });
  assert.throws(() => new Spectra(16, 17, () => {}), { code: 'INTERNAL' });
  const bank = { starts: Int32Array.of(8), ptr: Int32Array.of(0, 2), weights: Float32Array.of(1, 1) };
  assert.throws(() => new Spectra(16, 4, () => {}, bank), { code: 'INTERNAL' });
});
