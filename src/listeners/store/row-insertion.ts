import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** The most rows of one statement, and the sizes of statements: what is left over by one goes to the next. */
export const MOST_ROWS = 100;
const SIZES = [MOST_ROWS, 10, 1];

/** What a statement has done. */
export interface Inserted {
  /** Rows that were stored, and the number of the last of them. */
  readonly stored: number;
  readonly last: number;
}

/**
 * An insertion of rows of the embedded store by compiled statements of several rows each. A statement looks up its place in the table and in every index
 * anew, while its further rows go on from there: in the order of the indexes, a hundred rows in one statement take half the time of a hundred statements.
 */
export class RowInsertion {
  private readonly native: DatabaseSync;
  private readonly text: (rows: string) => string;
  private readonly row: string;
  private readonly statements = new Map<number, StatementSync>();

  /**
   * @param text the statement around `values …`. Make it `insert or fail`: SQLite would else keep a copy of every page that it changes, to undo this one
   *   statement; here the whole transaction is undone
   * @param row the values of one row, as `(1, ?, ?)`
   */
  constructor(native: DatabaseSync, text: (values: string) => string, row: string) {
    this.native = native;
    this.text = text;
    this.row = row;
  }

  /** How many of so many rows the next statement takes. */
  static size(rows: number): number {
    return SIZES.find((size) => size <= rows)!;
  }

  /** Stores rows, as many as `size` says. @param values of one row after the other */
  run(rows: number, values: readonly SQLInputValue[]): Inserted {
    let statement = this.statements.get(rows);
    if (!statement) {
      statement = this.native.prepare(this.text(`values ${Array(rows).fill(this.row).join(', ')}`));
      this.statements.set(rows, statement);
    }
    const { changes, lastInsertRowid } = statement.run(...values);
    return { stored: Number(changes), last: Number(lastInsertRowid) };
  }
}
