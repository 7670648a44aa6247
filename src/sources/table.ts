import type { TextDecoder } from 'node:util';
import { SegueError } from '../errors.ts';
import { inputName, streamInput, unreadable } from './input.ts';
import { readParquet } from './parquet.ts';
import { type PlainLines, readParts, type TakesLines } from './plain-lines.ts';
import { LONGEST_ROW, NotSeparated, SeparatedText, type TableRow, type TableText } from './separated-text.ts';
import { LONGEST_LINE, longLine, textOf } from './text.ts';
import { UnquotedText } from './unquoted-text.ts';

export type { TableRow };

export interface TableFormat {
  /** Default: the most frequent one in the first line. */
  separator?: string;
  /** False when quotes are plain characters, as in the .dat and .tsv files of research data sets. */
  quoted?: boolean;
}

const SEPARATORS = [',', '\t', ';', '|'];
/** Characters that are split at once: few enough that their rows are gone before the memory of young objects is full. */
const AT_ONCE = 1 << 16;

/**
 * The rows of a separated-text or Parquet file, the header (if it has one) as the first.
 * @throws SegueError FILE_UNREADABLE
 */
export async function* readRows(file: string, format: TableFormat = {}): AsyncGenerator<TableRow> {
  for await (const rows of readRowsTogether(file, format)) for (const row of rows) yield row;
}

/** The same in batches: awaiting each row would take longer than reading it. */
export const readRowsTogether = (file: string, format: TableFormat = {}): AsyncGenerator<readonly TableRow[]> =>
  readTableParts(file, format, () => 'none') as AsyncGenerator<readonly TableRow[]>;

/**
 * The same; plain lines come as bytes once the reader wants them. @param takesLines asked before each part
 * @param numberColumns the columns of which the reader takes numbers instead of cells, where the file has them as numbers
 */
export async function* readTableParts(
  file: string,
  format: TableFormat,
  takesLines: () => TakesLines,
  numberColumns: () => readonly number[] = () => [],
): AsyncGenerator<readonly TableRow[] | PlainLines> {
  if (/\.parquet$/i.test(file)) {
    yield* readParquet(file, takesLines, numberColumns);
    return;
  }
  const chunks = streamInput(file);
  try {
    const decoders: TextDecoder[] = [];
    const texts = textOf(file, chunks, (decoder) => decoders.push(decoder));
    const begun: string[] = [];
    const separator = format.separator ?? guessSeparator(await firstLine(file, texts, begun));
    // What decodes the text is known once a piece of it was read.
    if (begun.length === 0) for (const piece of await next(texts)) begun.push(piece);
    const [decoder] = decoders;
    const quotes = format.quoted ?? separator !== '\t';
    const table = quotes ? new SeparatedText(separator) : new UnquotedText(file, separator);
    if (decoder?.encoding === 'utf-8' && separator.length === 1)
      yield* readWhole(file, table, async function* () {
        yield* readTexts(begun, table);
        yield* readParts(file, chunks, decoder, table, separator, takesLines);
      });
    else yield* readWhole(file, table, () => readTexts(joined(begun, texts), table));
  } finally {
    await chunks.return(undefined);
  }
}

async function* joined(begun: readonly string[], texts: AsyncIterable<string>): AsyncGenerator<string> {
  yield* begun;
  yield* texts;
}

/** The next piece, if there is one. */
async function next(texts: AsyncIterator<string>): Promise<readonly string[]> {
  const { done, value } = await texts.next();
  return done ? [] : [value];
}

/** The first line that is not blank, of as many pieces as that takes. @param begun gets the pieces */
async function firstLine(file: string, texts: AsyncIterator<string>, begun: string[]): Promise<string> {
  let open = '';
  for (;;) {
    const { done, value } = await texts.next();
    if (!done) begun.push(value);
    open += done ? '' : value;
    for (let end = open.indexOf('\n'); end >= 0; end = open.indexOf('\n')) {
      const line = open.slice(0, end);
      if (line.trim() !== '') return line;
      open = open.slice(end + 1);
    }
    if (open.length > LONGEST_LINE) throw longLine(file);
    if (!done) continue;
    if (open.trim() === '') throw unreadable(file, 'is empty', 'a table');
    return open;
  }
}

function guessSeparator(line: string): string {
  const bare = line.replace(/"[^"]*"/g, '');
  const count = (separator: string): number => bare.split(separator).length;
  return SEPARATORS.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

type Read<T> = () => AsyncIterable<readonly TableRow[] | T>;

async function* readWhole<T>(file: string, table: TableText, read: Read<T>): AsyncGenerator<readonly TableRow[] | T> {
  try {
    yield* read();
    const rest = table.finish();
    if (rest.length > 0) yield rest;
  } catch (cause) {
    if (!(cause instanceof NotSeparated)) throw cause;
    if (cause.why === 'not closed')
      throw unreadable(file, 'ends inside a quoted cell: it is truncated', undefined, cause);
    throw unreadable(file, `has a row of more than ${LONGEST_ROW >> 20} MB`, 'a table: CSV, TSV or Parquet', cause);
  }
}

async function* readTexts(
  texts: Iterable<string> | AsyncIterable<string>,
  table: TableText,
): AsyncGenerator<TableRow[]> {
  for await (const text of texts)
    for (let at = 0; at < text.length; at += AT_ONCE) {
      const rows = table.take(text.slice(at, at + AT_ONCE));
      if (rows.length > 0) yield rows;
    }
}

/** What a column is called when spelling, case and punctuation don't count: "Artist Name(s)" and artist_names are one. */
export const columnKey = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** @throws SegueError COLUMNS_MISSING naming the columns that are there */
export function columnsMissing(file: string, columns: readonly string[], expected: string): SegueError {
  const there = columns.slice(0, 12).join(', ') + (columns.length > 12 ? ', …' : '');
  return new SegueError('COLUMNS_MISSING', {
    got: `${inputName(file)} has the columns ${there || '(none)'}`,
    expected,
    remedy: 'Check that it is the right file for this source',
  });
}
