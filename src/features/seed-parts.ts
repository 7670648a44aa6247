import type { Dataset } from '../dataset/dataset.ts';
import { AUDIO_STRIDE } from './audio-components.ts';
import type { ContentSpace } from './space.ts';

/** One sound block of a query: the weighted mean of the seeds' rows, prepared for comparison. */
export interface SoundPart {
  readonly axisWeights: Float32Array;
  /** weights ∘ mean, divided by the mean's weighted length: its dot product with a row, divided by the row's weighted length, is the cosine. */
  readonly direction: Float32Array;
}

/** Weighted mean of the standardised rows of the seeds that have sound. */
export function meanSound(space: ContentSpace, seeds: Int32Array, weights: Float32Array): Float32Array {
  const sum = new Float64Array(AUDIO_STRIDE);
  let total = 0;
  for (let s = 0; s < seeds.length; s++) {
    const seed = seeds[s]!;
    if (space.sounds[seed] === 0) continue;
    total += Math.abs(weights[s]!);
    for (let a = 0; a < AUDIO_STRIDE; a++) sum[a]! += weights[s]! * space.audio[seed * AUDIO_STRIDE + a]!;
  }
  return total > 0 ? Float32Array.from(sum, (value) => value / total) : new Float32Array(AUDIO_STRIDE);
}

/** The direction of the seeds' sound under the feature weights; null when they have none. */
export function soundPart(sound: Float32Array, weights: Float32Array): SoundPart | null {
  let squared = 0;
  for (let a = 0; a < AUDIO_STRIDE; a++) squared += weights[a]! * sound[a]! * sound[a]!;
  if (!(squared > 1e-12)) return null;
  const scale = 1 / Math.sqrt(squared);
  return { axisWeights: weights, direction: sound.map((value, a) => value * weights[a]! * scale) };
}

/** Cosine of the seeds with every value of a scale (year, popularity); null when it is unknown for all seeds. */
export function scaleCosines(
  encoding: ContentSpace['eras'],
  values: Dataset['tracks']['year'],
  seeds: Int32Array,
  weights: Float32Array,
): Float32Array | null {
  const query = new Float64Array(encoding.dimension);
  let known = false;
  for (let s = 0; s < seeds.length; s++) {
    const value = values[seeds[s]!]!;
    if (value < 0) continue;
    encoding.add(value, weights[s]!, query);
    known = true;
  }
  return known && query.some((value) => Math.abs(value) > 1e-9) ? encoding.cosines(query) : null;
}

/** Unit vector of the `limit` heaviest genres of the seeds; null when they have none. */
export function genreVector(
  space: ContentSpace,
  seeds: Int32Array,
  weights: Float32Array,
  limit: number | undefined,
): Float32Array | null {
  const { ptr, idx, values } = space.genres.rows;
  const vector = new Float32Array(space.dataset.genres.size);
  for (let s = 0; s < seeds.length; s++) {
    const profile = space.genres.profileOf[seeds[s]!]!;
    if (profile < 0) continue;
    for (let e = ptr[profile]!; e < ptr[profile + 1]!; e++) vector[idx[e]!]! += weights[s]! * values![e]!;
  }
  if (limit !== undefined) keepHeaviest(vector, limit);
  let squared = 0;
  for (const value of vector) squared += value * value;
  if (!(squared > 1e-12)) return null;
  const scale = 1 / Math.sqrt(squared);
  return vector.map((value) => value * scale);
}

/** Zeros all but the `limit` greatest by absolute weight; ties by genre number. */
function keepHeaviest(vector: Float32Array, limit: number): void {
  const present: number[] = [];
  for (let g = 0; g < vector.length; g++) if (vector[g] !== 0) present.push(g);
  present.sort((a, b) => Math.abs(vector[b]!) - Math.abs(vector[a]!) || a - b);
  for (const genre of present.slice(limit)) vector[genre] = 0;
}
