import type { Dataset } from '../../dataset/dataset.ts';

/** An owner's tracks in the order in which they were added or played. */
export function sequenceOf(dataset: Dataset, owner: number): Int32Array {
  return dataset.entriesInOrder(owner).map((e) => dataset.byOwner.idx[e]!);
}
