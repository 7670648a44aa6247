import type { NameLists } from '../dataset/rows.ts';
import { StringColumnBuilder } from '../dataset/strings.ts';

/** Lists of names that are being filled. */
export class NamesOfRows {
  readonly names: StringColumnBuilder;
  private readonly ptr: Int32Array;
  private rows = 0;

  /** @param rows at most */
  constructor(rows: number) {
    this.names = new StringColumnBuilder(rows, rows * 16);
    this.ptr = new Int32Array(rows + 1);
  }

  /** Ends the list of a row. */
  close(): void {
    this.ptr[++this.rows] = this.names.length;
  }

  clear(): void {
    this.names.clear();
    this.rows = 0;
  }

  /** In memory that the next name may leave or change. */
  peek(): NameLists {
    return { ptr: this.ptr.subarray(0, this.rows + 1), names: this.names.peek() };
  }
}
