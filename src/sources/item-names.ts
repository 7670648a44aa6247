import type { Rejections } from '../dataset/rejections.ts';
import type { TrackColumns } from '../dataset/rows.ts';
import { StringColumnBuilder } from '../dataset/strings.ts';
import type { NamesLayout } from './interaction-layout.ts';
import { LineCells } from './line-cells.ts';
import { cellText, isTrimmedAscii } from './plain-cells.ts';
import type { PlainLines } from './plain-lines.ts';
import type { TableRow } from './separated-text.ts';

const encoder = new TextEncoder();

/** Takes rows of items that are artists: each becomes a track with the artist's name that its artist stands for, so that the artist's genres join. */
export class ItemNames {
  private readonly layout: NamesLayout;
  private readonly rejections: Rejections;
  private readonly file: string;
  private readonly prefix: Uint8Array;
  private readonly uri = new StringColumnBuilder();
  private readonly name = new StringColumnBuilder();
  private readonly cells: LineCells;

  /** @param file its name for people */
  constructor(layout: NamesLayout, rejections: Rejections, file: string) {
    this.layout = layout;
    this.rejections = rejections;
    this.file = file;
    this.prefix = encoder.encode(`${layout.items}:`);
    this.cells = new LineCells(1 + Math.max(layout.id, layout.name));
  }

  add({ cells, line }: TableRow): void {
    const { id, name } = this.layout;
    this.addTexts(cells[id] ?? '', cells[name] ?? '', line);
  }

  /** The same of whole lines, without a text per cell where the cells are ASCII. */
  addLines({ bytes, line: first, separator }: PlainLines): void {
    const { id, name } = this.layout;
    const { starts, ends } = this.cells;
    for (let at = 0, line = first; at < bytes.length; line++) {
      const start = at;
      at = this.cells.take(bytes, at, separator, false);
      if (at - start > 1 && !this.addPlain(bytes, line))
        this.addTexts(cellText(bytes, starts[id]!, ends[id]!), cellText(bytes, starts[name]!, ends[name]!), line);
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

  /** Takes the last line when both cells are ASCII that needs no trimming. */
  private addPlain(bytes: Uint8Array, line: number): boolean {
    const { starts, ends } = this.cells;
    const [id, idEnd] = [starts[this.layout.id]!, ends[this.layout.id]!];
    const [name, nameEnd] = [starts[this.layout.name]!, ends[this.layout.name]!];
    if (!isTrimmedAscii(bytes, id, idEnd) || !isTrimmedAscii(bytes, name, nameEnd)) return false;
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
