import type { Dataset } from '../dataset/dataset.ts';

/** Popularity of each track, 0–1: log(1 + number of owners) divided by the largest, or the listed popularity where there are no playlists. */
export function popularityScore(dataset: Dataset): Float32Array {
  const { count, popularity } = dataset.tracks;
  const { ptr } = dataset.byTrack;
  const out = new Float32Array(count);
  if (dataset.byOwner.idx.length === 0) {
    let most = 0;
    for (let t = 0; t < count; t++) most = Math.max(most, (out[t] = Math.max(0, popularity[t]!)));
    if (most > 0) for (let t = 0; t < count; t++) out[t]! /= most;
    return out;
  }
  let most = 0;
  for (let t = 0; t < count; t++) most = Math.max(most, ptr[t + 1]! - ptr[t]!);
  // Tracks have far fewer different numbers of owners than there are tracks.
  const logs = Float32Array.from({ length: most + 1 }, (_, owners) => Math.log1p(owners));
  for (let t = 0; t < count; t++) out[t] = logs[ptr[t + 1]! - ptr[t]!]! / logs[most]!;
  return out;
}
