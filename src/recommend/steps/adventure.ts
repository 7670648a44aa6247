import type { Candidate } from './candidate.ts';

/** The model's best so many: nothing beyond them gets into an adventurous list. */
export const ADVENTURE_POOL = 500;
/** Weight of being little known at full adventure, beside the model's own order. */
const NOVELTY = 0.85;

/**
 * "Surprise me": (1 − w) · place in the model's order + w · how little known among the pool, w = 0.85 · adventure, both as ranks from 0 to 1, so that
 * the dial means the same with every model. Only the first 500 take part, so the list stays within what the model finds relevant.
 * @param adventure 0–1; 0 changes nothing @param known how well known each track is; ties keep the order they came in
 */
export function adventurous(candidates: readonly Candidate[], adventure: number, known: Float32Array): Candidate[] {
  if (adventure === 0) return [...candidates];
  const pool = candidates.slice(0, ADVENTURE_POOL);
  const last = Math.max(1, pool.length - 1);
  const byFame = [...pool.keys()].sort((a, b) => known[pool[a]!.track]! - known[pool[b]!.track]! || a - b);
  const novelty = new Float64Array(pool.length);
  // Equally known tracks are equally new.
  byFame.forEach((at, place) => {
    const before = place > 0 ? byFame[place - 1]! : -1;
    const same = before >= 0 && known[pool[before]!.track] === known[pool[at]!.track];
    novelty[at] = same ? novelty[before]! : 1 - place / last;
  });
  const w = NOVELTY * adventure;
  return pool
    .map((c, at) => ({ ...c, relevance: (1 - w) * (1 - at / last) + w * novelty[at]! }))
    .sort((a, b) => b.relevance - a.relevance);
}
