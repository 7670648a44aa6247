import type { TrackTable } from '../dataset/dataset.ts';
import { AUDIO_AXES, AUDIO_STRIDE, audioAxes, hasSound } from './audio-components.ts';

/** Mean and scale of every audio axis; scale 0 = the axis is constant or always unknown, and is left out. */
export interface AudioStatistics {
  readonly mean: Float64Array;
  /** Multiply (value − mean) by this to standardise. */
  readonly scale: Float64Array;
  /** Number of tracks in which each axis is known. */
  readonly known: Int32Array;
}

/** Deviations are clamped to this many standard deviations: a single outlier must not decide a cosine. */
const FARTHEST = 4;
const AXES = AUDIO_AXES.length;

/**
 * Statistics over the tracks that have sound features, each axis over the tracks in which it is known. The axes of one feature (cosine and sine)
 * share the scale 1/√(σ²cos + σ²sin).
 */
export function audioStatistics(tracks: TrackTable): AudioStatistics {
  const mean = new Float64Array(AXES);
  const squares = new Float64Array(AXES);
  const known = new Int32Array(AXES);
  const row = new Float32Array(AUDIO_STRIDE);
  for (let t = 0; t < tracks.count; t++) {
    if (!hasSound(tracks.features, t)) continue;
    audioAxes(tracks.features, t, tracks.durationMs[t]!, row);
    for (let a = 0; a < AXES; a++) {
      const value = row[a]!;
      if (Number.isNaN(value)) continue;
      // Welford's update: exact for constants, stable for loudness and durations far from zero.
      const delta = value - mean[a]!;
      mean[a]! += delta / ++known[a]!;
      squares[a]! += delta * (value - mean[a]!);
    }
  }
  const scale = new Float64Array(AXES);
  for (let a = 0; a < AXES; a++) {
    let variance = 0;
    for (let b = 0; b < AXES; b++)
      if (AUDIO_AXES[b] === AUDIO_AXES[a] && known[b]! > 0) variance += squares[b]! / known[b]!;
    // float32 noise around a constant is no variance
    if (variance > 1e-12 * (1 + mean[a]! * mean[a]!)) scale[a] = 1 / Math.sqrt(variance);
  }
  return { mean, scale, known };
}

/** 1 for each track that has any sound feature. */
export function tracksWithSound({ features, count }: TrackTable): Uint8Array {
  const sounds = new Uint8Array(count);
  for (let t = 0; t < count; t++) if (hasSound(features, t)) sounds[t] = 1;
  return sounds;
}

/**
 * Writes the standardised audio rows [from, to) to out (row-major, AUDIO_STRIDE floats each, row `from` first). Missing values become 0, the
 * catalogue's mean; the row of a track without any sound feature is all 0.
 */
export function standardiseAudio(
  tracks: TrackTable,
  { mean, scale }: AudioStatistics,
  out: Float32Array,
  from = 0,
  to: number = tracks.count,
): void {
  for (let t = from; t < to; t++) {
    const offset = (t - from) * AUDIO_STRIDE;
    if (!hasSound(tracks.features, t)) {
      out.fill(0, offset, offset + AUDIO_STRIDE);
      continue;
    }
    audioAxes(tracks.features, t, tracks.durationMs[t]!, out, offset);
    for (let a = 0; a < AXES; a++) {
      const z = (out[offset + a]! - mean[a]!) * scale[a]!;
      out[offset + a] = Number.isNaN(z) ? 0 : Math.max(-FARTHEST, Math.min(FARTHEST, z));
    }
    out[offset + AXES] = 0;
  }
}
