import { Region } from '../../math/kernels/memory.ts';
import type { TreeEnsemble } from '../ranker/ensemble.ts';
import { COLUMNS, type Column } from './columns.ts';

const WIDTH = COLUMNS.length;

/** The value of a column when nothing is known. */
function withheldValue(column: Column): number {
  if (/rank$/.test(column)) return 11;
  return /^(sound|embedding) cosine$|^content fit$|^cold songs/.test(column) ? Number.NaN : 0;
}

const WITHHELD = Float32Array.from(COLUMNS, withheldValue);

/**
 * How far the ranker's score of each row falls when a group of columns is withheld, ≥ 0: rows × groups. Scores all rows at once, since the trees
 * score many in little more time than one. Skips groups that say nothing about a row, or nothing that the trees can distinguish from nothing.
 * @param rows feature rows, one after the other @param places rows to evaluate @param groups columns of each group
 */
export function withheldEffects(
  ensemble: TreeEnsemble,
  rows: Float32Array,
  places: readonly number[],
  groups: readonly (readonly number[])[],
): Float64Array {
  const each = groups.length;
  const effects = new Float64Array(places.length * each);
  // 1 where a row is also scored without a group.
  const variants = new Uint8Array(places.length * each);
  let count = places.length;
  for (let r = 0; r < places.length; r++)
    for (let g = 0; g < each; g++)
      if (says(ensemble, rows, places[r]! * WIDTH, groups[g]!)) {
        variants[r * each + g] = 1;
        count++;
      }
  const region = new Region();
  try {
    const table = region.float32(count * WIDTH);
    const scores = region.float32(count);
    let at = 0;
    for (let r = 0; r < places.length; r++) {
      const from = places[r]! * WIDTH;
      const row = rows.subarray(from, from + WIDTH);
      table.set(row, at);
      at += WIDTH;
      for (let g = 0; g < each; g++) {
        if (variants[r * each + g] === 0) continue;
        table.set(row, at);
        for (const c of groups[g]!) table[at + c] = WITHHELD[c]!;
        at += WIDTH;
      }
    }
    ensemble.predict(table, count, scores);
    let next = 0;
    for (let r = 0; r < places.length; r++) {
      const whole = scores[next++]!;
      for (let g = 0; g < each; g++)
        if (variants[r * each + g] === 1) effects[r * each + g] = Math.max(0, whole - scores[next++]!);
    }
    return effects;
  } finally {
    region.free();
  }
}

const isNothing = (value: number): boolean => value === 0 || Number.isNaN(value);

/** Whether the trees can distinguish the row at rows[from] from the same row without these columns. */
function says(ensemble: TreeEnsemble, rows: Float32Array, from: number, columns: readonly number[]): boolean {
  const { readsNegatives } = ensemble;
  for (const c of columns) {
    const value = rows[from + c]!;
    const without = WITHHELD[c]!;
    if (Object.is(value, without)) continue;
    // A missing value goes left at every split, as the smallest value would. Where no threshold is below 0, the trees cannot distinguish it from 0.
    if (!(isNothing(value) && isNothing(without)) || readsNegatives[c] === 1) return true;
  }
  return false;
}
