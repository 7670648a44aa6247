import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** Numbers of rows per statement, largest first; a smaller statement takes what a larger one leaves over. */
export const MOST_ROWS = 100;
const SIZES = [MOST_ROWS, 10, 1];

/** The result of a statement. */
export interface Inserted {
  /** Number of rows stored, and the row id of the last one. */
  readonly stored: number;
  readonly last: number;
}

/**
 * Inserts rows into the embedded store by prepared statements of several rows each. Each statement searches for its position in the table and in every
 * index, and its further rows continue from there: in index order, a hundred rows in one statement take half the time of a hundred statements.
 */
export class RowInsertion {
  private readonly native: DatabaseSync;
  private readonly text: (rows: string) => string;
  private readonly row: string;
  private readonly statements = new Map<number, StatementSync>();

  /**
   * @param text the statement around `values …`. Use `insert or fail`: otherwise SQLite keeps a copy of every page it changes, to undo a single statement,
   *   whereas here the whole transaction is undone
   * @param row the values of one row, as `(1, ?, ?)`
   */
  constructor(native: DatabaseSync, text: (values: string) => string, row: string) {
    this.native = native;
    this.text = text;
    this.row = row;
  }

  /** Number of rows, of so many, that the next statement takes. */
  static size(rows: number): number {
    return SIZES.find((size) => size <= rows)!;
  }

  /** Stores as many rows as `size` returns. @param values row by row */
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
