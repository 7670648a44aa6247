import type { CaseMetric } from './metric.ts';

/** Recall@k over the held-out tracks whose number of training owners satisfies a condition; undefined where none does. */
export function recallWhere(counts: (owners: number) => boolean): CaseMetric['evaluate'] {
  return ({ list, hitRanks, hits, truth, catalogue }, cutoffs, out, at) => {
    let wanted = 0;
    for (const track of truth) if (counts(catalogue.popularity[track]!)) wanted++;
    let found = 0;
    let hit = 0;
    for (let c = 0; c < cutoffs.length; c++) {
      for (; hit < hits && hitRanks[hit]! <= cutoffs[c]!; hit++)
        if (counts(catalogue.popularity[list[hitRanks[hit]! - 1]!]!)) found++;
      out[at + c] = wanted === 0 ? Number.NaN : found / wanted;
    }
  };
}
