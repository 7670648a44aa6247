import type { TableRow, TableText } from './separated-text.ts';
import { LONGEST_LINE, longLine } from './text.ts';

/** Rows of separated text in which quotes are plain characters, from pieces of it. Lines end in \n or \r\n; empty ones are left out. */
export class UnquotedText implements TableText {
  readonly quotes = false;
  /** A line with \r before its end never comes as bytes, which need not be looked at before. */
  readonly endsLinesWith = '\n';
  private readonly file: string;
  private readonly separator: string;
  /** The beginnings of the line that has not ended: joined once it ends, so that a long one is not copied again with each piece. */
  private open: string[] = [];
  private length = 0;
  private line = 1;

  /** @param file what the text is of, for messages */
  constructor(file: string, separator: string) {
    this.file = file;
    this.separator = separator;
  }

  /** @throws SegueError FILE_UNREADABLE for a line without end */
  take(piece: string): TableRow[] {
    const rows: TableRow[] = [];
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      this.open.push(piece.slice(from, end));
      const text = this.open.length === 1 ? this.open[0]! : this.open.join('');
      this.open = [];
      this.length = 0;
      from = end + 1;
      this.add(rows, text.endsWith('\r') ? text.slice(0, -1) : text);
    }
    if (from < piece.length) this.open.push(piece.slice(from));
    this.length += piece.length - from;
    if (this.length > LONGEST_LINE) throw longLine(this.file);
    return rows;
  }

  finish(): TableRow[] {
    const rows: TableRow[] = [];
    if (this.open.length > 0) this.add(rows, this.open.join(''));
    this.open = [];
    return rows;
  }

  get isBetweenRows(): boolean {
    return this.open.length === 0;
  }

  get nextLine(): number {
    return this.line;
  }

  pass(lines: number): void {
    this.line += lines;
  }

  private add(rows: TableRow[], text: string): void {
    if (text !== '') rows.push({ cells: text.split(this.separator), line: this.line });
    this.line++;
  }
}
