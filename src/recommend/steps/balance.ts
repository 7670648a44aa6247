import type { Candidate } from './candidate.ts';

/** Share of the target distribution mixed into every list, so that the divergence stays finite (Steck's α). */
const SMOOTHING = 0.01;

/**
 * Calibrated selection (Steck 2018): greedily picks the candidate with the largest (1 − λ) · relevance − λ · KL(p ‖ q̃) of the list so far, where p
 * is the distribution of the seeds over styles, q that of the list (tracks without a style count for none), and q̃ = (1 − α) q + α p. Every prefix of
 * the list is balanced.
 * @param styleOf style of a track, −1 for none @param shares p, sums to 1 @param balance 0–1; 0 keeps the order. λ = 1 − (1 − balance)³, since
 * relevance and divergence balance where λ is near 0.9 @returns at most n candidates
 */
export function balanced(
  candidates: readonly Candidate[],
  styleOf: (track: number) => number,
  shares: readonly number[],
  balance: number,
  n: number,
): Candidate[] {
  const lambda = 1 - (1 - balance) ** 3;
  if (lambda === 0 || shares.length < 2) return [...candidates];
  // The order within a style is kept, so only the first remaining candidate of each is considered.
  const queues = Array.from({ length: shares.length + 1 }, (): Candidate[] => []);
  for (const candidate of candidates) {
    const style = styleOf(candidate.track);
    queues[style < 0 ? shares.length : style]!.push(candidate);
  }
  const next = new Int32Array(queues.length);
  const counts = new Float64Array(shares.length);
  const chosen: Candidate[] = [];
  while (chosen.length < Math.min(n, candidates.length)) {
    let best = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let s = 0; s < queues.length; s++) {
      const candidate = queues[s]![next[s]!];
      if (!candidate) continue;
      if (s < shares.length) counts[s]!++;
      const value = (1 - lambda) * candidate.relevance - lambda * divergence(shares, counts, chosen.length + 1);
      if (s < shares.length) counts[s]!--;
      if (value > most) {
        most = value;
        best = s;
      }
    }
    chosen.push(queues[best]![next[best]!++]!);
    if (best < shares.length) counts[best]!++;
  }
  return chosen;
}

function divergence(shares: readonly number[], counts: Float64Array, length: number): number {
  let sum = 0;
  for (let s = 0; s < shares.length; s++) {
    const p = shares[s]!;
    if (p > 0) sum += p * Math.log(p / ((1 - SMOOTHING) * (counts[s]! / length) + SMOOTHING * p));
  }
  return sum;
}
