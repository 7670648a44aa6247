import { load } from '../kernels/kernels.ts';
import { addressOf, Region } from '../kernels/memory.ts';

/** Range of tempi, and the centre and width (in octaves) of what people perceive as the beat (van Noorden & Moelants 1999). */
const SLOWEST = 40;
const FASTEST = 220;
const PREFERRED = 120;
const SPREAD = 1;
/** How strongly beats between the beats, at halves or thirds, favour a faster tempo. */
const BETWEEN = 0.35;
/** Number of beats over which the period is finally measured, which divides a lag's error by this number. */
const LONG = 16;

export interface Tempo {
  /** 40–220 */
  readonly bpm: number;
  /** 0–1: how regular the onsets are at that period. */
  readonly pulse: number;
}

/** Autocorrelation of onset strength, lag by lag; 1 at lag 0, all 0 for constant input. */
export function correlogram(onsets: Float32Array, lags: number): Float32Array {
  const region = new Region();
  try {
    let mean = 0;
    for (const value of onsets) mean += value / onsets.length;
    const centred = region.float32(onsets.length);
    for (let i = 0; i < onsets.length; i++) centred[i] = onsets[i]! - mean;
    const out = region.float32(lags);
    load().kernels.autocorrelation!(addressOf(centred), onsets.length, lags, addressOf(out));
    const whole = out[0]!;
    return Float32Array.from(out, (value) => (whole > 1e-12 ? value / whole : 0));
  } finally {
    region.free();
  }
}

/** Linear interpolation between two lags. */
function at(values: Float32Array, lag: number): number {
  const i = Math.floor(lag);
  if (i + 1 >= values.length) return 0;
  return values[i]! + (lag - i) * (values[i + 1]! - values[i]!);
}

/** The largest value within half a lag. */
const near = (values: Float32Array, lag: number): number =>
  Math.max(at(values, lag - 0.5), at(values, lag), at(values, lag + 0.5));

/**
 * Estimates the tempo from onset strength. Every multiple of a period is a period as well, so among the periods that explain the onsets this picks
 * one near the tempo that people tap, with no beats in between: a click track at 180 is not 90 with a beat between. null when there are less than six
 * seconds, or nothing recurs.
 * @param rate onset values per second
 */
export function tempoOf(onsets: Float32Array, rate: number): Tempo | null {
  if (onsets.length < 6 * rate) return null;
  const longest = Math.min(onsets.length - 1, Math.ceil((LONG * 60 * rate) / SLOWEST) + 2);
  const values = correlogram(onsets, longest);
  let best = { score: 0, bpm: 0 };
  // Steps of half a percent; the peaks are wider.
  for (let bpm = SLOWEST; bpm <= FASTEST; bpm *= 1.005) {
    const lag = (60 * rate) / bpm;
    const periodic = (near(values, lag) + near(values, 2 * lag) + near(values, 3 * lag) + near(values, 4 * lag)) / 4;
    const halves = Math.min(near(values, lag / 2), near(values, 1.5 * lag));
    const thirds = Math.min(near(values, lag / 3), near(values, (2 * lag) / 3));
    const between = Math.max(0, halves, thirds);
    const octaves = Math.log2(bpm / PREFERRED) / SPREAD;
    const score = (periodic - BETWEEN * between) * Math.exp(-0.5 * octaves * octaves);
    if (score > best.score) best = { score, bpm };
  }
  if (best.score === 0) return null;
  let lag = (60 * rate) / best.bpm;
  // Follow the same peak over two, four, … beats: each step doubles the precision.
  for (let beats = 1; beats <= LONG && (beats + 0.5) * lag < values.length - 2; beats *= 2) {
    const exact = peakNear(values, beats * lag, beats === 1 ? 0.04 * lag + 1 : 2);
    if (exact === null) break;
    lag = exact / beats;
  }
  return { bpm: (60 * rate) / lag, pulse: Math.max(0, Math.min(1, near(values, lag))) };
}

/** The vertex of the highest local maximum within `reach` of a lag; null when there is none. */
function peakNear(values: Float32Array, lag: number, reach: number): number | null {
  let best = -1;
  for (let i = Math.max(1, Math.ceil(lag - reach)); i <= Math.min(values.length - 2, lag + reach); i++)
    if (values[i]! >= values[i - 1]! && values[i]! > values[i + 1]! && (best < 0 || values[i]! > values[best]!))
      best = i;
  if (best < 0) return null;
  const [a, b, c] = [values[best - 1]!, values[best]!, values[best + 1]!];
  return best + (0.5 * (a - c)) / (a - 2 * b + c);
}
