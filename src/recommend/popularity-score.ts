import type { Dataset } from '../dataset/dataset.ts';

/** Popularity of each track, 0–1: log(1 + number of owners) divided by the largest, or the listed popularity where there are no playlists. */
export function popularityScore(dataset: Dataset): Float32Array {
  const { count, popularity } = dataset.tracks;
  const { ptr } = dataset.byTrack;
  const out = new Float32Array(count);
  const held = dataset.byOwner.idx.length > 0;
  let most = 0;
  for (let t = 0; t < count; t++) {
    out[t] = held ? Math.log1p(ptr[t + 1]! - ptr[t]!) : Math.max(0, popularity[t]!);
    most = Math.max(most, out[t]!);
  }
  if (most > 0) for (let t = 0; t < count; t++) out[t]! /= most;
  return out;
}
