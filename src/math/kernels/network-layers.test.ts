import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../rng.ts';
import { Region } from './memory.ts';
import { addTo, dropout, rectify, rectifyBackward, rmsNorm, rmsNormBackward } from './network-layers.ts';

test('root mean square norm: as written out, with gradients as differences, over several blocks of rows', () => {
  const region = new Region();
  try {
    const [rows, width] = [300, 12];
    const rng = new Rng(1);
    const random = (n: number): Float32Array => region.place(Float32Array.from({ length: n }, () => rng.normal()));
    const x = random(rows * width);
    const gain = random(width);
    const dy = random(rows * width);
    const y = region.float32(rows * width);
    const inverse = region.float32(rows);
    rmsNorm(x, gain, y, inverse);
    const out = (r: number, values: ArrayLike<number>, gains: ArrayLike<number>): number[] => {
      const row = Array.from({ length: width }, (_, j) => values[r * width + j]!);
      const root = Math.sqrt(row.reduce((s, v) => s + v * v, 0) / width + 1e-6);
      return row.map((v, j) => (gains[j]! * v) / root);
    };
    for (let r = 0; r < rows; r++)
      out(r, x, gain).forEach((value, j) => {
        assert.ok(Math.abs(y[r * width + j]! - value) < 1e-5 * (1 + Math.abs(value)));
      });
    const dx = region.float32(rows * width).fill(1);
    const dGain = region.float32(width).fill(5);
    rmsNormBackward({ x, gain, inverse }, dy, dx, dGain);
    const h = 1e-5;
    const loss = (r: number, values: ArrayLike<number>, gains: ArrayLike<number>): number =>
      out(r, values, gains).reduce((sum, value, j) => sum + value * dy[r * width + j]!, 0);
    for (let trial = 0; trial < 100; trial++) {
      const i = rng.below(rows * width);
      const r = Math.floor(i / width);
      const moved = (by: number): number => {
        const copy = Float64Array.from(x);
        copy[i]! += by;
        return loss(r, copy, gain);
      };
      const numeric = 1 + (moved(h) - moved(-h)) / (2 * h);
      assert.ok(Math.abs(dx[i]! - numeric) < 1e-3 * (1 + Math.abs(numeric)), `${dx[i]} for ${numeric}`);
    }
    for (let j = 0; j < width; j++) {
      let numeric = 0;
      for (let r = 0; r < rows; r++) {
        const moved = (by: number): number => {
          const copy = Float64Array.from(gain);
          copy[j]! += by;
          return loss(r, x, copy);
        };
        numeric += (moved(h) - moved(-h)) / (2 * h);
      }
      assert.ok(Math.abs(dGain[j]! - numeric) < 1e-3 * (1 + Math.abs(numeric)), `${dGain[j]} for ${numeric}`);
    }
  } finally {
    region.free();
  }
});

test('rectifier, sum and their lengths', () => {
  const region = new Region();
  try {
    const rng = new Rng(2);
    const length = 5 * 1024 + 8;
    const x = Float32Array.from({ length }, () => rng.normal());
    const y = region.place(x.slice());
    rectify(y);
    assert.deepEqual(
      Float32Array.from(y),
      x.map((v) => Math.max(0, v)),
    );
    const dy = region.float32(length).fill(3);
    rectifyBackward(y, dy);
    assert.deepEqual(
      Float32Array.from(dy),
      x.map((v) => (v > 0 ? 3 : 0)),
    );
    addTo(y, dy);
    assert.deepEqual(
      Float32Array.from(y),
      x.map((v) => (v > 0 ? Math.fround(v + 3) : 0)),
    );
  } finally {
    region.free();
  }
});

test('dropout keeps the mean, drops the said share, and one seed has one mask', () => {
  const region = new Region();
  try {
    const length = 100_000;
    const masks = [5, 5, 6].map((seed) => {
      const x = region.float32(length).fill(1);
      dropout(x, 0.3, seed);
      return Float32Array.from(x);
    });
    assert.deepEqual(masks[0], masks[1]);
    assert.notDeepEqual(masks[0], masks[2]);
    const dropped = masks[0]!.filter((v) => v === 0).length / length;
    assert.ok(Math.abs(dropped - 0.3) < 0.01, `${dropped}`);
    assert.ok(masks[0]!.every((v) => v === 0 || Math.abs(v - 1 / 0.7) < 1e-6));
    const both = masks[0]!.filter((v, i) => v === 0 && masks[2]![i] === 0).length / length;
    assert.ok(Math.abs(both - 0.09) < 0.01, `masks of two seeds drop ${both} together`);
  } finally {
    region.free();
  }
});
