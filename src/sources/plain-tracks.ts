import type { AudioFeature } from '../dataset/audio-features.ts';
import type { TrackColumns as Columns } from '../dataset/rows.ts';
import { StringColumnBuilder } from '../dataset/strings.ts';
import { artistsCell, booleanCell, listCell, textCell } from './cells.ts';
import { NamesOfRows } from './names-of-rows.ts';
import { CellMeanings, cellText, isOneName, isPlainText, numberBytes, yearBytes } from './plain-cells.ts';
import type { PlainLines } from './plain-lines.ts';
import type { TableTally } from './table-tally.ts';
import { type TrackColumns, trackUri } from './track-table.ts';
import { UriBytes } from './uri-bytes.ts';

const [LF, QUOTE] = [0x0a, 0x22];

/** Reads lines of a table of tracks into columns: the same as `trackRow` of each, without a text or an object per row. */
export class PlainTracks {
  /** Columns of which numbers are taken instead of cells. */
  readonly numberColumns: readonly number[];
  private readonly columns: TrackColumns;
  private readonly width: number;
  /** Start and end of each cell of the line, without quotes. */
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly artists = new CellMeanings((cell) => artistsCell(cell).map((name) => encoder.encode(name)));
  private readonly genres = new CellMeanings((cell) => listCell(cell).map((name) => encoder.encode(name)));
  private readonly truths = new CellMeanings((cell) => Number(booleanCell(cell) ?? -1));
  private readonly uri = new UriBytes('tracks', (text) => trackUri([text]));
  private line = 0;
  private part: Part | null = null;

  constructor(columns: TrackColumns, width: number) {
    this.columns = columns;
    this.numberColumns = columns.features.map(({ column }) => column);
    this.width = width;
    this.starts = new Int32Array(width);
    this.ends = new Int32Array(width);
  }

  /** Whether a table of these columns can be read so: others tell one thing by several columns. */
  static takes({ uri, spread, artistUris, albumUri }: TrackColumns): boolean {
    return uri.length === 1 && spread.length === 0 && artistUris < 0 && albumUri < 0;
  }

  /**
   * Reads lines from a place on, until they end or the batch is full. @returns the tracks, in memory that the next call writes to, and the place of
   * the next line
   */
  read(
    { bytes, lines, line: first, separator, quoted, numbers }: PlainLines,
    at: number,
    tally: TableTally,
  ): { tracks: Columns | undefined; at: number } {
    const { starts, ends, width } = this;
    if (at === 0) this.line = first;
    const part = this.partOf(Math.min(lines, tally.room));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    while (at < bytes.length && !tally.isFull) {
      const line = this.line++;
      let c = bytes[at]!;
      if (c === LF) {
        at++;
        continue;
      }
      let cells = 0;
      let surplus = false;
      for (;;) {
        let from = at;
        let to = at;
        c = bytes[at]!;
        if (quoted && c === QUOTE) {
          from = ++at;
          while (bytes[at] !== QUOTE) at++;
          to = at;
          c = bytes[++at]!;
        } else {
          while (c !== separator && c !== LF) c = bytes[++at]!;
          to = at;
        }
        if (cells < width) {
          starts[cells] = from;
          ends[cells] = to;
        } else surplus ||= to > from;
        cells++;
        at++;
        if (c === LF) break;
      }
      if (cells < width) tally.reject('row with too few cells', line);
      else if (surplus) tally.reject('row with too many cells', line);
      else if (this.take(bytes, view, part, line, tally)) {
        const row = part.count - 1;
        for (const { column, values } of part.features)
          values[row] = numbers
            ? numbers.get(column)![line - first]!
            : numberBytes(bytes, starts[column]!, ends[column]!);
      }
      tally.addRow();
    }
    return { tracks: part.finish(), at };
  }

  /** Columns for this many rows, reused: new ones for each part would be most of the garbage collector's work. */
  private partOf(rows: number): Part {
    if (this.part && this.part.rows >= rows) this.part.clear();
    else this.part = new Part(this.columns, rows);
    return this.part;
  }

  /** Takes a line, but for its features. @returns whether it is a track */
  private take(bytes: Uint8Array, view: DataView, part: Part, line: number, tally: TableTally): boolean {
    const { columns, starts, ends, uri } = this;
    const id = columns.uri[0]!;
    const cause = uri.read(bytes, starts[id]!, ends[id]!);
    if (cause !== null) {
      tally.reject(cause, line);
      return false;
    }
    const artists = this.namesOf(this.artists, columns.artists, bytes, view);
    const genres = this.namesOf(this.genres, columns.genres, bytes, view);
    if (!tally.areFew(line, artists ? artists.length : 1, genres ? genres.length : 1)) return false;
    part.uri.pushRange(uri.bytes, uri.from, uri.to, uri.prefix);
    const { name, album, year, popularity, explicit } = columns;
    if (part.artists) this.push(part.artists, artists, columns.artists, bytes);
    if (part.genres) this.push(part.genres, genres, columns.genres, bytes);
    if (part.album) pushText(part.album, bytes, starts[album]!, ends[album]!);
    if (part.name) pushText(part.name, bytes, starts[name]!, ends[name]!);
    const row = part.count++;
    if (part.year) part.year[row] = yearBytes(bytes, starts[year]!, ends[year]!);
    if (part.popularity) part.popularity[row] = numberBytes(bytes, starts[popularity]!, ends[popularity]!);
    if (part.explicit) part.explicit[row] = this.truths.of(bytes, view, starts[explicit]!, ends[explicit]!);
    if (part.durationMs) {
      const inMs = columns.durationMs >= 0;
      const column = inMs ? columns.durationMs : columns.durationSeconds;
      const duration = numberBytes(bytes, starts[column]!, ends[column]!);
      part.durationMs[row] = inMs ? duration : Math.round(duration * 1000);
    }
    return true;
  }

  /** The names in a cell of the line; null where the cell is one name. */
  private namesOf(
    meanings: CellMeanings<readonly Uint8Array[]>,
    column: number,
    bytes: Uint8Array,
    view: DataView,
  ): readonly Uint8Array[] | null {
    if (column < 0) return NO_NAMES;
    const [from, to] = [this.starts[column]!, this.ends[column]!];
    return isOneName(bytes, from, to) ? null : meanings.of(bytes, view, from, to);
  }

  private push(lists: NamesOfRows, names: readonly Uint8Array[] | null, column: number, bytes: Uint8Array): void {
    if (names) for (const name of names) lists.names.pushBytes(name);
    else lists.names.pushRange(bytes, this.starts[column]!, this.ends[column]!);
    lists.close();
  }
}

const encoder = new TextEncoder();
const NO_NAMES: readonly Uint8Array[] = [];

/** Columns that are being filled. */
class Part {
  count = 0;
  /** At most. */
  readonly rows: number;
  readonly uri: StringColumnBuilder;
  readonly name?: StringColumnBuilder;
  readonly artists?: NamesOfRows;
  readonly album?: StringColumnBuilder;
  readonly genres?: NamesOfRows;
  readonly year?: Float64Array;
  readonly popularity?: Float64Array;
  readonly durationMs?: Float64Array;
  readonly explicit?: Int8Array;
  readonly features: readonly { id: AudioFeature; column: number; values: Float64Array }[];

  constructor(columns: TrackColumns, rows: number) {
    const numbers = (column: number): Float64Array | undefined => (column >= 0 ? new Float64Array(rows) : undefined);
    this.rows = rows;
    this.uri = new StringColumnBuilder(rows, rows * 16);
    if (columns.name >= 0) this.name = new StringColumnBuilder(rows, rows * 16);
    if (columns.artists >= 0) this.artists = new NamesOfRows(rows);
    if (columns.album >= 0) this.album = new StringColumnBuilder(rows, rows * 16);
    if (columns.genres >= 0) this.genres = new NamesOfRows(rows);
    this.year = numbers(columns.year);
    this.popularity = numbers(columns.popularity);
    this.durationMs = numbers(Math.max(columns.durationMs, columns.durationSeconds));
    if (columns.explicit >= 0) this.explicit = new Int8Array(rows);
    this.features = columns.features.map((feature) => ({ ...feature, values: new Float64Array(rows) }));
  }

  clear(): void {
    this.count = 0;
    this.uri.clear();
    this.name?.clear();
    this.artists?.clear();
    this.album?.clear();
    this.genres?.clear();
  }

  finish(): Columns | undefined {
    const { count, uri, name, artists, album, genres, year, popularity, durationMs, explicit, features } = this;
    if (count === 0) return undefined;
    return {
      uri: uri.peek(),
      name: name?.peek(),
      artists: artists?.peek(),
      album: album?.peek(),
      genres: genres?.peek(),
      year,
      popularity,
      durationMs,
      explicit,
      features: Object.fromEntries(features.map(({ id, values }) => [id, values])),
    };
  }
}

function pushText(texts: StringColumnBuilder, bytes: Uint8Array, from: number, to: number): void {
  if (isPlainText(bytes, from, to)) texts.pushRange(bytes, from, to);
  else texts.push(textCell(cellText(bytes, from, to)) ?? '');
}
