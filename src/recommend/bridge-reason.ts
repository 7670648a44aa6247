import type { Dataset } from '../dataset/dataset.ts';
import { TopK } from '../math/topk.ts';
import type { ModelQuery, Reason } from '../models/model.ts';
import { counted, kindOf } from '../models/playlist-neighbours/reasons.ts';
import { seedHolders } from '../models/playlist-neighbours/seed-holders.ts';

/** Songs of the track's playlists considered as the link to a seed, most shared playlists first. */
const LOOKED_AT = 30;
/** Liked seeds considered as the other end. */
const SEEDS = 50;
/** Most owners of the track to read. */
const MOST_OWNERS = 400;

/**
 * Explains a song that has nothing in common with the seeds itself, through a song in between: "Shares 4 playlists with “Yellow”, which shares 31
 * with “Fix You”". Both numbers count owners that hold both songs. Picks the song in between with the largest minimum of the two.
 * @returns nothing when no song of its playlists is next to a liked seed
 */
export function bridgeReason(dataset: Dataset, query: ModelQuery, track: number): Reason[] {
  const holders = seedHolders(dataset, query);
  const ends = holders.seeds.subarray(0, SEEDS);
  if (ends.length === 0) return [];
  const barred = new Set([...holders.seeds, ...query.exclude, track]);
  const ways = nearest(dataset, track, barred);
  let best: { song: number; count: number; seed: number; further: number } | null = null;
  for (let w = 0; w < ways.items.length; w++) {
    const [song, count] = [ways.items[w]!, ways.scores[w]!];
    const shared = holders.sharedWith(song);
    for (let s = 0; s < ends.length; s++) {
      const further = shared[s]!;
      const strength = Math.min(count, further);
      const before = best ? Math.min(best.count, best.further) : 0;
      if (strength > before || (best && strength === before && count + further > best.count + best.further))
        best = { song, count, seed: ends[s]!, further };
    }
  }
  if (!best) return [];
  const { song, count, seed, further } = best;
  const noun = kindOf(dataset, ownersOf(dataset, track)[0]!);
  const titled = (t: number): string => `“${dataset.tracks.names.get(t)}”`;
  return [
    {
      kind: 'playlists',
      share: 1,
      text: `Shares ${counted(count, noun)} with ${titled(song)}, which shares ${further} with ${titled(seed)}`,
      tracks: [song, seed],
    },
  ];
}

const ownersOf = ({ byTrack }: Dataset, track: number): Int32Array =>
  byTrack.idx.subarray(byTrack.ptr[track]!, byTrack.ptr[track + 1]!) as Int32Array;

/** For each dataset, a count per track; all 0 between calls. */
const scratch = new WeakMap<Dataset, Int32Array>();

/** The named songs that most owners of a track also hold, with the number of owners. */
function nearest(dataset: Dataset, track: number, barred: ReadonlySet<number>): ReturnType<TopK['drain']> {
  const { tracks, byOwner } = dataset;
  let counts = scratch.get(dataset);
  if (!counts) scratch.set(dataset, (counts = new Int32Array(tracks.count)));
  const met: number[] = [];
  for (const owner of ownersOf(dataset, track).subarray(0, MOST_OWNERS))
    for (let e = byOwner.ptr[owner]!, end = byOwner.ptr[owner + 1]!; e < end; e++) {
      const song = byOwner.idx[e]!;
      if (counts[song]!++ === 0) met.push(song);
    }
  const top = new TopK(LOOKED_AT);
  for (const song of met) {
    const count = counts[song]!;
    counts[song] = 0;
    // Names are read only where needed: most songs share too few owners.
    if (count >= top.threshold && !barred.has(song) && tracks.names.get(song).trim() !== '') top.push(song, count);
  }
  return top.drain();
}
