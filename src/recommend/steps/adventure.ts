import type { Candidate } from './candidate.ts';

const NONE: ReadonlySet<number> = new Set();
/** Size of the pool: the model's best songs, one version of each. An adventurous list takes nothing beyond it. */
export const ADVENTURE_POOL = 500;
/** Weights of being little known at full adventure, beside the model's own order: the first that is enough is taken. */
const NOVELTY = [0.85, 0.9, 0.95, 1, 1.3, 1.6];
/** How many times less known the median song of the list is meant to be at full adventure. */
const FALL = 4;
/** Part of the list that is meant to be new at full adventure. */
const CHANGED = 0.6;

/**
 * "Surprise me": (1 − w) · place in the model's order + w · how little known among the pool, both as ranks from 0 to 1, so that the dial means the
 * same with every model.
 * @param weight w, 0–1; 0 changes nothing @param known how well known each track is; ties keep the order they came in
 */
export function adventurous(pool: readonly Candidate[], weight: number, known: Float32Array): Candidate[] {
  if (weight === 0) return [...pool];
  const last = Math.max(1, pool.length - 1);
  const byFame = [...pool.keys()].sort((a, b) => known[pool[a]!.track]! - known[pool[b]!.track]! || a - b);
  const novelty = new Float64Array(pool.length);
  // Equally known tracks are equally new.
  byFame.forEach((at, place) => {
    const before = place > 0 ? byFame[place - 1]! : -1;
    const same = before >= 0 && known[pool[before]!.track] === known[pool[at]!.track];
    novelty[at] = same ? novelty[before]! : 1 - place / last;
  });
  return pool
    .map((c, at) => ({ ...c, relevance: (1 - weight) * (1 - at / last) + weight * novelty[at]! }))
    .sort((a, b) => b.relevance - a.relevance);
}

/**
 * The list at the least weight, 0.85 to 1.6 times the dial and at most 1, whose median song is 4^adventure times less known than that of the plain
 * list and of which 0.6 · adventure are not in the plain list; at the greatest weight where the pool holds too little that is less known. Where even
 * that changes too few songs, as among songs that are all as little known, the best known that both lists share make room for others as little known.
 * @param adventure 0–1, not 0 @param listAt the finished list when the adventure step has this weight, without the tracks given
 * @param owners how many owners each track has, or another measure in proportion to how well known it is
 */
export function adventurousEnough(
  adventure: number,
  plain: readonly Candidate[],
  listAt: (weight: number, without: ReadonlySet<number>) => Candidate[],
  owners: (track: number) => number,
): Candidate[] {
  const most = median(plain, owners) / FALL ** adventure;
  const before = new Set(plain.map(({ track }) => track));
  const shared = (list: readonly Candidate[]): Candidate[] => list.filter(({ track }) => before.has(track));
  const mayStay = Math.floor((1 - CHANGED * adventure) * plain.length);
  const weights = [...new Set(NOVELTY.map((times) => Math.min(1, times * adventure)))];
  let list: Candidate[] = [];
  for (const weight of weights) {
    list = listAt(weight, NONE);
    if (median(list, owners) <= most && shared(list).length <= mayStay) return list;
  }
  const kept = shared(list).sort((a, b) => owners(a.track) - owners(b.track));
  if (kept.length <= mayStay) return list;
  for (const { track } of kept.slice(0, mayStay)) before.delete(track);
  const changed = listAt(weights.at(-1)!, before);
  // Change is not worth a shorter list, nor a better known one.
  const worse = changed.length < list.length || median(changed, owners) > Math.max(most, median(list, owners));
  return worse ? list : changed;
}

function median(list: readonly Candidate[], of: (track: number) => number): number {
  const sorted = list.map(({ track }) => of(track)).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
