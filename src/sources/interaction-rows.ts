import type { Rejections } from '../dataset/rejections.ts';
import { isUnknown, numberCell } from './cells.ts';
import { type InteractionLayout, secondsOf, timeOf } from './interaction-layout.ts';
import type { InteractionTable } from './interaction-table.ts';
import { cellText, isPlainText, numberBytes } from './plain-cells.ts';
import type { PlainLines } from './plain-lines.ts';
import type { TableRow } from './separated-text.ts';

const LF = 0x0a;

/** Takes rows of a file into a table, or counts why they cannot be used. */
export class InteractionRows {
  private readonly table: InteractionTable;
  private readonly layout: InteractionLayout;
  private readonly rejections: Rejections;
  private readonly file: string;
  /** Cells that a row must have. */
  private readonly width: number;
  /** Start of each of these in a line, and after the last one the start of the next. */
  private readonly bounds: Int32Array;

  /** @param file its name for people */
  constructor(table: InteractionTable, layout: InteractionLayout, rejections: Rejections, file: string) {
    this.table = table;
    this.layout = layout;
    this.rejections = rejections;
    this.file = file;
    this.width = 1 + Math.max(layout.user, layout.item, layout.weight, layout.time);
    this.bounds = new Int32Array(this.width + 1);
  }

  add({ cells, line }: TableRow): void {
    const { layout } = this;
    const weight = layout.weight >= 0 ? numberCell(cells[layout.weight] ?? '') : 1;
    const cause = this.unusable(cells) ?? this.badWeight(weight);
    if (cause !== null) this.reject(cause, line);
    else {
      const time = layout.time >= 0 ? timeOf(cells[layout.time]!) : Number.NaN;
      this.table.add(cells[layout.user]!.trim(), cells[layout.item]!.trim(), weight, time);
    }
  }

  /** The same of whole lines, without a text per cell where the cells are plain. */
  addLines({ bytes, line: first, separator }: PlainLines): void {
    const { bounds, width } = this;
    for (let at = 0, line = first; at < bytes.length; line++) {
      const start = at;
      let cells = 0;
      bounds[0] = at;
      for (; ; at++) {
        const c = bytes[at]!;
        if (c !== separator && c !== LF) continue;
        if (++cells <= width) bounds[cells] = at + 1;
        if (c === LF) break;
      }
      const end = at++;
      if (end === start) continue;
      if (cells < width) this.reject('row with too few cells', line);
      else if (!this.addPlain(bytes, line))
        this.add({ cells: cellText(bytes, start, end).split(String.fromCharCode(separator)), line });
    }
  }

  /** Takes the line of these bounds when all its cells are plain. */
  private addPlain(bytes: Uint8Array, line: number): boolean {
    const { bounds, layout } = this;
    const end = (column: number): number => bounds[column + 1]! - 1;
    const { user, item } = layout;
    if (!isPlainText(bytes, bounds[user]!, end(user)) || !isPlainText(bytes, bounds[item]!, end(item))) return false;
    const number = (column: number): number => numberBytes(bytes, bounds[column]!, end(column));
    const time = layout.time >= 0 ? number(layout.time) : Number.NaN;
    // It may be a date.
    if (layout.time >= 0 && Number.isNaN(time)) return false;
    const weight = layout.weight >= 0 ? number(layout.weight) : 1;
    const cause = this.badWeight(weight);
    if (cause !== null) this.reject(cause, line);
    else this.table.addBytes(bytes, bounds[user]!, end(user), bounds[item]!, end(item), weight, secondsOf(time));
    return true;
  }

  private reject(cause: string, line: number): void {
    this.rejections.add(cause, `${this.file}:${line}`);
  }

  /** Why the cells cannot be used, or null when they can. */
  private unusable(cells: readonly string[]): string | null {
    if (cells.length < this.width) return 'row with too few cells';
    if (isUnknown(cells[this.layout.user]!)) return 'row without a user';
    return isUnknown(cells[this.layout.item]!) ? 'row without an item' : null;
  }

  private badWeight(weight: number): string | null {
    const { rating } = this.layout;
    if (!Number.isFinite(Math.fround(weight))) return `row with a ${rating ? 'rating' : 'weight'} that is not a number`;
    return weight < 0 && !rating ? 'row with a negative count' : null;
  }
}
