import { LYRICS_WIDTH } from '../../src/dataset/lyrics-measures.ts';
import { LyricsPool, type LyricsRows } from '../../src/dataset/lyrics-table.ts';

/** All numbers of row i, including zeros. */
export function wholeRow({ ptr, idx, values }: LyricsRows, i: number): number[] {
  const row = new Array<number>(LYRICS_WIDTH).fill(0);
  for (let e = ptr[i]!; e < ptr[i + 1]!; e++) row[idx[e]!] = values[e]!;
  return row;
}

/** Makes rows from all of their numbers; null = no row. */
export function rowsOf(whole: readonly (readonly number[] | null)[]): LyricsRows {
  const pool = new LyricsPool();
  for (const row of whole) {
    row?.forEach((value, at) => {
      pool.push(at, value);
    });
    pool.close();
  }
  return pool.finish();
}
