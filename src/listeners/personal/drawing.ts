import { createHash } from 'node:crypto';
import { Rng } from '../../math/rng.ts';

/** The day of a moment in a time zone, as 2026-11-28. */
export function dayOf(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** The Monday that begins the week of a day, both as 2026-11-28. */
export function mondayOf(day: string): string {
  const at = new Date(day);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}

/** Randomness that is the same whenever the same parts are given: a listener's list of a day. */
export function rngOf(...parts: readonly string[]): Rng {
  return new Rng(createHash('sha256').update(parts.join('\0')).digest().readUInt32LE(0));
}

/**
 * Up to n items, each drawn with probability in proportion to its weight and none twice (Efraimidis & Spirakis 2006: the largest u^(1/w)); in the
 * order of their weights.
 */
export function weightedSample<T>(items: readonly T[], weightOf: (item: T) => number, n: number, rng: Rng): T[] {
  const keyed = items.map((item, at) => ({
    item,
    at,
    key: Math.log(rng.uniform() || 1e-12) / Math.max(1e-9, weightOf(item)),
  }));
  return keyed
    .sort((a, b) => b.key - a.key || a.at - b.at)
    .slice(0, n)
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
