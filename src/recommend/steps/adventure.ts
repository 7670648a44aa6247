import type { Candidate } from './candidate.ts';

/**
 * "Surprise me": relevance × (1 − adventure × popularity score), then by relevance again. 0 changes nothing; at 1 the best known track of all
 * counts nothing. Ties keep the order they came in.
 * @param adventure 0–1
 */
export function adventurous(candidates: readonly Candidate[], adventure: number, known: Float32Array): Candidate[] {
  if (adventure === 0) return [...candidates];
  return candidates
    .map((c) => ({ ...c, relevance: c.relevance * (1 - adventure * known[c.track]!) }))
    .sort((a, b) => b.relevance - a.relevance);
}
