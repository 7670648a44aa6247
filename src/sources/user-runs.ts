import { growingInt32 } from '../dataset/growing.ts';
import type { StringColumn } from '../dataset/strings.ts';
import { rowsByGroup } from '../math/csr.ts';
import { IdColumn } from './id-column.ts';

/** A longer id is not compared with the one before. */
const SHORT = 1 << 8;

/**
 * The user of each row, as runs of rows that follow each other: most tables lie by user, and all lists do. 8 bytes a run and the distinct ids,
 * whatever the number of rows.
 */
export class UserRuns {
  private readonly ids = new IdColumn();
  /** The first row of each run. */
  private readonly starts = growingInt32();
  /** The id of the open run, as bytes or as text, whichever came. */
  private readonly open = new Uint8Array(SHORT);
  private openLength = -1;
  private openText: string | null = null;

  /** Different users, without those that wait to be looked up. */
  get size(): number {
    return this.ids.size;
  }

  /** Starts a user's run at this row; the id is the UTF-8 bytes [from, to). */
  begin(row: number, bytes: Uint8Array, from: number, to: number): void {
    const { open } = this;
    const length = to - from;
    if (length === this.openLength) {
      let i = 0;
      while (i < length && open[i] === bytes[from + i]) i++;
      if (i === length) return;
    }
    this.ids.add(bytes, from, to);
    this.starts.push(row);
    this.openText = null;
    this.openLength = length <= SHORT ? length : -1;
    for (let i = 0; i < this.openLength; i++) open[i] = bytes[from + i]!;
  }

  beginText(row: number, id: string): void {
    if (id === this.openText) return;
    this.ids.addText(id);
    this.starts.push(row);
    this.openText = id;
    this.openLength = -1;
  }

  /** The rows by user. No row can be added afterwards. @param rows how many there are */
  finish(rows: number): RowsByUser {
    const ids = this.ids.finish();
    const users = this.ids.takeNumbers();
    this.starts.push(rows);
    const starts = this.starts.takeView();
    return new RowsByUser(ids, starts, users.length === ids.length ? null : rowsByGroup(users, ids.length));
  }
}

/** Users in order of first appearance, and their rows. */
export class RowsByUser {
  readonly ids: StringColumn;
  private readonly starts: Int32Array;
  private readonly runs: { ptr: Int32Array; rows: Int32Array } | null;
  private scratch = new Int32Array(1 << 10);

  /** @param starts of the runs, and where the last one ends @param runs of each user; null where each has one, in their order */
  constructor(ids: StringColumn, starts: Int32Array, runs: { ptr: Int32Array; rows: Int32Array } | null) {
    this.ids = ids;
    this.starts = starts;
    this.runs = runs;
  }

  /** The rows of a user, ascending, in memory that the next call writes to. */
  of(user: number): Int32Array {
    const { starts, runs } = this;
    if (!runs) {
      this.reserve(starts[user + 1]! - starts[user]!);
      return this.scratch.subarray(0, this.fill(user, 0));
    }
    const { ptr, rows } = runs;
    let count = 0;
    for (let k = ptr[user]!; k < ptr[user + 1]!; k++) count += starts[rows[k]! + 1]! - starts[rows[k]!]!;
    this.reserve(count);
    let at = 0;
    for (let k = ptr[user]!; k < ptr[user + 1]!; k++) at = this.fill(rows[k]!, at);
    return this.scratch.subarray(0, count);
  }

  private reserve(rows: number): void {
    if (rows > this.scratch.length) this.scratch = new Int32Array(Math.max(rows, 2 * this.scratch.length));
  }

  /** Writes the rows of a run; returns where they end. */
  private fill(run: number, at: number): number {
    const { scratch } = this;
    const end = this.starts[run + 1]!;
    for (let row = this.starts[run]!; row < end; row++) scratch[at++] = row;
    return at;
  }
}
