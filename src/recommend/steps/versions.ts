import type { Candidate } from './candidate.ts';

/**
 * One version of a song: the first of each song stays, and none of the songs that are already known (seeds, bans).
 * @param song the song number of each track (`dataset.tracks.song`)
 */
export function oneVersion(candidates: readonly Candidate[], song: Int32Array, known: Iterable<number>): Candidate[] {
  const taken = new Set<number>();
  for (const track of known) taken.add(song[track]!);
  return candidates.filter(({ track }) => {
    const id = song[track]!;
    if (taken.has(id)) return false;
    taken.add(id);
    return true;
  });
}
