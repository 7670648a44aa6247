import type { Dataset } from '../dataset/dataset.ts';
import { SOUND } from '../dataset/sound-measures.ts';
import { circleOfFifths } from './audio-components.ts';
import { type Axis, isStandardRecord, type StandardRecord, StandardRows, standardRecord } from './standard-rows.ts';

/** What people hear as one property of the sound, as named in explanations. */
export type SoundGroup = 'timbre' | 'brightness' | 'rhythm' | 'tempo' | 'key' | 'loudness';

interface SoundAxis extends Axis {
  readonly group: SoundGroup;
}

const several = (group: SoundGroup, from: number, count: number, whole: number): SoundAxis[] =>
  Array.from({ length: count }, (_, i) => ({ group, weight: whole / count, value: from + i }));

const octave = (row: Float32Array): number => 2 * Math.PI * Math.log2(row[SOUND.beat]!);
const fifths = (row: Float32Array): number => (circleOfFifths(row[SOUND.tonic]!, row[SOUND.major]!) * Math.PI) / 6;

/**
 * The axes of the sound block before standardising. Timbre, which reveals instruments and production, counts as much as everything else together.
 * Tempo is an angle in log2, because estimators (and listeners) confuse a tempo with its double; the key is an angle on the circle of fifths.
 */
const AXES: readonly SoundAxis[] = [
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
const SOUND_BLOCK = { table: 'sound', axes: AXES } as const;

/** The tracks whose audio was analysed; the plain cosine of two rows is how alike they sound. */
export class MeasuredSound extends StandardRows {
  /** null when no track was analysed. */
  static fit(dataset: Dataset): MeasuredSound | null {
    return MeasuredSound.restore(standardRecord(SOUND_BLOCK, dataset) ?? undefined, dataset);
  }

  /** null when the record or the catalogue has no measured sound. @param record checked by `isRecord` */
  static restore(record: StandardRecord | undefined, dataset: Dataset): MeasuredSound | null {
    return record && dataset.tracks.sound ? new MeasuredSound(SOUND_BLOCK, dataset.tracks.sound, record) : null;
  }

  static isRecord(value: unknown): value is StandardRecord {
    return isStandardRecord(SOUND_BLOCK, value);
  }

  /** What each property contributes to the cosine of a unit vector and a track that has sound. */
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
