import { Rejections } from '../dataset/rejections.ts';
import type { Rejection } from '../dataset/rows.ts';

/** Rows of one batch: enough that a track's repetitions mostly meet in it, few enough to bound memory. */
const ROWS_AT_ONCE = 200_000;
/** Artists and genres of one batch, however few rows they are in. */
const NAMES_AT_ONCE = 1_000_000;
/** Artists or genres of one row: whatever has more describes no song and no artist. */
const MOST_NAMES = 1000;

/** Size of the open batch of a table, and the rejected rows. */
export class TableTally {
  readonly rejections = new Rejections();
  private readonly file: string;
  private rows = 0;
  private names = 0;

  /** @param file the table's name for people */
  constructor(file: string) {
    this.file = file;
  }

  get isFull(): boolean {
    return this.rows === ROWS_AT_ONCE || this.names >= NAMES_AT_ONCE;
  }

  /** Rows that the batch may still have. */
  get room(): number {
    return ROWS_AT_ONCE - this.rows;
  }

  addRow(): void {
    this.rows++;
  }

  reject(cause: string, line: number): void {
    this.rejections.add(cause, `${this.file}:${line}`);
  }

  /** Counts a row's names of artists and genres; rejects a row with too many. */
  areFew(line: number, artists = 0, genres = 0): boolean {
    const most = Math.max(artists, genres);
    if (most > MOST_NAMES) this.reject(`row with more than ${MOST_NAMES} artists or genres`, line);
    else this.names += most;
    return most <= MOST_NAMES;
  }

  /** Begins the next batch. @returns the rejections since it was last asked */
  next(): Rejection[] {
    this.rows = 0;
    this.names = 0;
    return this.rejections.take();
  }
}
