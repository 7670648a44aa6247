import { AUDIO_FEATURES } from './audio-features.ts';

/** Counts of what cleaning changed, by rule. */
export type Counts = Record<string, number>;

export function count(counts: Counts, rule: string, by = 1): void {
  if (by > 0) counts[rule] = (counts[rule] ?? 0) + by;
}

export function addCounts(into: Counts, more: Readonly<Counts>): void {
  for (const [rule, by] of Object.entries(more)) count(into, rule, by);
}

/** Features that are one of a few whole numbers. */
const WHOLE = new Set(['key', 'mode', 'timeSignature']);

/** Values by which tables say "unknown": Spotify's analysis writes key −1, tempo 0, time signature 0 or 1 when it found none. */
const UNKNOWN: Readonly<Record<string, readonly number[]>> = { key: [-1], tempo: [0], timeSignature: [0, 1] };

/** The value of audio feature f, or NaN (counted by cause) when it is unknown or cannot be. */
export function cleanFeature(f: number, value: number, counts: Counts): number {
  const { id, min, max } = AUDIO_FEATURES[f]!;
  if (Number.isNaN(value) || UNKNOWN[id]?.includes(value)) {
    count(counts, `${id} missing`);
    return Number.NaN;
  }
  if (value >= min && value <= max && !(WHOLE.has(id) && !Number.isInteger(value))) return value;
  count(counts, `${id} out of range, kept as missing`);
  return Number.NaN;
}

/** A whole number in [min, max], or −1 (counted by cause); undefined becomes −1 without a count, since no value was given. */
function cleanWhole(value: number | undefined, what: string, min: number, max: number, counts: Counts): number {
  if (value === undefined) return -1;
  if (Number.isNaN(value)) count(counts, `${what} missing`);
  else if (value >= min && value <= max) return Math.round(value);
  else count(counts, `${what} out of range, kept as missing`);
  return -1;
}

const zeroIsMissing = (value: number | undefined): number | undefined => (value === 0 ? Number.NaN : value);

export const cleanYear = (value: number | undefined, counts: Counts): number =>
  cleanWhole(zeroIsMissing(value), 'year', 1000, 2100, counts);
export const cleanPopularity = (value: number | undefined, counts: Counts): number =>
  cleanWhole(value, 'popularity', 0, 100, counts);
export const cleanDuration = (value: number | undefined, counts: Counts): number =>
  cleanWhole(zeroIsMissing(value), 'duration', 1, 2 ** 31 - 1, counts);
export const cleanFollowers = (value: number | undefined, counts: Counts): number =>
  cleanWhole(value, 'followers', 0, 2 ** 31 - 1, counts);
