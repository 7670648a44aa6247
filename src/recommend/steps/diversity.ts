import type { Candidate } from './candidate.ts';
import type { Similarity } from './similarity.ts';

/**
 * Maximal marginal relevance (Carbonell & Goldstein, SIGIR 1998): picks, one after another, the candidate with the largest
 *   (1 − λ) · relevance − λ · max similarity to those chosen already.
 * λ = 0 keeps the order. Ties go to the earlier candidate. O(n × candidates) similarities.
 * @param lambda 0–1
 */
export function diversified(
  candidates: readonly Candidate[],
  n: number,
  lambda: number,
  similarity: Similarity,
): Candidate[] {
  if (lambda === 0) return candidates.slice(0, n);
  const left = [...candidates];
  const nearest = new Float64Array(left.length);
  const alive = left.map((_, i) => i);
  const chosen: Candidate[] = [];
  while (chosen.length < n && alive.length > 0) {
    let best = 0;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (let a = 0; a < alive.length; a++) {
      const i = alive[a]!;
      const value = (1 - lambda) * left[i]!.relevance - lambda * nearest[i]!;
      if (value > bestValue) {
        bestValue = value;
        best = a;
      }
    }
    const picked = left[alive[best]!]!;
    alive.splice(best, 1);
    chosen.push(picked);
    for (const i of alive) nearest[i] = Math.max(nearest[i]!, similarity(picked.track, left[i]!.track));
  }
  return chosen;
}
