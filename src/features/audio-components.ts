import { AUDIO_FEATURES, type AudioFeature } from '../dataset/audio-features.ts';

/** A property of the sound that a person can weigh: the twelve audio features, and the duration. */
export type SoundFeature = AudioFeature | 'duration';

/**
 * The axes of the audio block before standardising. Features that are angles take two axes (cosine and sine), which share one scale so that every
 * feature has total variance 1.
 */
export const AUDIO_AXES: readonly SoundFeature[] = [
  'danceability',
  'energy',
  'key',
  'key',
  'loudness',
  'mode',
  'speechiness',
  'acousticness',
  'instrumentalness',
  'liveness',
  'valence',
  'tempo',
  'tempo',
  'timeSignature',
  'duration',
];

/** Floats per row of an audio table: the axes and one zero, so that rows stay aligned for SIMD. */
export const AUDIO_STRIDE = 16;

/** The axes that people hear as mood. */
export const MOOD_FEATURES: readonly SoundFeature[] = ['energy', 'valence', 'acousticness', 'danceability'];

export const SOUND_FEATURES: readonly SoundFeature[] = [...AUDIO_FEATURES.map((f) => f.id), 'duration'];

const FEATURES = AUDIO_FEATURES.length;
const at = (id: AudioFeature): number => AUDIO_FEATURES.findIndex((f) => f.id === id);
const DANCEABILITY = at('danceability');
const ENERGY = at('energy');
const KEY = at('key');
const LOUDNESS = at('loudness');
const MODE = at('mode');
const SPEECHINESS = at('speechiness');
const ACOUSTICNESS = at('acousticness');
const INSTRUMENTALNESS = at('instrumentalness');
const LIVENESS = at('liveness');
const VALENCE = at('valence');
const TEMPO = at('tempo');
const TIME_SIGNATURE = at('timeSignature');

/**
 * Position on the circle of fifths, 0–11, where neighbours are a fifth apart. A minor key gets the position of its relative major (three semitones
 * up), with which it shares all its notes; a key without a mode counts as major.
 */
export function circleOfFifths(key: number, mode: number): number {
  return (Math.round(mode === 0 ? key + 3 : key) * 7) % 12;
}

/**
 * Writes the raw axes of track `row` to out[offset …], NaN where missing.
 * Loudness is in decibels, thus already logarithmic; duration and the two features whose values crowd near zero (speechiness, liveness) are converted
 * to logarithms. Tempo is an angle in log2, so 70 and 140 BPM coincide, as estimators (and listeners) confuse the two.
 */
export function audioAxes(
  features: Float32Array,
  row: number,
  durationMs: number,
  out: Float32Array,
  offset = 0,
): void {
  const from = row * FEATURES;
  const mode = features[from + MODE]!;
  const fifths = (circleOfFifths(features[from + KEY]!, mode) * Math.PI) / 6;
  const octave = Math.log2(features[from + TEMPO]!) * 2 * Math.PI;
  out[offset] = features[from + DANCEABILITY]!;
  out[offset + 1] = features[from + ENERGY]!;
  out[offset + 2] = Math.cos(fifths);
  out[offset + 3] = Math.sin(fifths);
  out[offset + 4] = features[from + LOUDNESS]!;
  out[offset + 5] = mode;
  out[offset + 6] = Math.log(0.02 + features[from + SPEECHINESS]!);
  out[offset + 7] = features[from + ACOUSTICNESS]!;
  out[offset + 8] = features[from + INSTRUMENTALNESS]!;
  out[offset + 9] = Math.log(0.05 + features[from + LIVENESS]!);
  out[offset + 10] = features[from + VALENCE]!;
  out[offset + 11] = Math.cos(octave);
  out[offset + 12] = Math.sin(octave);
  out[offset + 13] = features[from + TIME_SIGNATURE]!;
  out[offset + 14] = durationMs > 0 ? Math.log(durationMs) : Number.NaN;
}

/** True when at least one of the twelve features is known; a duration alone says nothing about the sound. @param features rows × 12, or empty */
export function hasSound(features: Float32Array, row: number): boolean {
  const end = Math.min(features.length, (row + 1) * FEATURES);
  for (let f = row * FEATURES; f < end; f++) if (!Number.isNaN(features[f]!)) return true;
  return false;
}
