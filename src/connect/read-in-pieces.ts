import { numberOf } from './answers.ts';
import type { Page } from './contract.ts';
import type { RemoteItem } from './records.ts';

/** Entries of a list that a service hands out by the number of the first one. */
export interface Piece {
  readonly items: readonly RemoteItem[];
  /** Entries that were handed out, those that are no item included; 0 ends the list. */
  readonly count: number;
  /** Entries of the whole list at this moment. */
  readonly total: number;
}

const MOST_RESTARTS = 3;

/**
 * Reads a list from its first entry to its last. If the list gets shorter meanwhile, it starts again; otherwise an entry that moved to an earlier
 * position would count as removed. One that moved to a later position is read twice, which does no harm.
 * @param piece the entries from a place on (0 = the first)
 * @param from cursor of the last page that was kept: the next place and the total, as `1000/2345`; '' or null = from the beginning
 */
export async function* readInPieces(
  piece: (start: number) => Promise<Piece>,
  from: string | null,
): AsyncGenerator<Page> {
  let [start, expected] = (from ?? '').split('/').map((part) => numberOf(part) ?? 0) as [number, number?];
  for (let restarts = 0; ; ) {
    const { items, count, total } = await piece(start);
    if (start > 0 && total < (expected ?? 0) && restarts++ < MOST_RESTARTS) {
      [start, expected] = [0, total];
      continue;
    }
    expected = total;
    start += count;
    const last = count === 0 || start >= total;
    yield { items, cursor: last ? '' : `${start}/${total}`, done: Math.min(start, total), total, complete: last };
    if (last) return;
  }
}
