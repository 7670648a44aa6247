import type { BlendPart } from '../../blends.ts';

/** Number of songs of each list that count. */
export const FUSED_DEPTH = 200;
/** The constant that Cormack et al. add to ranks. */
const FLATTEN = 60;

/**
 * Merges lists by reciprocal rank fusion (Cormack, Clarke & Büttcher 2009): a track's score is Σ weight / (60 + rank), ranks from 1. Ties
 * go to the smaller track number.
 * @param lists by name of the part; a part without a list adds nothing
 */
export function fuse(
  parts: readonly BlendPart[],
  lists: ReadonlyMap<string, ArrayLike<number>>,
  n: number,
): { tracks: number[]; scores: number[] } {
  const sums = new Map<number, number>();
  for (const { name, weight } of parts) {
    const list = lists.get(name);
    if (!list) continue;
    for (let rank = 0; rank < Math.min(FUSED_DEPTH, list.length); rank++)
      sums.set(list[rank]!, (sums.get(list[rank]!) ?? 0) + weight / (FLATTEN + rank + 1));
  }
  const best = [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, n);
  return { tracks: best.map(([track]) => track), scores: best.map(([, score]) => score) };
}
