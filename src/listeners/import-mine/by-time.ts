import { Pace } from '../pace.ts';

/** Bits of the time that one pass sorts by, and passes: together more than the milliseconds of the last time that can be stored. */
const BITS = 15;
const PASSES = 3;
const BUCKETS = 1 << BITS;
const LAST = 2 ** (BITS * PASSES) - 1;

/**
 * The places `0 … length − 1` by time, those of one moment in the order that they have. Exports begin with the newest play or go by file; what is stored in
 * the order of time is appended to the store's tables and indexes instead of being put in between. Other work may run meanwhile.
 * @param at milliseconds since 1970; what is no time to be stored comes first or last
 */
export async function byTime(length: number, at: (place: number) => number): Promise<Int32Array> {
  const pace = new Pace();
  let places = new Int32Array(length);
  const times = new Float64Array(length);
  let isInOrder = true;
  for (let i = 0; i < length; i++) {
    if ((i & 1023) === 0 && pace.due) await pace.rest();
    places[i] = i;
    times[i] = Math.min(LAST, Math.max(0, Math.floor(at(i))));
    isInOrder &&= i === 0 || times[i]! >= times[i - 1]!;
  }
  if (isInOrder) return places;
  let next = new Int32Array(length);
  for (let pass = 0; pass < PASSES; pass++) {
    const divisor = 2 ** (BITS * pass);
    const digit = (place: number): number => Math.floor(times[place]! / divisor) % BUCKETS;
    const starts = new Int32Array(BUCKETS + 1);
    for (let i = 0; i < length; i++) {
      if ((i & 1023) === 0 && pace.due) await pace.rest();
      starts[digit(i) + 1]!++;
    }
    for (let bucket = 1; bucket <= BUCKETS; bucket++) starts[bucket]! += starts[bucket - 1]!;
    for (let i = 0; i < length; i++) {
      if ((i & 1023) === 0 && pace.due) await pace.rest();
      const place = places[i]!;
      next[starts[digit(place)]!++] = place;
    }
    [places, next] = [next, places];
  }
  return places;
}
