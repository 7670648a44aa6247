import type { TextDecoder } from 'node:util';
import type { TableRow, TableText } from './separated-text.ts';
import { BLANK, tooBlank } from './text.ts';

/** Whole lines of a table without a quote that means anything, each ended by \n: a row's cells are what lies between its separators. */
export interface PlainLines {
  /** UTF-8, or what should be. */
  readonly bytes: Uint8Array;
  readonly lines: number;
  /** Number of the first one. */
  readonly line: number;
  /** Of one byte. */
  readonly separator: number;
}

export const arePlain = (part: readonly TableRow[] | PlainLines): part is PlainLines => 'bytes' in part;

/** Bytes that are split at once: few enough that their rows are gone before the memory of young objects is full. */
const AT_ONCE = 1 << 16;
const [LF, CR, QUOTE, SPACE] = [0x0a, 0x0d, 0x22, 0x20];

/**
 * The rest of a table whose beginning was read: lines without a quote as bytes, others as rows. What a row is does not depend on which way it came.
 * @param decoder of what came before, which may have ended amid a character @param takesLines whether the reader wants bytes by now
 * @throws SegueError FILE_UNREADABLE, NotSeparated
 */
export async function* readParts(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  decoder: TextDecoder,
  table: TableText,
  separator: string,
  takesLines: () => boolean,
): AsyncGenerator<readonly TableRow[] | PlainLines> {
  /** Whether the decoder holds no part of a character. */
  let whole = false;
  for await (const part of cut(file, chunks)) {
    const ended = part[part.length - 1] === LF;
    // The line that two chunks share may be long.
    const short = part.length <= AT_ONCE;
    const plain = whole && ended && short && table.isBetweenRows && table.endsLinesWith === '\n' && takesLines();
    const lines = plain ? plainLines(part, table.quotes) : -1;
    if (lines >= 0) {
      yield { bytes: part, lines, line: table.nextLine, separator: separator.charCodeAt(0) };
      table.pass(lines);
      continue;
    }
    const rows = table.take(decoder.decode(part, { stream: true }));
    whole = ended;
    if (rows.length > 0) yield rows;
  }
  const rows = table.take(decoder.decode());
  if (rows.length > 0) yield rows;
}

/** The bytes in small parts, which end where a line does wherever one does. */
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

/** How many whole plain lines these bytes are; −1 when they are anything else. */
function plainLines(bytes: Uint8Array, quotes: boolean): number {
  let lines = 0;
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i]!;
    if (c === CR || (quotes && c === QUOTE)) return -1;
    if (c === LF) lines++;
  }
  return lines;
}
