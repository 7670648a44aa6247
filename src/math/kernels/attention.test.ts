import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setThreads, threads } from '../pool.ts';
import { Rng } from '../rng.ts';
import { type Attention, attentionBackward, attentionForward } from './attention.ts';
import { Region } from './memory.ts';

/** softmax over j ≤ i of q_i·k_j / √width − slope (i − j), times v: written out in float64. */
function naive({ starts, heads, width, slopes, qkv }: Omit<Attention, 'out' | 'logs'>): Float64Array {
  const row = 3 * heads * width;
  const out = new Float64Array(starts.at(-1)! * heads * width);
  const at = (r: number, part: number, h: number, j: number): number => qkv[r * row + (part * heads + h) * width + j]!;
  for (let s = 1; s < starts.length; s++)
    for (let h = 0; h < heads; h++)
      for (let i = starts[s - 1]!; i < starts[s]!; i++) {
        const weights: number[] = [];
        for (let k = starts[s - 1]!; k <= i; k++) {
          let dot = 0;
          for (let j = 0; j < width; j++) dot += at(i, 0, h, j) * at(k, 1, h, j);
          weights.push(Math.exp(dot / Math.sqrt(width) - slopes[h]! * (i - k)));
        }
        const sum = weights.reduce((a, b) => a + b, 0);
        weights.forEach((w, k) => {
          for (let j = 0; j < width; j++)
            out[(i * heads + h) * width + j]! += (w / sum) * at(starts[s - 1]! + k, 2, h, j);
        });
      }
  return out;
}

function world(region: Region, lengths: readonly number[], heads: number, width: number, seed: number): Attention {
  const rng = new Rng(seed);
  const starts = [0];
  for (const length of lengths) starts.push(starts.at(-1)! + length);
  const rows = starts.at(-1)!;
  return {
    starts: region.place(Int32Array.from(starts)),
    heads,
    width,
    slopes: region.place(Float32Array.from({ length: heads }, (_, h) => h / 4)),
    qkv: region.float32(rows * 3 * heads * width).map(() => 2 * rng.normal()) as Float32Array,
    out: region.float32(rows * heads * width),
    logs: region.float32(rows * heads),
  };
}

for (const [lengths, heads, width] of [
  [[1], 1, 4],
  [[5, 1, 9], 2, 8],
  [[33, 64, 2], 3, 20],
] as const) {
  test(`sequences of ${lengths} rows, ${heads} heads of ${width}: forward as written out, backward as differences`, () => {
    const region = new Region();
    try {
      const plain = world(region, lengths, heads, width, 3);
      const attention = { ...plain, qkv: region.place(Float32Array.from(plain.qkv)) };
      attentionForward(attention);
      const expected = naive(attention);
      expected.forEach((value, i) => {
        assert.ok(
          Math.abs(attention.out[i]! - value) < 1e-5 * (1 + Math.abs(value)),
          `${attention.out[i]} for ${value}`,
        );
      });
      // loss = Σ g ∘ out for a fixed random g
      const rng = new Rng(4);
      const g = region.place(Float32Array.from(attention.out, () => rng.normal()));
      const gradient = region.float32(attention.qkv.length).fill(9);
      attentionBackward(attention, g, gradient);
      const loss = (qkv: Float32Array): number =>
        naive({ ...attention, qkv }).reduce((sum, value, i) => sum + value * g[i]!, 0);
      for (let trial = 0; trial < 60; trial++) {
        const i = rng.below(attention.qkv.length);
        const up = Float32Array.from(attention.qkv);
        up[i] = up[i]! + 2 ** -10;
        const down = Float32Array.from(attention.qkv);
        down[i] = down[i]! - 2 ** -10;
        const numeric = (loss(up) - loss(down)) / (up[i]! - down[i]!);
        assert.ok(
          Math.abs(gradient[i]! - numeric) < 2e-3 * (1 + Math.abs(numeric)),
          `∂/∂qkv[${i}] ${gradient[i]} for ${numeric}`,
        );
      }
    } finally {
      region.free();
    }
  });
}

test('rows that are known stay, and the others come out as if all were computed', () => {
  const region = new Region();
  try {
    const plain = world(region, [20], 2, 8, 5);
    const attention = { ...plain, qkv: region.place(Float32Array.from(plain.qkv)) };
    attentionForward(attention);
    const whole = Float32Array.from(attention.out);
    attention.out.fill(7);
    attentionForward(attention, 13);
    assert.deepEqual(attention.out.subarray(0, 13 * 16), new Float32Array(13 * 16).fill(7));
    assert.deepEqual(attention.out.slice(13 * 16), whole.subarray(13 * 16));
  } finally {
    region.free();
  }
});

test('the same bytes with any number of threads', () => {
  const before = threads();
  const region = new Region();
  try {
    const plain = world(region, [40, 3, 17, 60], 2, 16, 6);
    const attention = { ...plain, qkv: region.place(Float32Array.from(plain.qkv)) };
    const g = region.place(Float32Array.from({ length: attention.out.length }, (_, i) => Math.sin(i)));
    const results = [1, 3].map((n) => {
      setThreads(n);
      attentionForward(attention);
      const gradient = region.float32(attention.qkv.length);
      attentionBackward(attention, g, gradient);
      return [Float32Array.from(attention.out), Float32Array.from(gradient)];
    });
    assert.deepEqual(results[0], results[1]);
  } finally {
    setThreads(before);
    region.free();
  }
});

test('rows that are not a multiple of 4 are refused', () => {
  const region = new Region();
  try {
    const attention = world(region, [3], 1, 4, 1);
    assert.throws(() => attentionForward({ ...attention, width: 3 }), { code: 'INTERNAL' });
  } finally {
    region.free();
  }
});
