import type { Dataset } from '../../dataset/dataset.ts';
import type { ModelQuery } from '../model.ts';
import { SLOT, STRIDE } from './retrievers.ts';
import type { ScoreRows } from './score-rows.ts';
import type { SeedHits } from './seed-hits.ts';

/** Places before and after a seed that count as near. */
const REACH = 8;
/** Popular seeds carry less information: a seed's weight is divided by (owners − 1)^this + 1. */
const EXPONENT = 0.4;

/**
 * Adds weight / (1 + distance) in the column `near` to groups close to a seed in a voter's list, since people add albums and runs of one mood in
 * sequence. Distances count groups, not tracks.
 * @param count voters
 */
export function addNear(dataset: Dataset, query: ModelQuery, count: number, hits: SeedHits, rows: ScoreRows): void {
  const { table, ptr, entries } = rows;
  const weights = Float32Array.from(
    query.weights,
    (weight, i) => weight / (Math.max(0, dataset.ownersOf(query.seeds[i]!) - 1) ** EXPONENT + 1),
  );
  for (let v = 0; v < count; v++)
    for (let h = hits.ptr[v]!; h < hits.ptr[v + 1]!; h++) {
      const at = hits.at[h]!;
      const weight = weights[hits.seeds[h]!]!;
      const first = Math.max(ptr[v]!, at - REACH);
      const last = Math.min(ptr[v + 1]! - 1, at + REACH);
      for (let e = first; e <= last; e++)
        if (e !== at) table[entries[e]! * STRIDE + SLOT.near]! += weight / (1 + Math.abs(e - at));
    }
}
