import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkpointFiles, type MadeTensor, madeTensors } from '../../../test/support/checkpoint.ts';
import { weightsOf } from '../../sources/own-files/musicnn/convert.ts';
import { Rng } from '../rng.ts';
import { EMBEDDING, PATCH_BANDS, PATCH_FRAMES, PATCH_SIZE, TAGS, TagNetwork } from './tag-network.ts';

type Table = Float64Array[];

/** The network by its description, from a checkpoint's tensors, in float64 and without any fold. */
function naive(tensors: ReadonlyMap<string, MadeTensor>, patch: Float32Array): { tags: number[]; embedding: number[] } {
  const of = (name: string): Float32Array => tensors.get(name)!.values;
  const numbered = (name: string, n: number): string => (n === 0 ? name : `${name}_${n}`);
  const normalise = (n: number, at: number, value: number): number => {
    const name = numbered('batch_normalization', n);
    const deviation = Math.sqrt(of(`${name}/moving_variance`)[at]! + 0.001);
    return ((value - of(`${name}/moving_mean`)[at]!) / deviation) * of(`${name}/gamma`)[at]! + of(`${name}/beta`)[at]!;
  };
  /** Convolution, rectifier, normalisation and the maximum over all places in a frame; frames beyond the ends are 0. */
  const convolve = (input: Table, n: number): Table => {
    const { shape, values } = tensors.get(`${numbered('conv2d', n)}/kernel`)!;
    const [height, width, , count] = shape as [number, number, number, number];
    const bias = of(`${numbered('conv2d', n)}/bias`);
    const above = Math.floor((height - 1) / 2);
    return input.map((row, t) => {
      const out = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
      const sums = new Float64Array(count);
      for (let c = 0; c + width <= row.length; c++) {
        sums.set(bias);
        for (let i = 0; i < height; i++) {
          const line = input[t + i - above];
          if (!line) continue;
          for (let j = 0; j < width; j++) {
            const x = line[c + j]!;
            const tap = (i * width + j) * count;
            for (let f = 0; f < count; f++) sums[f]! += x * values[tap + f]!;
          }
        }
        for (let f = 0; f < count; f++) out[f] = Math.max(out[f]!, normalise(n + 1, f, Math.max(0, sums[f]!)));
      }
      return out;
    });
  };
  const dense = (input: readonly number[], name: string, width: number): number[] =>
    Array.from({ length: width }, (_, j) =>
      input.reduce((sum, x, i) => sum + x * of(`${name}/kernel`)[i * width + j]!, of(`${name}/bias`)[j]!),
    );
  const input = Array.from({ length: PATCH_FRAMES }, (_, t) =>
    Float64Array.from({ length: PATCH_BANDS }, (_unused, b) => normalise(0, 0, patch[t * PATCH_BANDS + b]!)),
  );
  const fronts = [0, 1, 2, 3, 4].map((n) => convolve(input, n));
  const front = input.map((_, t) => Float64Array.from(fronts.flatMap((table) => [...table[t]!])));
  const first = convolve(front, 5);
  const add = (a: Table, b: Table): Table => a.map((row, t) => row.map((value, i) => value + b[t]![i]!));
  const second = add(convolve(first, 6), first);
  const third = add(convolve(second, 7), second);
  const features = input.map((_, t) => [front, first, second, third].flatMap((table) => [...table[t]!]));
  const pooled = features[0]!.flatMap((_, f) => {
    const values = features.map((row) => row[f]!);
    return [Math.max(...values), values.reduce((a, b) => a + b, 0) / values.length];
  });
  const hidden = dense(
    pooled.map((value, i) => normalise(9, i, value)),
    'dense',
    EMBEDDING,
  );
  const embedding = hidden.map((value, i) => normalise(10, i, Math.max(0, value)));
  return { embedding, tags: dense(embedding, 'dense_1', TAGS).map((value) => 1 / (1 + Math.exp(-value))) };
}

test('the network is the one described, layer by layer, from a checkpoint to tags and embedding', () => {
  const tensors = madeTensors(7);
  const { index, data } = checkpointFiles(tensors);
  const rng = new Rng(2);
  const network = new TagNetwork(weightsOf(index, data));
  try {
    // Leftovers of another patch must have no effect.
    network.hear(new Float32Array(PATCH_SIZE).fill(5));
    const patch = Float32Array.from({ length: PATCH_SIZE }, () => 4 * rng.uniform());
    const { tags, embedding } = network.hear(patch);
    const expected = naive(tensors, patch);
    const spread = Math.max(...expected.embedding.map(Math.abs));
    embedding.forEach((value, i) => {
      assert.ok(Math.abs(value - expected.embedding[i]!) < 1e-4 * spread, `number ${i} of the embedding`);
    });
    tags.forEach((value, i) => {
      assert.ok(Math.abs(value - expected.tags[i]!) < 1e-4, `tag ${i}`);
    });
  } finally {
    network.free();
  }
});

test('weights that are missing or of another length are refused', () => {
  assert.throws(() => new TagNetwork({}), { code: 'INTERNAL' });
});
