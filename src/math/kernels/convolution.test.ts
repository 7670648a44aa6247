import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../rng.ts';
import { type Activation, packFilters, pooledConvolution } from './convolution.ts';
import { Region } from './memory.ts';

/** By the definition, in float64. */
function naive(
  x: Float32Array,
  width: number,
  rows: number,
  kernel: Float32Array,
  size: readonly [height: number, width: number],
  { bias, scale, shift }: Activation,
): number[][] {
  const count = bias.length;
  return Array.from({ length: rows }, (_, t) =>
    Array.from({ length: count }, (_unused, n) => {
      let best = Number.NEGATIVE_INFINITY;
      for (let c = 0; c + size[1] <= width; c++) {
        let sum = bias[n]!;
        for (let i = 0; i < size[0]; i++)
          for (let j = 0; j < size[1]; j++) sum += kernel[(i * size[1] + j) * count + n]! * x[(t + i) * width + c + j]!;
        best = Math.max(best, shift[n]! + scale[n]! * Math.max(0, sum));
      }
      return best;
    }),
  );
}

test('pooled convolution is the naive one: whole and partial panels and blocks, tall and wide filters, negative scales', () => {
  const rng = new Rng(5);
  const normal = (length: number): Float32Array => Float32Array.from({ length }, () => rng.normal());
  for (const [height, length, width, rows, count] of [
    [7, 38, 96, 5, 20],
    [32, 1, 12, 9, 8],
    [1, 1, 6, 1, 1],
    [3, 4, 14, 6, 11],
    [2, 3, 9, 4, 16],
  ] as const) {
    const region = new Region();
    try {
      const x = region.place(normal((rows + height - 1) * width));
      const kernel = normal(height * length * count);
      // Scales of both signs: the maximum is not always that of the largest sum.
      const activation = { bias: normal(count), scale: normal(count), shift: normal(count) };
      const filters = packFilters(region, kernel, height, length, activation);
      const out = region.float32(rows * filters.stride);
      pooledConvolution(x, width, rows, filters, out);
      const expected = naive(x, width, rows, kernel, [height, length], activation);
      for (let t = 0; t < rows; t++)
        for (let n = 0; n < count; n++)
          assert.ok(
            Math.abs(out[t * filters.stride + n]! - expected[t]![n]!) < 1e-4 * (1 + Math.abs(expected[t]![n]!)),
            `${height} × ${length}, row ${t}, filter ${n}`,
          );
    } finally {
      region.free();
    }
  }
});

test('pooled convolution refuses arrays that are too small', () => {
  const region = new Region();
  try {
    const one = Float32Array.of(1);
    const filters = packFilters(region, one, 1, 1, { bias: one, scale: one, shift: one });
    for (const [inputs, width, outputs] of [
      [5, 5, 8],
      [11, 6, 16],
      [12, 6, 15],
    ] as const)
      assert.throws(
        () => pooledConvolution(region.float32(inputs), width, inputs === 5 ? 1 : 2, filters, region.float32(outputs)),
        { code: 'INTERNAL' },
      );
    assert.throws(() => packFilters(region, one, 1, 2, { bias: one, scale: one, shift: one }), { code: 'INTERNAL' });
  } finally {
    region.free();
  }
});
