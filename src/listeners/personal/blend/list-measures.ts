/** Recall: share of the truth that is in the list; NaN without a truth. */
export function recall(list: ArrayLike<number>, truth: ReadonlySet<number>): number {
  if (truth.size === 0) return Number.NaN;
  let hits = 0;
  for (let i = 0; i < list.length; i++) if (truth.has(list[i]!)) hits++;
  return hits / truth.size;
}

/** Binary NDCG: Σ 1 / log2(rank + 1) over the hits, divided by the best that |truth| songs could give in a list of `depth`; NaN without a truth. */
export function ndcg(list: ArrayLike<number>, truth: ReadonlySet<number>, depth: number): number {
  if (truth.size === 0) return Number.NaN;
  let gain = 0;
  let ideal = 0;
  for (let i = 0; i < Math.min(depth, list.length); i++) if (truth.has(list[i]!)) gain += 1 / Math.log2(i + 2);
  for (let i = 0; i < Math.min(truth.size, depth); i++) ideal += 1 / Math.log2(i + 2);
  return gain / ideal;
}
