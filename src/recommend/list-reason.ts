import type { Dataset } from '../dataset/dataset.ts';
import { modelQuery, type Reason } from '../models/model.ts';
import { counted, kindOf } from '../models/playlist-neighbours/reasons.ts';
import { seedHolders } from '../models/playlist-neighbours/seed-holders.ts';

/** Fewer common owners are not meaningful. */
const LEAST = 2;

/**
 * Explains a song that shares nothing with the query itself by a song of the list that does: "Often next to “Skinny Love” in this list — 12
 * playlists" names the one that shares the most owners with the track, at least two.
 * @param above songs of the list that have evidence of their own, best first
 */
export function listReason(dataset: Dataset, above: readonly number[]): (track: number) => Reason | null {
  const query = modelQuery({ seeds: above });
  return (track) => {
    const counts = seedHolders(dataset, query).sharedWith(track);
    let best = 0;
    for (let s = 1; s < counts.length; s++) if (counts[s]! > counts[best]!) best = s;
    const count = counts[best] ?? 0;
    if (count < LEAST) return null;
    const noun = kindOf(dataset, dataset.byTrack.idx[dataset.byTrack.ptr[track]!]!);
    const song = query.seeds[best]!;
    return {
      kind: 'playlists',
      share: 0,
      text: `Often next to “${dataset.tracks.names.get(song)}” in this list — ${counted(count, noun)}`,
      tracks: [song],
    };
  };
}
