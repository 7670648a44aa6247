import { SegueError } from '../../errors.ts';
import { type Filters, packFilters, pooledConvolution } from '../kernels/convolution.ts';
import { gemm } from '../kernels/gemm.ts';
import { Region } from '../kernels/memory.ts';

/** Frames per patch, and mel bands per frame. */
export const PATCH_FRAMES = 187;
export const PATCH_BANDS = 96;
export const PATCH_SIZE: number = PATCH_FRAMES * PATCH_BANDS;
export const TAGS = 50;
export const EMBEDDING = 200;

/** First layers: filters for timbre over 38 and 67 bands at any pitch, and filters for rhythm in one band over 128, 64 and 32 frames. */
const FRONT = [
  { id: 'front0', height: 7, width: 38, count: 204 },
  { id: 'front1', height: 7, width: 67, count: 204 },
  { id: 'front2', height: 128, width: 1, count: 51 },
  { id: 'front3', height: 64, width: 1, count: 51 },
  { id: 'front4', height: 32, width: 1, count: 51 },
] as const;
const FRONT_WIDTH = FRONT.reduce((sum, { count }) => sum + count, 0);
/** Layers over time; all but the first add the previous layer's output to their own. */
const MIDDLE = ['middle0', 'middle1', 'middle2'] as const;
const MIDDLE_HEIGHT = 7;
const MIDDLE_WIDTH = 64;
const FEATURES = FRONT_WIDTH + MIDDLE.length * MIDDLE_WIDTH;
const POOLED = 2 * FEATURES;

/** Length of each of the network's weight arrays, by name. Every activation is shift + scale · max(0, bias + sum). */
export const TAG_WEIGHTS: Readonly<Record<string, number>> = Object.fromEntries([
  ['input.scale', 1],
  ['input.shift', 1],
  ...FRONT.flatMap(({ id, height, width, count }) => layer(id, height * width, count)),
  ...MIDDLE.flatMap((id, i) => layer(id, MIDDLE_HEIGHT * (i === 0 ? FRONT_WIDTH : MIDDLE_WIDTH), MIDDLE_WIDTH)),
  ['pooled.scale', POOLED],
  ['pooled.shift', POOLED],
  ...layer('dense', POOLED, EMBEDDING),
  ['tags.kernel', EMBEDDING * TAGS],
  ['tags.bias', TAGS],
]);

function layer(id: string, inputs: number, count: number): [string, number][] {
  const terms = ['bias', 'scale', 'shift'].map((term): [string, number] => [`${id}.${term}`, count]);
  return [[`${id}.kernel`, inputs * count], ...terms];
}

export type TagWeights = Readonly<Record<string, Float32Array>>;

/** The network's outputs for a patch; arrays that the next call overwrites. */
export interface TagAnswer {
  /** 0–1 each. */
  readonly tags: Float32Array;
  readonly embedding: Float32Array;
}

/**
 * The network of Pons & Serra, "musicnn: pre-trained convolutional neural networks for music audio tagging" (2019): maps three seconds of log-mel
 * spectrum to probabilities of 50 tags, and also gives the 200 numbers of the layer before. 787,159 parameters; 1.4 billion multiply-adds per patch.
 * Free it in a `finally`.
 */
export class TagNetwork {
  private readonly region = new Region();
  private readonly weights: TagWeights;
  private readonly front: readonly { filters: Filters; out: Float32Array; above: number }[];
  private readonly middle: readonly Float32Array[];
  /** The patch with rows of zeros above and below, as needed for each filter height. */
  private readonly padded: Float32Array;
  /** For each layer over time: its input with three rows of zeros above and below, and its sums. */
  private readonly inputs: readonly Float32Array[];
  private readonly sums: Float32Array;
  private readonly features = new Float32Array(PATCH_FRAMES * FEATURES);
  private readonly pooled = new Float32Array(POOLED);
  private readonly answer = { tags: new Float32Array(TAGS), embedding: new Float32Array(EMBEDDING) };

  /** @throws SegueError INTERNAL when an array is missing or of another length */
  constructor(weights: TagWeights) {
    for (const [name, length] of Object.entries(TAG_WEIGHTS))
      if (weights[name]?.length !== length)
        throw new SegueError('INTERNAL', {
          got: `${weights[name]?.length ?? 'no'} weights ${name}`,
          expected: String(length),
        });
    const { region } = this;
    this.weights = weights;
    this.front = FRONT.map(({ id, height, width }) => {
      const activation = {
        bias: weights[`${id}.bias`]!,
        scale: weights[`${id}.scale`]!,
        shift: weights[`${id}.shift`]!,
      };
      const filters = packFilters(region, weights[`${id}.kernel`]!, height, width, activation);
      return {
        filters,
        out: region.float32(PATCH_FRAMES * filters.stride),
        above: Math.floor((height - 1) / 2),
      };
    });
    const most = Math.max(...FRONT.map(({ height }) => height));
    this.padded = region.float32((PATCH_FRAMES + most - 1) * PATCH_BANDS);
    this.middle = MIDDLE.map((id) => region.place(weights[`${id}.kernel`]!));
    this.inputs = MIDDLE.map((_, i) =>
      region.float32((PATCH_FRAMES + MIDDLE_HEIGHT - 1) * (i === 0 ? FRONT_WIDTH : MIDDLE_WIDTH)),
    );
    this.sums = region.float32(PATCH_FRAMES * MIDDLE_WIDTH);
  }

  /** @param patch PATCH_FRAMES × PATCH_BANDS of log10(1 + 10,000 · mel power) */
  hear(patch: Float32Array): TagAnswer {
    this.hearFront(patch);
    for (let layer = 0; layer < MIDDLE.length; layer++) this.hearMiddle(layer);
    this.pool();
    return this.decide();
  }

  free(): void {
    this.region.free();
  }

  private hearFront(patch: Float32Array): void {
    const { padded, features } = this;
    const scale = this.weights['input.scale']![0]!;
    const shift = this.weights['input.shift']![0]!;
    const input = this.inputs[0]!;
    const first = ((MIDDLE_HEIGHT - 1) / 2) * FRONT_WIDTH;
    let column = 0;
    for (const { filters, out, above } of this.front) {
      padded.fill(0);
      for (let i = 0; i < PATCH_SIZE; i++) padded[above * PATCH_BANDS + i] = scale * patch[i]! + shift;
      pooledConvolution(padded, PATCH_BANDS, PATCH_FRAMES, filters, out);
      for (let t = 0; t < PATCH_FRAMES; t++)
        for (let n = 0; n < filters.count; n++) {
          const value = out[t * filters.stride + n]!;
          input[first + t * FRONT_WIDTH + column + n] = value;
          features[t * FEATURES + column + n] = value;
        }
      column += filters.count;
    }
  }

  /** A convolution over seven frames is computed as seven products, each with the input shifted by a frame. */
  private hearMiddle(layer: number): void {
    const { sums, features } = this;
    const input = this.inputs[layer]!;
    const kernel = this.middle[layer]!;
    const width = layer === 0 ? FRONT_WIDTH : MIDDLE_WIDTH;
    for (let i = 0; i < MIDDLE_HEIGHT; i++)
      gemm({
        m: PATCH_FRAMES,
        n: MIDDLE_WIDTH,
        k: width,
        a: input.subarray(i * width),
        b: kernel.subarray(i * width * MIDDLE_WIDTH),
        c: sums,
        beta: i === 0 ? 0 : 1,
      });
    const [bias, scale, shift] = this.terms(MIDDLE[layer]!);
    const next = this.inputs[layer + 1];
    const first = ((MIDDLE_HEIGHT - 1) / 2) * MIDDLE_WIDTH;
    const column = FRONT_WIDTH + layer * MIDDLE_WIDTH;
    for (let t = 0; t < PATCH_FRAMES; t++)
      for (let n = 0; n < MIDDLE_WIDTH; n++) {
        const own = shift[n]! + scale[n]! * Math.max(0, bias[n]! + sums[t * MIDDLE_WIDTH + n]!);
        const value = layer === 0 ? own : own + features[t * FEATURES + column - MIDDLE_WIDTH + n]!;
        features[t * FEATURES + column + n] = value;
        if (next) next[first + t * MIDDLE_WIDTH + n] = value;
      }
  }

  /** Maximum and mean of every feature over time, side by side. */
  private pool(): void {
    const { features, pooled } = this;
    for (let f = 0; f < FEATURES; f++) {
      let highest = Number.NEGATIVE_INFINITY;
      let sum = 0;
      for (let at = f; at < features.length; at += FEATURES) {
        const value = features[at]!;
        if (value > highest) highest = value;
        sum += value;
      }
      pooled[2 * f] = highest;
      pooled[2 * f + 1] = sum / PATCH_FRAMES;
    }
    const scale = this.weights['pooled.scale']!;
    const shift = this.weights['pooled.shift']!;
    for (let i = 0; i < POOLED; i++) pooled[i] = scale[i]! * pooled[i]! + shift[i]!;
  }

  private decide(): TagAnswer {
    const { embedding, tags } = this.answer;
    const [bias, scale, shift] = this.terms('dense');
    multiply(this.pooled, this.weights['dense.kernel']!, embedding);
    for (let i = 0; i < EMBEDDING; i++) embedding[i] = shift[i]! + scale[i]! * Math.max(0, bias[i]! + embedding[i]!);
    multiply(embedding, this.weights['tags.kernel']!, tags);
    const last = this.weights['tags.bias']!;
    for (let i = 0; i < TAGS; i++) tags[i] = 1 / (1 + Math.exp(-(tags[i]! + last[i]!)));
    return this.answer;
  }

  private terms(id: string): [bias: Float32Array, scale: Float32Array, shift: Float32Array] {
    const { weights } = this;
    return [weights[`${id}.bias`]!, weights[`${id}.scale`]!, weights[`${id}.shift`]!];
  }
}

/** out = x · matrix, of x.length × out.length. */
function multiply(x: Float32Array, matrix: Float32Array, out: Float32Array): void {
  const width = out.length;
  const sums = new Float64Array(width);
  for (let i = 0; i < x.length; i++) for (let j = 0; j < width; j++) sums[j]! += x[i]! * matrix[i * width + j]!;
  out.set(sums);
}
