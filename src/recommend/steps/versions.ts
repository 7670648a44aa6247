import type { Candidate } from './candidate.ts';

const NONE: ReadonlySet<string> = new Set();

/**
 * One version of a song: the first of each song stays, and none of the songs that are already known (seeds, bans).
 * @param keysOf keys of a track; tracks that share one are versions of one song
 * @param knownKeys keys of further known songs
 */
export function oneVersion(
  candidates: readonly Candidate[],
  keysOf: (track: number) => readonly string[],
  known: Iterable<number>,
  knownKeys: ReadonlySet<string> = NONE,
): Candidate[] {
  const taken = new Set<string>();
  for (const track of known) for (const key of keysOf(track)) taken.add(key);
  return candidates.filter(({ track }) => {
    const keys = keysOf(track);
    if (keys.some((key) => taken.has(key) || knownKeys.has(key))) return false;
    for (const key of keys) taken.add(key);
    return true;
  });
}
