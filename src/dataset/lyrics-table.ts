import type { Arrays, Container } from './container.ts';
import { Growing, growingInt32 } from './growing.ts';
import { LYRICS_VERSION, LYRICS_WIDTH } from './lyrics-measures.ts';
import { copyRows, inOrder } from './pools.ts';

/**
 * Rows of `LYRICS_MEASURES` without their zeros, which most of a song's numbers are: row i has values[e] at place idx[e], ascending, for e in
 * [ptr[i], ptr[i + 1]). A row without anything is none.
 */
export interface LyricsRows {
  readonly ptr: Int32Array;
  readonly idx: Uint16Array;
  readonly values: Float32Array;
}

/** What is kept of the lyrics of the tracks that have any. */
export interface LyricsTable extends LyricsRows {
  /** One per track: its row, −1 without. */
  readonly row: Int32Array;
}

/** One number of a track; NaN when it has no lyrics. @param at its place in a row */
export function lyricsAt(table: LyricsTable | undefined, track: number, at: number): number {
  const row = table ? table.row[track]! : -1;
  if (row < 0) return Number.NaN;
  const { ptr, idx, values } = table!;
  for (let e = ptr[row]!; e < ptr[row + 1]!; e++) if (idx[e] === at) return values[e]!;
  return 0;
}

/** Collects rows; they may be taken in another order than they came in, and not all of them. */
export class LyricsPool {
  private readonly ptr = growingInt32();
  private readonly idx = new Growing((n) => new Uint16Array(n));
  private readonly values = new Growing((n) => new Float32Array(n));

  constructor() {
    this.ptr.push(0);
    this.ptr.push(0);
  }

  /** Rows so far. */
  get length(): number {
    return this.ptr.length - 2;
  }

  /** Adds a number to the open row, the places ascending. */
  push(at: number, value: number): void {
    if (value === 0) return;
    this.idx.push(at);
    this.values.push(value);
  }

  /** Ends the open row. @returns its number; the first one is 1 */
  close(): number {
    this.ptr.push(this.idx.length);
    return this.length;
  }

  /** Adds row i of others. @returns its number */
  put({ ptr, idx, values }: LyricsRows, i: number): number {
    for (let e = ptr[i]!; e < ptr[i + 1]!; e++) this.push(idx[e]!, values[e]!);
    return this.close();
  }

  /** The rows of these numbers, in their order; 0 is a row without anything. The pool may be changed no more. */
  gather(numbers: Int32Array, count: number): LyricsRows {
    const starts = this.ptr.view();
    if (inOrder(numbers, count) && count === this.length)
      return { ptr: starts.subarray(1), idx: this.idx.view(), values: this.values.view() };
    const ptr = new Int32Array(count + 1);
    for (let i = 0; i < count; i++) ptr[i + 1] = ptr[i]! + starts[numbers[i]! + 1]! - starts[numbers[i]!]!;
    const idx = new Uint16Array(ptr[count]!);
    const values = new Float32Array(ptr[count]!);
    copyRows(numbers, count, starts, this.idx.data, idx);
    copyRows(numbers, count, starts, this.values.data, values);
    return { ptr, idx, values };
  }

  /** All rows in their order. The pool must not change afterwards. */
  finish(): LyricsRows {
    return { ptr: this.ptr.view().subarray(1), idx: this.idx.view(), values: this.values.view() };
  }
}

/** The numbers of another version are not read as these. */
const COLUMN = `lyrics.${LYRICS_VERSION}`;

/** The rows as arrays of a container. @param prefix of their names */
export const lyricsArrays = (prefix: string, { ptr, idx, values }: LyricsRows): Arrays => ({
  [`${prefix}${COLUMN}.ptr`]: ptr,
  [`${prefix}${COLUMN}.idx`]: idx,
  [`${prefix}${COLUMN}.values`]: values,
});

/**
 * The rows of a container; undefined when it has none. @param rows how many there are, where that is known
 * @param dense the column in which earlier versions kept all numbers of each row @throws SegueError FILE_UNREADABLE
 */
export function viewLyricsRows(
  container: Container,
  prefix: string,
  dense: string,
  rows?: number,
): LyricsRows | undefined {
  const { arrays } = container;
  const column = `${prefix}${COLUMN}`;
  if (arrays[`${column}.ptr`]) {
    const values = container.array(`${column}.values`, 'Float32Array');
    const count = rows ?? container.array(`${column}.ptr`, 'Int32Array').length - 1;
    const ptr = container.pointers(`${column}.ptr`, count, values.length);
    const idx = container.array(`${column}.idx`, 'Uint16Array', values.length);
    if (idx.some((at) => at >= LYRICS_WIDTH))
      throw container.broken(`has a value out of range in column "${column}.idx"`);
    return { ptr, idx, values };
  }
  if (!arrays[dense]) return undefined;
  const length = container.array(dense, 'Float32Array').length;
  return withoutZeros(
    container.array(dense, 'Float32Array', (rows ?? Math.floor(length / LYRICS_WIDTH)) * LYRICS_WIDTH),
  );
}

/** @param numbers of whole rows; one that is NaN throughout is none */
function withoutZeros(numbers: Float32Array): LyricsRows {
  const pool = new LyricsPool();
  for (let from = 0; from < numbers.length; from += LYRICS_WIDTH) {
    const row = numbers.subarray(from, from + LYRICS_WIDTH);
    if (!row.every(Number.isNaN)) for (let at = 0; at < LYRICS_WIDTH; at++) pool.push(at, row[at]!);
    pool.close();
  }
  return pool.finish();
}
