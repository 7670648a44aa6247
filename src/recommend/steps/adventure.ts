import type { Candidate } from './candidate.ts';

const NONE: ReadonlySet<number> = new Set();
/** Size of the pool: the model's best songs, one version of each. An adventurous list uses no others. */
export const ADVENTURE_POOL = 500;
/** Weights of novelty, relative to the model's own order, at full adventure: the first that is sufficient is used. */
const NOVELTY = [0.85, 0.9, 0.95, 1, 1.3, 1.6];
/** Target at full adventure: the list's median song is this many times less popular. */
const FALL = 4;
/** Target at full adventure: the share of the list that is new. */
const CHANGED = 0.6;

/**
 * "Surprise me": ranks by (1 − w) · rank in the model's order + w · rank by popularity within the pool, least popular first, both scaled to 0–1, so
 * that the dial means the same for every model.
 * @param weight w, 0–1; 0 changes nothing @param known popularity of each track; ties keep their order
 */
export function adventurous(pool: readonly Candidate[], weight: number, known: Float32Array): Candidate[] {
  if (weight === 0) return [...pool];
  const last = Math.max(1, pool.length - 1);
  const byFame = [...pool.keys()].sort((a, b) => known[pool[a]!.track]! - known[pool[b]!.track]! || a - b);
  const novelty = new Float64Array(pool.length);
  // Equally popular tracks are equally new.
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
 * The list at the smallest weight (0.85 to 1.6 times the dial, at most 1) that reaches both targets: its median song is 4^adventure times less
 * popular than the plain list's, and 0.6 · adventure of its songs are not in the plain list. When the pool has too few less popular songs, the
 * largest weight is used. If even this replaces too few songs, as when all are equally unpopular, the most popular songs that both lists share make
 * room for others that are as little known.
 * @param adventure 0–1, not 0 @param listAt the finished list when the adventure step has this weight, without the tracks given
 * @param owners number of owners of each track, or another measure proportional to its popularity
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
  // A shorter or more popular list is not worth the change.
  const worse = changed.length < list.length || median(changed, owners) > Math.max(most, median(list, owners));
  return worse ? list : changed;
}

function median(list: readonly Candidate[], of: (track: number) => number): number {
  const sorted = list.map(({ track }) => of(track)).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
