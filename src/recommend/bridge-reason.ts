import type { Dataset } from '../dataset/dataset.ts';
import { TopK } from '../math/topk.ts';
import type { ModelQuery, Reason } from '../models/model.ts';
import { counted, kindOf } from '../models/playlist-neighbours/reasons.ts';
import { seedHolders } from '../models/playlist-neighbours/seed-holders.ts';

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

/** By dataset, a count for each track: all 0 between two calls. */
const scratch = new WeakMap<Dataset, Int32Array>();

/** The named songs that most owners of a track hold too, with their numbers. */
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
    // A name is read only where it matters: most songs are too far.
    if (count >= top.threshold && !barred.has(song) && tracks.names.get(song).trim() !== '') top.push(song, count);
  }
  return top.drain();
}
