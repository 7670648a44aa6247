import type { Dataset } from '../dataset/dataset.ts';
import type { ModelQuery, Reason } from '../models/model.ts';

/** Songs of the track's playlists that are looked at as the way to a seed, those it shares most with first. */
const LOOKED_AT = 30;
/** Liked seeds that are looked at as the other end. */
const SEEDS = 50;
/** Owners of the track that are read. */
const MOST_OWNERS = 400;

/**
 * Why a song is there that has nothing in common with the seeds itself: "Shares 4 playlists with “Yellow”, which shares 31 with “Fix You”". The song in
 * between is the one whose lesser of the two counts is greatest; both counts are of owners that hold both songs.
 * @returns nothing where no song of its playlists stands next to a liked seed
 */
export function bridgeReason(dataset: Dataset, query: ModelQuery, track: number): Reason[] {
  const liked = new Set(query.seeds.filter((_, i) => query.weights[i]! > 0));
  const ends = [...liked].slice(0, SEEDS);
  const { byOwner, byTrack } = dataset;
  const near = together(dataset, ownersOf(track).subarray(0, MOST_OWNERS), track);
  const ways = [...near]
    .filter(([song]) => !liked.has(song) && !query.exclude.has(song))
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, LOOKED_AT);
  let best: { song: number; count: number; seed: number; further: number } | null = null;
  for (const [song, count] of ways) {
    const owners = new Set(ownersOf(song));
    for (const seed of ends) {
      let further = 0;
      for (const owner of ownersOf(seed)) if (owners.has(owner)) further++;
      const strength = Math.min(count, further);
      const before = best ? Math.min(best.count, best.further) : 0;
      if (strength > before || (best && strength === before && count + further > best.count + best.further))
        best = { song, count, seed, further };
    }
  }
  if (!best) return [];
  const { song, count, seed, further } = best;
  const noun = dataset.owners.kind[ownersOf(track)[0]!] === 1 ? 'listener' : 'playlist';
  const titled = (t: number): string => `“${dataset.tracks.names.get(t)}”`;
  return [
    {
      kind: 'playlists',
      share: 1,
      text: `Shares ${count} ${noun}${count === 1 ? '' : 's'} with ${titled(song)}, which shares ${further} with ${titled(seed)}`,
      tracks: [song, seed],
    },
  ];

  function ownersOf(of: number): Int32Array {
    return byTrack.idx.subarray(byTrack.ptr[of]!, byTrack.ptr[of + 1]!) as Int32Array;
  }

  function together({ tracks }: Dataset, owners: Int32Array, except: number): Map<number, number> {
    const counts = new Map<number, number>();
    for (const owner of owners)
      for (const song of new Set(byOwner.idx.subarray(byOwner.ptr[owner]!, byOwner.ptr[owner + 1]!)))
        if (song !== except && tracks.names.get(song).trim() !== '') counts.set(song, (counts.get(song) ?? 0) + 1);
    return counts;
  }
}
