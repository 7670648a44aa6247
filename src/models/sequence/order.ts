import type { Dataset } from '../../dataset/dataset.ts';

/** An owner's tracks in the order in which they were added or played: by time where every entry has one, else by position. */
export function sequenceOf(dataset: Dataset, owner: number): Int32Array {
  const { byOwner, times } = dataset;
  const from = byOwner.ptr[owner]!;
  const to = byOwner.ptr[owner + 1]!;
  const entries = Int32Array.from({ length: to - from }, (_, i) => from + i);
  if (times && entries.every((e) => !Number.isNaN(times[e]!))) entries.sort((a, b) => times[a]! - times[b]! || a - b);
  return entries.map((e) => byOwner.idx[e]!);
}
