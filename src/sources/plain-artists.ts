import type { ArtistColumns as Columns } from '../dataset/rows.ts';
import { StringColumnBuilder } from '../dataset/strings.ts';
import type { ArtistColumns } from './artist-table.ts';
import { listCell, uriCell } from './cells.ts';
import { LineCells } from './line-cells.ts';
import { NamesOfRows } from './names-of-rows.ts';
import { CellMeanings, cellText, isOneName, isTrimmedAscii, numberBytes } from './plain-cells.ts';
import type { PlainLines } from './plain-lines.ts';
import type { TableTally } from './table-tally.ts';

const LF = 0x0a;
const encoder = new TextEncoder();

/** Reads lines of a table of artists into columns: the same as `artistRow` of each, without a text or an object per row. */
export class PlainArtists {
  /** Artists' numbers are few and short: they are read from their cells. */
  readonly numberColumns: readonly number[] = [];
  private readonly columns: ArtistColumns;
  private readonly cells: LineCells;
  private readonly genres = new CellMeanings((cell) => listCell(cell).map((name) => encoder.encode(name)));
  private line = 0;
  private part: Part | null = null;

  constructor(columns: ArtistColumns) {
    this.columns = columns;
    this.cells = new LineCells(
      1 + Math.max(columns.uri, columns.name, columns.genres, columns.popularity, columns.followers),
    );
  }

  /** Whether a table of these columns can be read so: others tell the genres by several columns. */
  static takes({ spread }: ArtistColumns): boolean {
    return spread.length === 0;
  }

  /**
   * Reads lines from a place on, until they end or the batch is full. @returns the artists, in memory that the next call writes to, and the place of
   * the next line
   */
  read(
    { bytes, lines, line: first, separator, quoted }: PlainLines,
    at: number,
    tally: TableTally,
  ): { artists: Columns | undefined; at: number } {
    if (at === 0) this.line = first;
    const part = this.partOf(Math.min(lines, tally.room));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    while (at < bytes.length && !tally.isFull) {
      const line = this.line++;
      if (bytes[at] === LF) {
        at++;
        continue;
      }
      at = this.cells.take(bytes, at, separator, quoted);
      this.take(bytes, view, part, line, tally);
      tally.addRow();
    }
    return { artists: part.finish(), at };
  }

  private partOf(rows: number): Part {
    if (this.part && this.part.rows >= rows) this.part.clear();
    else this.part = new Part(this.columns, rows);
    return this.part;
  }

  private take(bytes: Uint8Array, view: DataView, part: Part, line: number, tally: TableTally): void {
    const { uri, name, genres, popularity, followers } = this.columns;
    const { starts, ends } = this.cells;
    const [from, to] = [starts[name]!, ends[name]!];
    const plain = isTrimmedAscii(bytes, from, to);
    const text = plain ? '' : cellText(bytes, from, to).trim();
    if (plain ? from === to : text === '') {
      tally.reject('row without an artist name', line);
      return;
    }
    const one = genres >= 0 && isOneName(bytes, starts[genres]!, ends[genres]!);
    const names = one || genres < 0 ? [] : this.genres.of(bytes, view, starts[genres]!, ends[genres]!);
    if (!tally.areFew(line, 0, one ? 1 : names.length)) return;
    if (plain) part.name.pushRange(bytes, from, to);
    else part.name.push(text);
    part.uri?.push(uriCell(cellText(bytes, starts[uri]!, ends[uri]!), 'artist', 'artist') ?? '');
    if (one) part.genres.names.pushRange(bytes, starts[genres]!, ends[genres]!);
    else for (const genre of names) part.genres.names.pushBytes(genre);
    part.genres.close();
    const row = part.count++;
    if (part.popularity) part.popularity[row] = numberBytes(bytes, starts[popularity]!, ends[popularity]!);
    if (part.followers) part.followers[row] = numberBytes(bytes, starts[followers]!, ends[followers]!);
  }
}

/** Columns that are being filled. */
class Part {
  count = 0;
  /** At most. */
  readonly rows: number;
  readonly name: StringColumnBuilder;
  readonly genres: NamesOfRows;
  readonly uri?: StringColumnBuilder;
  readonly popularity?: Float64Array;
  readonly followers?: Float64Array;

  constructor(columns: ArtistColumns, rows: number) {
    this.rows = rows;
    this.name = new StringColumnBuilder(rows, rows * 16);
    this.genres = new NamesOfRows(rows);
    if (columns.uri >= 0) this.uri = new StringColumnBuilder(rows, rows * 16);
    if (columns.popularity >= 0) this.popularity = new Float64Array(rows);
    if (columns.followers >= 0) this.followers = new Float64Array(rows);
  }

  clear(): void {
    this.count = 0;
    this.name.clear();
    this.genres.clear();
    this.uri?.clear();
  }

  finish(): Columns | undefined {
    const { count, name, genres, uri, popularity, followers } = this;
    if (count === 0) return undefined;
    return { name: name.peek(), genres: genres.peek(), uri: uri?.peek(), popularity, followers };
  }
}
