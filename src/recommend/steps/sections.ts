import { largestRemainder } from '../../math/apportion.ts';
import { balanced } from './balance.ts';
import type { Candidate } from './candidate.ts';

/**
 * The n songs that a sectioned answer keeps after the other steps have thinned it: each section gets its share of the places, and places that a
 * section cannot fill go to the best of the rest. The order of the candidates stays. Without sections, the first n.
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

/** Orders the candidates of a sectioned answer so that every prefix holds the sections in about their shares. */
export function sectionsInTurn(
  candidates: readonly Candidate[],
  shares: readonly number[],
  balance: number,
  n: number,
): Candidate[] {
  const sectionOf = new Map(candidates.map(({ track, section }) => [track, section]));
  return balanced(candidates, (track) => sectionOf.get(track) ?? -1, shares, balance, n);
}
