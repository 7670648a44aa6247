import { Pace } from '../pace.ts';

/** Bits per pass of the radix sort, and number of passes: together enough for the latest time that can be stored, in milliseconds. */
const BITS = 15;
const PASSES = 3;
const BUCKETS = 1 << BITS;
const LAST = 2 ** (BITS * PASSES) - 1;

/**
 * The indexes `0 … length − 1` in chronological order; equal times keep their order (a stable radix sort). Exports start with the newest play or are
 * ordered by file; in chronological order, plays are appended to the store's tables and indexes instead of inserted in between. Rests between passes.
 * @param at milliseconds since 1970; invalid times come first or last
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
