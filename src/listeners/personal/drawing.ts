import { createHash } from 'node:crypto';
import { Rng } from '../../math/rng.ts';

/** The day of a time in a time zone, e.g. 2026-11-28. */
export function dayOf(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** The Monday of a day's week, both in the form 2026-11-28. */
export function mondayOf(day: string): string {
  const at = new Date(day);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}

/** A random generator seeded by its parts, e.g. listener and day: the same parts give the same numbers. */
export function rngOf(...parts: readonly string[]): Rng {
  return new Rng(createHash('sha256').update(parts.join('\0')).digest().readUInt32LE(0));
}

/**
 * Draws up to n items without replacement, with probabilities proportional to their weights (Efraimidis & Spirakis 2006: the largest u^(1/w)); in
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
