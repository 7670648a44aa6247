import { TopK } from '../math/topk.ts';
import type { ModelQuery, ScoredTracks } from './model.ts';

/**
 * The n best of a full score vector under the contract of `Fitted.recommend`: no seed, nothing excluded,
 * nothing with a score ≤ 0 (no evidence), ties by track number.
 */
export function rankScores(scores: Float32Array, query: ModelQuery, n: number): ScoredTracks {
  const barred = new Set<number>(query.exclude);
  for (const seed of query.seeds) barred.add(seed);
  const { allowed } = query;
  const top = new TopK(n);
  let threshold = 0;
  // One comparison for nearly all: a track that only equals the least one kept comes behind it, its number is higher.
  for (let t = 0, count = scores.length; t < count; t++) {
    const score = scores[t]!;
    if (score <= threshold || (allowed !== null && allowed[t] === 0) || barred.has(t)) continue;
    top.push(t, score);
    threshold = Math.max(0, top.threshold);
  }
  const { items, scores: best } = top.drain();
  return { tracks: items, scores: best };
}
