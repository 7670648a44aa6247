import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { SegueError } from '../errors.ts';
import { inputName, unreadable } from './input.ts';
import { readParquet } from './parquet.ts';
import { streamLines, streamText } from './text.ts';

/** A row of a table: cells as text, and the number of its line (the last one, should a cell hold line breaks). */
export interface TableRow {
  cells: readonly string[];
  line: number;
}

export interface TableFormat {
  /** By default the one that the first line holds most of. */
  separator?: string;
  /** False when quotes are plain characters, as in the .dat and .tsv files of research data sets. */
  quoted?: boolean;
}

const SEPARATORS = [',', '\t', ';', '|'];
/** A longer row is an unclosed quote, or the file is no table. */
const LONGEST_ROW = 1 << 22;

/**
 * The rows of a separated-text or Parquet file, the header (if it has one) as the first.
 * @throws SegueError FILE_UNREADABLE
 */
export async function* readRows(file: string, format: TableFormat = {}): AsyncGenerator<TableRow> {
  if (/\.parquet$/i.test(file)) {
    yield* readParquet(file);
    return;
  }
  const separator = format.separator ?? (await guessSeparator(file));
  if (format.quoted ?? separator !== '\t') yield* readQuoted(file, separator);
  else {
    for await (const { text, line } of streamLines(file)) {
      if (text !== '') yield { cells: text.split(separator), line };
    }
  }
}

async function guessSeparator(file: string): Promise<string> {
  for await (const { text } of streamLines(file)) {
    if (text.trim() === '') continue;
    const bare = text.replace(/"[^"]*"/g, '');
    const count = (separator: string): number => bare.split(separator).length;
    return SEPARATORS.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
  }
  throw unreadable(file, 'is empty', 'a table');
}

async function* readQuoted(file: string, separator: string): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    info: true,
  });
  try {
    for await (const item of pipeline(Readable.from(streamText(file)), parser, () => {})) {
      const { record, info } = item as { record: string[]; info: { lines: number } };
      yield { cells: record, line: info.lines };
    }
  } catch (cause) {
    if (cause instanceof SegueError) throw cause;
    const { code, message } = cause as { code?: string; message: string };
    if (code === 'CSV_QUOTE_NOT_CLOSED')
      throw unreadable(file, 'ends inside a quoted cell: it is truncated', undefined, cause);
    if (code === 'CSV_MAX_RECORD_SIZE')
      throw unreadable(file, `has a row of more than ${LONGEST_ROW >> 20} MB`, 'a table: CSV, TSV or Parquet', cause);
    throw unreadable(file, `is not a table (${message})`, 'CSV, TSV or Parquet', cause);
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
