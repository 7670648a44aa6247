import { TopK } from '../math/topk.ts';
import type { ModelQuery, ScoredTracks } from './model.ts';

/** The least float32 above 0. */
const LEAST_POSITIVE = 2 ** -149;

/**
 * The n best of a full score vector under the contract of `Fitted.recommend`: no seed, nothing excluded,
 * nothing with a score ≤ 0 (no evidence), ties by track number.
 */
export function rankScores(scores: Float32Array, query: ModelQuery, n: number): ScoredTracks {
  const barred = new Set<number>(query.exclude);
  for (const seed of query.seeds) barred.add(seed);
  const { allowed } = query;
  const top = new TopK(n);
  const { length } = scores;
  let least = LEAST_POSITIVE;
  let t = 0;
  while (t < length) {
    // Nearly all eights hold nothing that is good enough: one branch for them, which the processor guesses right, is three times as fast as eight.
    while (t + 8 <= length && !anyReaches(scores, t, least)) t += 8;
    const end = Math.min(t + 8, length);
    for (; t < end; t++) {
      const score = scores[t]!;
      if (!(score >= least) || (allowed !== null && allowed[t] === 0) || barred.has(t)) continue;
      top.push(t, score);
      const { threshold } = top;
      if (threshold > least) least = threshold;
    }
  }
  const { items, scores: best } = top.drain();
  return { tracks: items, scores: best };
}

/** As `rankScores`, from the scores of some tracks alone; the others have none. @param tracks in any order @param scores beside `tracks`, maybe longer */
export function rankSome(
  tracks: Int32Array,
  scores: Float32Array,
  { seeds, exclude, allowed }: ModelQuery,
  n: number,
): ScoredTracks {
  const barred = new Set<number>(exclude);
  for (const seed of seeds) barred.add(seed);
  const top = new TopK(n);
  let least = LEAST_POSITIVE;
  for (let i = 0; i < tracks.length; i++) {
    const score = scores[i]!;
    if (!(score >= least)) continue;
    const track = tracks[i]!;
    if ((allowed !== null && allowed[track] === 0) || barred.has(track)) continue;
    top.push(track, score);
    const { threshold } = top;
    if (threshold > least) least = threshold;
  }
  const { items, scores: best } = top.drain();
  return { tracks: items, scores: best };
}

/** Whether one of eight scores from a track on is at least so large. */
const anyReaches = (scores: Float32Array, from: number, least: number): boolean =>
  scores[from]! >= least ||
  scores[from + 1]! >= least ||
  scores[from + 2]! >= least ||
  scores[from + 3]! >= least ||
  scores[from + 4]! >= least ||
  scores[from + 5]! >= least ||
  scores[from + 6]! >= least ||
  scores[from + 7]! >= least;
