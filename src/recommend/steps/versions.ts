import type { Candidate } from './candidate.ts';

const NONE: ReadonlySet<string> = new Set();

/**
 * Keeps the first version of each song, and removes songs that are already known (seeds, bans).
 * @param keysOf keys of a track; tracks that share one are versions of one song
 * @param knownKeys keys of further known songs @param most number of songs after which to stop
 */
export function oneVersion(
  candidates: readonly Candidate[],
  keysOf: (track: number) => readonly string[],
  known: Iterable<number>,
  knownKeys: ReadonlySet<string> = NONE,
  most = Number.POSITIVE_INFINITY,
): Candidate[] {
  const taken = new Set<string>();
  for (const track of known) for (const key of keysOf(track)) taken.add(key);
  const kept: Candidate[] = [];
  for (const candidate of candidates) {
    if (kept.length >= most) break;
    const keys = keysOf(candidate.track);
    if (keys.some((key) => taken.has(key) || knownKeys.has(key))) continue;
    for (const key of keys) taken.add(key);
    kept.push(candidate);
  }
  return kept;
}
