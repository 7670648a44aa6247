import type { Rejections } from '../dataset/rejections.ts';
import type { TrackColumns } from '../dataset/rows.ts';
import { StringColumnBuilder } from '../dataset/strings.ts';
import type { NamesLayout } from './interaction-layout.ts';
import { cellText } from './plain-cells.ts';
import type { PlainLines } from './plain-lines.ts';
import type { TableRow } from './separated-text.ts';

const [LF, SPACE, LAST_ASCII] = [0x0a, 0x20, 0x7f];
const encoder = new TextEncoder();

/** Takes rows of items that are artists: each becomes a track with the artist's name that its artist stands for, so that the artist's genres join. */
export class ItemNames {
  private readonly layout: NamesLayout;
  private readonly rejections: Rejections;
  private readonly file: string;
  private readonly prefix: Uint8Array;
  private readonly uri = new StringColumnBuilder();
  private readonly name = new StringColumnBuilder();
  /** Of the last line: where the cell of the id begins and ends, then that of the name. */
  private readonly cells = new Int32Array(4);

  /** @param file its name for people */
  constructor(layout: NamesLayout, rejections: Rejections, file: string) {
    this.layout = layout;
    this.rejections = rejections;
    this.file = file;
    this.prefix = encoder.encode(`${layout.items}:`);
  }

  add({ cells, line }: TableRow): void {
    const { id, name } = this.layout;
    this.addTexts(cells[id] ?? '', cells[name] ?? '', line);
  }

  /** The same of whole lines, without a text per cell where the cells are ASCII. */
  addLines({ bytes, line: first, separator }: PlainLines): void {
    const { cells } = this;
    for (let at = 0, line = first; at < bytes.length; line++) {
      const start = at;
      at = this.split(bytes, at, separator);
      if (at - start > 1 && !this.addPlain(bytes, line))
        this.addTexts(cellText(bytes, cells[0]!, cells[1]!), cellText(bytes, cells[2]!, cells[3]!), line);
    }
  }

  /** The tracks so far, in memory that the next rows are written to. */
  take(): TrackColumns {
    const names = this.name.peek();
    const ptr = new Int32Array(names.length + 1);
    for (let i = 0; i < ptr.length; i++) ptr[i] = i;
    const columns = { uri: this.uri.peek(), name: names, artists: { ptr, names }, features: {} };
    this.uri.clear();
    this.name.clear();
    return columns;
  }

  /** Finds the cells of the line that begins here; returns where the next one does. A cell that it lacks is empty. */
  private split(bytes: Uint8Array, at: number, separator: number): number {
    const { cells } = this;
    const { id, name } = this.layout;
    cells.fill(at);
    let from = at;
    for (let cell = 0; ; at++) {
      const c = bytes[at]!;
      if (c !== separator && c !== LF) continue;
      if (cell === id) {
        cells[0] = from;
        cells[1] = at;
      }
      if (cell === name) {
        cells[2] = from;
        cells[3] = at;
      }
      if (c === LF) return at + 1;
      from = at + 1;
      cell++;
    }
  }

  /** Takes the last line when both cells are ASCII that needs no trimming. */
  private addPlain(bytes: Uint8Array, line: number): boolean {
    const [id, idEnd, name, nameEnd] = this.cells as unknown as [number, number, number, number];
    if (!isTrimmed(bytes, id, idEnd) || !isTrimmed(bytes, name, nameEnd)) return false;
    if (id === idEnd || name === nameEnd) this.reject(line);
    else {
      this.uri.pushRange(bytes, id, idEnd, this.prefix);
      this.name.pushRange(bytes, name, nameEnd);
    }
    return true;
  }

  private addTexts(idCell: string, nameCell: string, line: number): void {
    const [id, name] = [idCell.trim(), nameCell.trim()];
    if (id === '' || name === '') {
      this.reject(line);
      return;
    }
    this.uri.push(`${this.layout.items}:${id}`);
    this.name.push(name);
  }

  private reject(line: number): void {
    this.rejections.add('row without an id or a name', `${this.file}:${line}`);
  }
}

/** Whether a cell is ASCII without space or control characters at its ends. */
function isTrimmed(bytes: Uint8Array, from: number, to: number): boolean {
  if (from < to && (bytes[from]! <= SPACE || bytes[to - 1]! <= SPACE)) return false;
  let all = 0;
  for (let i = from; i < to; i++) all |= bytes[i]!;
  return all <= LAST_ASCII;
}
