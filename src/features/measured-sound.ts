import type { Dataset, SoundTable } from '../dataset/dataset.ts';
import { SOUND, SOUND_WIDTH } from '../dataset/sound-measures.ts';
import { circleOfFifths } from './audio-components.ts';

/** What a person hears as one property of the sound; explanations name these. */
export type SoundGroup = 'timbre' | 'brightness' | 'rhythm' | 'tempo' | 'key' | 'loudness';

interface Axis {
  readonly group: SoundGroup;
  /** Share of the axis in the cosine. */
  readonly weight: number;
  /** Place of the measure in a row, or how the axis comes from the row. */
  readonly value: number | ((row: Float32Array) => number);
}

const several = (group: SoundGroup, from: number, count: number, whole: number): Axis[] =>
  Array.from({ length: count }, (_, i) => ({ group, weight: whole / count, value: from + i }));

const octave = (row: Float32Array): number => 2 * Math.PI * Math.log2(row[SOUND.beat]!);
const fifths = (row: Float32Array): number => (circleOfFifths(row[SOUND.tonic]!, row[SOUND.major]!) * Math.PI) / 6;

/**
 * The axes of the sound block before standardising. Timbre, which tells instruments and production, counts as much as everything else together.
 * Tempo is an angle in log2, for estimators (and listeners) confuse a tempo with its double; so is the key on the circle of fifths.
 */
const AXES: readonly Axis[] = [
  { group: 'loudness', weight: 0.5, value: SOUND.lufs },
  { group: 'tempo', weight: 0.5, value: (row) => Math.cos(octave(row)) },
  { group: 'tempo', weight: 0.5, value: (row) => Math.sin(octave(row)) },
  { group: 'rhythm', weight: 0.5, value: SOUND.pulse },
  { group: 'rhythm', weight: 1, value: SOUND.flux },
  { group: 'rhythm', weight: 1, value: (row) => Math.log(0.2 + row[SOUND.onsetRate]!) },
  { group: 'key', weight: 0.25, value: (row) => Math.cos(fifths(row)) },
  { group: 'key', weight: 0.25, value: (row) => Math.sin(fifths(row)) },
  { group: 'key', weight: 0.5, value: SOUND.major },
  { group: 'key', weight: 0.5, value: SOUND.tonality },
  { group: 'brightness', weight: 1, value: SOUND.brightness },
  { group: 'brightness', weight: 0.5, value: SOUND.brightnessRange },
  ...several('timbre', SOUND.timbre, 12, 4),
  ...several('timbre', SOUND.timbreRange, 13, 2),
  ...several('key', SOUND.degree, 12, 1),
];

export const SOUND_GROUPS: readonly SoundGroup[] = AXES.map(({ group }) => group);
/** Variance of each axis over the catalogue. */
export const SOUND_WEIGHTS: readonly number[] = AXES.map(({ weight }) => weight);
/** Floats per row. */
export const SOUND_AXES: number = AXES.length;
/** Further than this many standard deviations is as far as it gets: one odd value must not decide a cosine. */
const FARTHEST = 4;

/** What is kept: mean and scale of every axis. JSON values. */
export interface SoundRecord {
  mean: number[];
  scale: number[];
}

function axesOf(sound: SoundTable, row: number, out: Float64Array): void {
  const values = sound.values.subarray(row * SOUND_WIDTH, (row + 1) * SOUND_WIDTH);
  AXES.forEach(({ value }, a) => {
    out[a] = typeof value === 'number' ? values[value]! : value(values);
  });
}

/**
 * The tracks whose audio was analysed, as rows of standardised and weighted measures: the plain cosine of two rows is how alike they
 * sound. A measure that is missing stands at the mean, 0.
 */
export class MeasuredSound {
  readonly record: SoundRecord;
  /** One per track: its row, −1 without sound. */
  readonly rowOf: Int32Array;
  /** rows × SOUND_AXES */
  readonly rows: Float32Array;
  /** 1/length of each row, 0 for a row of zeros. */
  private readonly inverse: Float32Array;

  private constructor(sound: SoundTable, record: SoundRecord) {
    const count = sound.values.length / SOUND_WIDTH;
    this.record = record;
    this.rowOf = sound.row;
    this.rows = new Float32Array(count * SOUND_AXES);
    this.inverse = new Float32Array(count);
    const axes = new Float64Array(SOUND_AXES);
    for (let r = 0; r < count; r++) {
      axesOf(sound, r, axes);
      let squared = 0;
      for (let a = 0; a < SOUND_AXES; a++) {
        const z = (axes[a]! - record.mean[a]!) * record.scale[a]!;
        const value = Number.isNaN(z) ? 0 : Math.max(-FARTHEST, Math.min(FARTHEST, z)) * Math.sqrt(AXES[a]!.weight);
        this.rows[r * SOUND_AXES + a] = value;
        squared += value * value;
      }
      this.inverse[r] = squared > 0 ? 1 / Math.sqrt(squared) : 0;
    }
  }

  /** null when no track was analysed. */
  static fit(dataset: Dataset): MeasuredSound | null {
    const { sound } = dataset.tracks;
    if (!sound) return null;
    const mean = new Array<number>(SOUND_AXES).fill(0);
    const squares = new Float64Array(SOUND_AXES);
    const known = new Int32Array(SOUND_AXES);
    const axes = new Float64Array(SOUND_AXES);
    for (let r = 0; r < sound.values.length / SOUND_WIDTH; r++) {
      axesOf(sound, r, axes);
      for (let a = 0; a < SOUND_AXES; a++) {
        if (Number.isNaN(axes[a]!)) continue;
        const delta = axes[a]! - mean[a]!;
        mean[a]! += delta / ++known[a]!;
        squares[a]! += delta * (axes[a]! - mean[a]!);
      }
    }
    const scale = mean.map((value, a) => {
      const variance = known[a]! > 0 ? squares[a]! / known[a]! : 0;
      // float32 noise around a constant is no variance
      return variance > 1e-10 * (1 + value * value) ? 1 / Math.sqrt(variance) : 0;
    });
    return new MeasuredSound(sound, { mean, scale });
  }

  /** null where the record or the catalogue knows no sound. @param record checked by `isRecord` */
  static restore(record: SoundRecord | undefined, dataset: Dataset): MeasuredSound | null {
    return record && dataset.tracks.sound ? new MeasuredSound(dataset.tracks.sound, record) : null;
  }

  static isRecord(value: unknown): value is SoundRecord {
    const { mean, scale } = (value ?? {}) as Partial<SoundRecord>;
    return [mean, scale].every(
      (list) => Array.isArray(list) && list.length === SOUND_AXES && list.every((n) => Number.isFinite(n)),
    );
  }

  knows(track: number): boolean {
    return this.rowOf[track]! >= 0;
  }

  /** The weighted mean of the seeds' directions as a unit vector; null when no seed has sound. */
  query(seeds: Int32Array, weights: Float32Array): Float32Array | null {
    const sum = new Float64Array(SOUND_AXES);
    for (let s = 0; s < seeds.length; s++) {
      const row = this.rowOf[seeds[s]!]!;
      if (row < 0) continue;
      const weight = weights[s]! * this.inverse[row]!;
      for (let a = 0; a < SOUND_AXES; a++) sum[a]! += weight * this.rows[row * SOUND_AXES + a]!;
    }
    const length = Math.hypot(...sum);
    return length > 1e-6 ? Float32Array.from(sum, (value) => value / length) : null;
  }

  /** Cosine of a unit vector and a track, NaN without sound. */
  cosine(query: Float32Array, track: number): number {
    const row = this.rowOf[track]!;
    if (row < 0) return Number.NaN;
    let dot = 0;
    for (let a = 0, at = row * SOUND_AXES; a < SOUND_AXES; a++, at++) dot += query[a]! * this.rows[at]!;
    return dot * this.inverse[row]!;
  }

  /** Cosine of two tracks; NaN when one was not analysed. */
  alike(a: number, b: number): number {
    const first = this.rowOf[a]!;
    return first < 0
      ? Number.NaN
      : this.cosine(this.rows.subarray(first * SOUND_AXES, (first + 1) * SOUND_AXES), b) * this.inverse[first]!;
  }

  /** What each property brings to the cosine of a unit vector and a track that has sound. */
  contributions(query: Float32Array, track: number): Map<SoundGroup, number> {
    const row = this.rowOf[track]!;
    const out = new Map<SoundGroup, number>();
    SOUND_GROUPS.forEach((group, a) => {
      const product = query[a]! * this.rows[row * SOUND_AXES + a]! * this.inverse[row]!;
      out.set(group, (out.get(group) ?? 0) + product);
    });
    return out;
  }
}
