import type { Rejections } from '../dataset/rejections.ts';
import { isUnknown } from './cells.ts';
import type { InteractionTable } from './interaction-table.ts';
import { cellText, isPlainText } from './plain-cells.ts';
import type { PlainLines } from './plain-lines.ts';

const [TAB, LF, CR, SPACE, LAST_ASCII] = [0x09, 0x0a, 0x0d, 0x20, 0x7f];
/** What \s is in ASCII. */
const isSpace = (c: number): boolean => c === SPACE || (c >= TAB && c <= CR);

const NO_ITEMS = 'line of a user without items';
const UNKNOWN = 'item that says it is unknown';

/** Takes lines of a user and its items into a table. */
export class InteractionLists {
  private readonly table: InteractionTable;
  private readonly rejections: Rejections;
  private readonly file: string;

  /** @param file its name for people */
  constructor(table: InteractionTable, rejections: Rejections, file: string) {
    this.table = table;
    this.rejections = rejections;
    this.file = file;
  }

  add(text: string, line: number): void {
    const [name, ...items] = text.trim().split(/\s+/);
    if (!name) return;
    if (items.length === 0) {
      this.reject(NO_ITEMS, line);
      return;
    }
    this.table.beginText(name);
    for (const item of items) {
      if (isUnknown(item)) this.reject(UNKNOWN, line);
      else this.table.addItemText(item);
    }
  }

  /** The same of whole lines, without a text per word where a line is ASCII. */
  addLines({ bytes, line: first }: PlainLines): void {
    for (let at = 0, line = first; at < bytes.length; line++) {
      let end = at;
      let all = 0;
      for (; bytes[end] !== LF; end++) all |= bytes[end]!;
      if (all > LAST_ASCII) this.add(cellText(bytes, at, end), line);
      else this.addPlain(bytes, at, end, line);
      at = end + 1;
    }
  }

  private addPlain(bytes: Uint8Array, from: number, to: number, line: number): void {
    let begun = false;
    let name = from;
    let nameEnd = from;
    for (let at = from; at < to; ) {
      while (at < to && isSpace(bytes[at]!)) at++;
      const start = at;
      while (at < to && !isSpace(bytes[at]!)) at++;
      if (start === at) break;
      if (nameEnd === from) [name, nameEnd] = [start, at];
      else {
        // A user without items is none.
        if (!begun) this.table.begin(bytes, name, nameEnd);
        begun = true;
        if (isPlainText(bytes, start, at) || !isUnknown(cellText(bytes, start, at)))
          this.table.addItem(bytes, start, at);
        else this.reject(UNKNOWN, line);
      }
    }
    if (!begun && nameEnd > from) this.reject(NO_ITEMS, line);
  }

  private reject(cause: string, line: number): void {
    this.rejections.add(cause, `${this.file}:${line}`);
  }
}
