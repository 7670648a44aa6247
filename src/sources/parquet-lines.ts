import type { DecodedArray } from 'hyparquet';
import { writeShortAscii } from '../dataset/strings.ts';
import { numberCell } from './cells.ts';
import type { PlainLines, TakesLines } from './plain-lines.ts';
import type { TableRow } from './separated-text.ts';

/** The unit separator, which texts practically never contain. */
const SEPARATOR = 0x1f;
const LF = 0x0a;
/** Bytes of the lines handed over together. */
const TOGETHER = 1 << 16;
/** Rows handed over together where the reader takes no lines. */
const ROWS_TOGETHER = 1024;
/** Most bytes of a line. */
const LONGEST_LINE = 1 << 14;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A cell of Parquet as a text table has it. Bytes are UTF-8. */
export function cellText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return decoder.decode(value);
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return JSON.stringify(value.map(cellText));
  return String(value);
}

/** Reads columns of Parquet for a reader of tables. */
export class ParquetLines {
  private readonly bytes = new Uint8Array(TOGETHER);
  private readonly takesLines: () => TakesLines;
  private readonly numberColumns: () => readonly number[];

  /** @param takesLines and @param numberColumns as for `readTableParts`; asked before each part */
  constructor(takesLines: () => TakesLines, numberColumns: () => readonly number[]) {
    this.takesLines = takesLines;
    this.numberColumns = numberColumns;
  }

  /**
   * The rows of these columns, in order: as plain lines, which readers take several times faster than a text per cell. A row that no line can hold
   * (it is long, or has a line break in a cell) comes as a row. @param line number of the first one
   */
  *parts(columns: readonly DecodedArray[], rows: number, line: number): Generator<TableRow[] | PlainLines> {
    const rowsOf = (from: number, to: number): TableRow[] =>
      Array.from({ length: to - from }, (_, i) => ({
        cells: columns.map((column) => cellText(column[from + i])),
        line: line + from + i,
      }));
    let row = 0;
    while (row < rows && this.takesLines() === 'none') {
      const to = Math.min(rows, row + ROWS_TOGETHER);
      yield rowsOf(row, to);
      row = to;
    }
    if (row === rows) return;
    const numbers = new Map(this.numberColumns().map((column) => [column, numbersOf(columns[column]!, rows)]));
    const texts = columns.map((column, c) => (numbers.has(c) ? null : column));
    while (row < rows) {
      const first = row;
      let length = 0;
      while (row < rows && length + LONGEST_LINE <= TOGETHER) {
        const end = this.write(texts, row, length);
        if (end < 0) break;
        length = end;
        row++;
      }
      if (row > first)
        yield {
          bytes: this.bytes.subarray(0, length),
          lines: row - first,
          line: line + first,
          separator: SEPARATOR,
          quoted: false,
          numbers: new Map(Array.from(numbers, ([column, values]) => [column, values.subarray(first, row)])),
        };
      if (row < rows && length + LONGEST_LINE <= TOGETHER) {
        yield rowsOf(row, row + 1);
        row++;
      }
    }
  }

  /** Writes a row's line. @returns its end, or −1 when no line can hold it */
  private write(texts: readonly (DecodedArray | null)[], row: number, start: number): number {
    const { bytes } = this;
    const most = start + LONGEST_LINE - 1;
    let at = start;
    for (let c = 0; c < texts.length; c++) {
      if (c > 0) bytes[at++] = SEPARATOR;
      const value: unknown = texts[c]?.[row] ?? '';
      const end = value instanceof Uint8Array ? copy(value, bytes, at, most) : encode(cellText(value), bytes, at, most);
      if (end < 0) return -1;
      for (; at < end; at++) {
        const b = bytes[at]!;
        if (b === LF || b === SEPARATOR) return -1;
      }
      // Each column that follows takes a separator at least.
      if (end + texts.length > most) return -1;
    }
    // A blank line would be no row.
    if (at === start) return -1;
    bytes[at++] = LF;
    return at;
  }
}

function copy(value: Uint8Array, into: Uint8Array, at: number, most: number): number {
  const { length } = value;
  if (at + length > most) return -1;
  // Shorter than a call.
  for (let i = 0; i < length; i++) into[at + i] = value[i]!;
  return at + length;
}

function encode(text: string, into: Uint8Array, at: number, most: number): number {
  // A UTF-16 unit becomes at most three UTF-8 bytes.
  if (at + 3 * text.length > most) return -1;
  const short = writeShortAscii(text, into, at);
  return at + (short >= 0 ? short : encoder.encodeInto(text, into.subarray(at)).written);
}

/** The same numbers as of the cells' texts. */
function numbersOf(column: DecodedArray, rows: number): Float64Array {
  const numbers = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const value: unknown = column[i];
    numbers[i] = typeof value === 'number' && Number.isFinite(value) ? value : numberCell(cellText(value));
  }
  return numbers;
}
