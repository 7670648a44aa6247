import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../rng.ts';
import { RowAdam } from './adam.ts';
import { Region } from './memory.ts';

test('rows that are named move as in Adam, with moments of their own; the others rest', () => {
  const region = new Region();
  try {
    const rng = new Rng(1);
    const [count, width] = [9, 8];
    const parameters = region.place(Float32Array.from({ length: count * width }, () => rng.normal()));
    const expected = Float64Array.from(parameters);
    const first = new Float64Array(expected.length);
    const second = new Float64Array(expected.length);
    const adam = new RowAdam(region, parameters, width);
    for (let step = 1; step <= 5; step++) {
      const rows = step === 3 ? null : rng.sample(count, 4);
      const moved = rows ? [...rows] : Array.from({ length: count }, (_, r) => r);
      const gradients = region.place(Float32Array.from({ length: moved.length * width }, () => rng.normal()));
      adam.step(gradients, rows && region.place(rows), 0.01);
      moved.forEach((row, g) => {
        for (let j = 0; j < width; j++) {
          const at = row * width + j;
          const slope = gradients[g * width + j]!;
          first[at] = 0.9 * first[at]! + 0.1 * slope;
          second[at] = 0.98 * second[at]! + 0.02 * slope * slope;
          const mean = first[at]! / (1 - 0.9 ** step);
          expected[at]! -= (0.01 * mean) / (Math.sqrt(second[at]! / (1 - 0.98 ** step)) + 1e-8);
        }
      });
      parameters.forEach((value, i) => {
        assert.ok(Math.abs(value - expected[i]!) < 1e-5, `step ${step}, ${i}: ${value} for ${expected[i]}`);
      });
    }
  } finally {
    region.free();
  }
});

test('rows whose width is not a multiple of 4 are refused', () => {
  const region = new Region();
  try {
    assert.throws(() => new RowAdam(region, region.float32(6), 3), { code: 'INTERNAL' });
  } finally {
    region.free();
  }
});
