import type { TextDecoder } from 'node:util';
import type { TableRow, TableText } from './separated-text.ts';
import { BLANK, tooBlank } from './text.ts';

/**
 * Whole lines of a table, each ended by \n: a row's cells are what lies between its separators. Where cells are quoted, each begins with a quote
 * and ends with the next one, which no line break comes before; all other quotes are plain characters.
 */
export interface PlainLines {
  /** UTF-8, or what should be. */
  readonly bytes: Uint8Array;
  readonly lines: number;
  /** Number of the first one. */
  readonly line: number;
  /** Of one byte. */
  readonly separator: number;
  /** Whether some cells are quoted. */
  readonly quoted: boolean;
  /** Columns that come as a number per line and have empty cells, by column. */
  readonly numbers?: ReadonlyMap<number, Float64Array>;
}

/** What a reader takes of a table: rows only, lines without quotes as bytes, or those with quoted cells too. */
export type TakesLines = 'none' | 'unquoted' | 'quoted';

export const arePlain = (part: readonly TableRow[] | PlainLines): part is PlainLines => 'bytes' in part;

/** Bytes that are split at once: few enough that their rows are gone before the memory of young objects is full. */
const AT_ONCE = 1 << 16;
const [LF, CR, QUOTE, SPACE] = [0x0a, 0x0d, 0x22, 0x20];

/**
 * The rest of a table whose beginning was read: plain lines as bytes, others as rows. What a row is does not depend on which way it came.
 * @param decoder of what came before, which may have ended amid a character @param takesLines what the reader takes by now
 * @throws SegueError FILE_UNREADABLE, NotSeparated
 */
export async function* readParts(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  decoder: TextDecoder,
  table: TableText,
  separator: string,
  takesLines: () => TakesLines,
): AsyncGenerator<readonly TableRow[] | PlainLines> {
  /** Whether the decoder is not in the middle of a character. */
  let whole = false;
  for await (const part of cut(file, chunks)) {
    const ended = part[part.length - 1] === LF;
    // The line that two chunks share may be long.
    const short = part.length <= AT_ONCE;
    const takes =
      whole && ended && short && table.isBetweenRows && table.endsLinesWith === '\n' ? takesLines() : 'none';
    const plain = takes === 'none' ? null : plainLines(part, table, separator.charCodeAt(0), takes);
    if (plain) {
      yield plain;
      table.pass(plain.lines);
      continue;
    }
    const rows = table.take(decoder.decode(part, { stream: true }));
    whole = ended;
    if (rows.length > 0) yield rows;
  }
  const rows = table.take(decoder.decode());
  if (rows.length > 0) yield rows;
}

/** The bytes in small parts that end at line ends, if there are any. */
async function* cut(file: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0);
  for await (const bytes of chunks) {
    if (bytes.length >= BLANK && bytes.every((byte) => byte <= SPACE)) throw tooBlank(file);
    let at = 0;
    if (rest.length > 0) {
      // Of two chunks no more is copied than the line that both have a part of.
      at = Math.min(AT_ONCE, bytes.indexOf(LF) + 1 || bytes.length);
      yield Buffer.concat([rest, bytes.subarray(0, at)]);
      rest = new Uint8Array(0);
    }
    while (at < bytes.length) {
      const window = bytes.subarray(at, at + AT_ONCE);
      const length = window.lastIndexOf(LF) + 1;
      if (length === 0 && at + window.length === bytes.length) {
        rest = window;
        break;
      }
      yield length > 0 ? window.subarray(0, length) : window;
      at += length > 0 ? length : window.length;
    }
  }
  if (rest.length > 0) yield rest;
}

/** The bytes as plain lines, or null if they are not plain. They end with \n. */
function plainLines(
  bytes: Uint8Array,
  { quotes, nextLine }: TableText,
  separator: number,
  takes: TakesLines,
): PlainLines | null {
  let lines = 0;
  let quoted = false;
  let before = LF;
  for (let i = 0; i < bytes.length; i++) {
    let c = bytes[i]!;
    if (c === CR) return null;
    if (quotes && c === QUOTE) {
      if (takes !== 'quoted' || (before !== separator && before !== LF)) return null;
      i = cellEnd(bytes, i, separator);
      if (i < 0) return null;
      quoted = true;
      c = bytes[i]!;
    }
    if (c === LF) lines++;
    before = c;
  }
  return { bytes, lines, line: nextLine, separator, quoted };
}

/** Position of the separator or \n directly after the next quote of a quoted cell; −1 if another character follows, or a line break precedes it. */
function cellEnd(bytes: Uint8Array, from: number, separator: number): number {
  for (let i = from + 1; ; i++) {
    const c = bytes[i]!;
    if (c === LF || c === CR) return -1;
    if (c !== QUOTE) continue;
    const end = bytes[i + 1]!;
    return end === separator || end === LF ? i + 1 : -1;
  }
}
