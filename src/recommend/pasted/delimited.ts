/** Incremental parser of delimited text (RFC 4180 with the usual deviations). Like everything in this folder, it also runs in the page. */

const DELIMITERS = [',', ';', '\t'] as const;

/** The delimiter that is most frequent outside quotes in a table's first line; comma when there is none. */
export function sniffDelimiter(line: string): string {
  const outside = line.replace(/"[^"]*"/g, '');
  let best = ',';
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const count = outside.split(delimiter).length - 1;
    if (count > most) {
      best = delimiter;
      most = count;
    }
  }
  return best;
}

/** Accepts text in chunks of any length and returns complete rows. An unclosed quote ends with the text. */
export class TableReader {
  private readonly delimiter: string;
  private readonly onRow: (row: string[]) => void;
  private row: string[] = [];
  private field = '';
  private quoted = false;
  /** The last character was a quote inside a quoted field; the next one determines whether it closes the field. */
  private pendingQuote = false;

  constructor(delimiter: string, onRow: (row: string[]) => void) {
    this.delimiter = delimiter;
    this.onRow = onRow;
  }

  push(text: string): void {
    for (const c of text) {
      if (this.quoted) {
        if (this.pendingQuote) {
          this.pendingQuote = false;
          if (c === '"') {
            this.field += '"';
            continue;
          }
          this.quoted = false;
        } else {
          if (c === '"') this.pendingQuote = true;
          else this.field += c;
          continue;
        }
      }
      if (c === '"' && this.field === '') this.quoted = true;
      else if (c === this.delimiter) this.endField();
      else if (c === '\n') this.endRow();
      else if (c !== '\r') this.field += c;
    }
  }

  finish(): void {
    if (this.field !== '' || this.row.length > 0) this.endRow();
  }

  private endField(): void {
    this.row.push(this.field);
    this.field = '';
  }

  private endRow(): void {
    this.endField();
    if (this.row.length > 1 || this.row[0] !== '') this.onRow(this.row);
    this.row = [];
    this.quoted = false;
    this.pendingQuote = false;
  }
}
