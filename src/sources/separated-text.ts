/** A row of a table: cells as text, and the number of its line (the last one, should a cell hold line breaks). */
export interface TableRow {
  cells: readonly string[];
  line: number;
}

/** Rows of a table's text, from pieces of it. */
export interface TableText {
  /** Whether quotes are more than plain characters. */
  readonly quotes: boolean;
  /** The end of the first line; null before it was seen. */
  readonly endsLinesWith: '\n' | '\r\n' | '\r' | null;
  /** Whether all that was taken has become rows. */
  readonly isBetweenRows: boolean;
  /** Number of the line at which the next text starts. Only valid between rows. */
  readonly nextLine: number;
  /** The rows that end in this piece. */
  take(piece: string): TableRow[];
  /** The last row, where no line break ends it. */
  finish(): TableRow[];
  /** So many lines were read elsewhere. Between rows only. */
  pass(lines: number): void;
}

/** Characters of a row: a longer one is an unclosed quote, or the file is no table. */
export const LONGEST_ROW = 1 << 22;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/** Why text is no table: the reader of files says it in full. */
export class NotSeparated extends Error {
  readonly why: 'too long' | 'not closed';
  constructor(why: NotSeparated['why']) {
    super(`a row is ${why}`);
    this.why = why;
  }
}

/**
 * Rows of separated text with quotes (RFC 4180), from pieces of it. Lines end as the first one does: \n, \r\n or \r. Empty lines are left out. What
 * the standard forbids is taken as spreadsheets do: a quote inside a plain cell is a character; a quoted cell that goes on behind its closing
 * quote keeps both quotes. A line without a quote is split as a whole, which is several times as fast as going through it.
 */
export class SeparatedText implements TableText {
  readonly quotes = true;
  private readonly separator: string;
  private readonly first: number;
  private ending: '\n' | '\r\n' | '\r' | null = null;
  /** The beginning of the row that has not ended. */
  private open = '';
  /** Characters of it that are worth another look: it is not gone through again with each piece. */
  private enough = 0;
  private line = 1;
  private rows: TableRow[] = [];
  /** Start of the next cell. */
  private at = 0;

  constructor(separator: string) {
    this.separator = separator;
    this.first = separator.charCodeAt(0);
  }

  /** The rows that end in this piece. @throws NotSeparated */
  take(piece: string): TableRow[] {
    this.open += piece;
    return this.open.length < this.enough ? [] : this.split(false);
  }

  /** The last row, where no line break ends it. @throws NotSeparated */
  finish(): TableRow[] {
    return this.split(true);
  }

  get isBetweenRows(): boolean {
    return this.open === '';
  }

  get endsLinesWith(): '\n' | '\r\n' | '\r' | null {
    return this.ending;
  }

  get nextLine(): number {
    return this.line;
  }

  pass(lines: number): void {
    this.line += lines;
  }

  private split(last: boolean): TableRow[] {
    const { open, separator } = this;
    let [start, quote, ret] = [0, -1, -1];
    const next = (character: string, known: number): number => {
      if (known >= start) return known;
      const found = open.indexOf(character, start);
      return found < 0 ? Infinity : found;
    };
    while (start < open.length) {
      quote = next('"', quote);
      ret = next('\r', ret);
      const end = this.ending === '\r' || this.ending === null ? -1 : open.indexOf('\n', start);
      const crlf = this.ending === '\r\n';
      if (end >= 0 && quote > end && (crlf ? ret === end - 1 : ret > end)) {
        const text = open.slice(start, crlf ? ret : end);
        if (text !== '') this.add(text.split(separator), text.length, this.line);
        this.line++;
        start = end + 1;
        continue;
      }
      if (!this.walk(open, start, last, ret)) break;
      start = this.at;
    }
    this.open = start < open.length ? open.slice(start) : '';
    this.enough = 2 * this.open.length;
    // A doubled quote is two characters of the text and one of its cell.
    if (this.open.length > 2 * LONGEST_ROW) throw new NotSeparated('too long');
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  private add(cells: readonly string[], length: number, line: number): void {
    if (length > LONGEST_ROW) throw new NotSeparated('too long');
    this.rows.push({ cells, line });
  }

  /** Reads the row that starts at `start`, cell by cell. @param ret position of the next \r @returns false if the row continues in the next piece */
  private walk(text: string, start: number, last: boolean, ret: number): boolean {
    const cells: string[] = [];
    let length = 0;
    let quoted = false;
    this.at = start;
    for (;;) {
      const from = this.at;
      quoted = text.charCodeAt(from) === QUOTE;
      const cell = quoted ? this.quotedCell(text, last) : this.plainCell(text, from, last);
      if (cell === null) return false;
      cells.push(cell);
      length += cell.length;
      if (!this.separates(text, this.at)) break;
      this.at += this.separator.length;
    }
    const end = this.at;
    // Each character of a line break within a cell counts as a line; one at the very end of the text starts none.
    const inside = this.mayBreak(text, start, end, ret) ? breaks(text, start, Math.min(end, text.length - 1)) : 0;
    const line = this.line + inside;
    if (cells.length > 1 || cells[0] !== '' || quoted) this.add(cells, length, line);
    this.at += this.ending?.length ?? 0;
    this.line = line + 1;
    return true;
  }

  /** The cell that starts at `from`, up to the separator or line end; null if that has not arrived. */
  private plainCell(text: string, from: number, last: boolean): string | null {
    for (let i = from; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c !== this.first && c !== LF && c !== CR) continue;
      // A line break may be cut in two.
      if (c === CR && !last && i + 1 === text.length) return null;
      if (!this.ends(text, i)) continue;
      this.at = i;
      return text.slice(from, i);
    }
    this.at = text.length;
    return last ? text.slice(from) : null;
  }

  private quotedCell(text: string, last: boolean): string | null {
    const from = this.at;
    let close = text.indexOf('"', from + 1);
    let doubled = false;
    while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) {
      doubled = true;
      close = text.indexOf('"', close + 2);
    }
    if (close < 0 && last) throw new NotSeparated(text.length - from > LONGEST_ROW ? 'too long' : 'not closed');
    // What follows the quote must be known: a separator, or both characters of a line break.
    if (close < 0 || (!last && close + 1 + Math.max(2, this.separator.length) > text.length)) return null;
    const written = text.slice(from + 1, close);
    const inside = doubled ? written.replaceAll('""', '"') : written;
    this.at = close + 1;
    if (this.at >= text.length || this.ends(text, this.at)) return inside;
    const rest = this.plainCell(text, this.at, last);
    return rest === null ? null : `"${inside}"${rest}`;
  }

  /** Whether a separator or line end is here; the first line end determines the form of the others. */
  private ends(text: string, at: number): boolean {
    if (this.separates(text, at)) return true;
    const c = text.charCodeAt(at);
    if (c !== LF && c !== CR) return false;
    this.ending ??= c === LF ? '\n' : text.charCodeAt(at + 1) === LF ? '\r\n' : '\r';
    return text.startsWith(this.ending, at);
  }

  private separates(text: string, at: number): boolean {
    return text.charCodeAt(at) === this.first && (this.separator.length === 1 || text.startsWith(this.separator, at));
  }

  /** False where the text up to `end` surely has no line break; what ends a line is then the first \n. */
  private mayBreak(text: string, start: number, end: number, ret: number): boolean {
    if (this.ending === '\r' || ret < end) return true;
    const lf = text.indexOf('\n', start);
    return lf >= 0 && lf < end;
  }
}

function breaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === LF || c === CR) count++;
  }
  return count;
}
