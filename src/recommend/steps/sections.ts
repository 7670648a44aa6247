import { SegueError } from '../../errors.ts';
import type { Candidate } from './candidate.ts';

/**
 * Divides n places in proportion to shares by the largest remainder (Hamilton): whole parts first, the places left to the largest
 * fractions, ties to the first. The result sums to n. @param shares ≥ 0, not all 0
 */
export function largestRemainder(shares: readonly number[], n: number): number[] {
  const total = shares.reduce((sum, s) => sum + s, 0);
  if (!(total > 0)) throw new SegueError('INTERNAL', { got: 'shares that sum to nothing were to be divided' });
  const exact = shares.map((s) => (n * s) / total);
  const places = exact.map(Math.floor);
  let left = n - places.reduce((sum, p) => sum + p, 0);
  const order = exact.map((x, i) => ({ i, rest: x - Math.floor(x) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order) {
    if (left-- <= 0) break;
    places[i]!++;
  }
  return places;
}

/**
 * The n that a sectioned answer keeps after the other steps have thinned it: each section its share of the places, what a section
 * cannot fill goes to the best of the rest. The order of the candidates stays. Without sections, the first n.
 */
export function fillSections(
  candidates: readonly Candidate[],
  shares: readonly number[] | null,
  n: number,
): Candidate[] {
  if (!shares || candidates.length <= n) return candidates.slice(0, n);
  const places = largestRemainder(shares, n);
  const chosen = new Set<Candidate>();
  for (const candidate of candidates) {
    if ((places[candidate.section] ?? 0) <= 0) continue;
    places[candidate.section]!--;
    chosen.add(candidate);
  }
  for (const candidate of candidates) {
    if (chosen.size >= n) break;
    chosen.add(candidate);
  }
  return candidates.filter((c) => chosen.has(c));
}
