import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { readInput, unreadable } from './input.ts';
import type { TableRow } from './table.ts';

const ROWS_AT_ONCE = 50_000;
/** Parquet packed in an archive is unpacked in memory. */
/** Rows of one group; writers make groups of some hundred thousand. */
const MOST_ROWS = 100_000_000n;
const MOST_BYTES = 2 ** 31 - 1;

/** The rows of a Parquet file as text cells, the column names as the first one. @throws SegueError FILE_UNREADABLE */
export async function* readParquet(file: string): AsyncGenerator<TableRow> {
  try {
    const buffer = quietly(/\.zip!/i.test(file) ? await inMemory(file) : await asyncBufferFromFile(file));
    const metadata = await parquetMetadataAsync(buffer);
    // Makes tables while it is loaded, which a server without such files can do without.
    const { compressors } = await import('hyparquet-compressors');
    const columns = parquetSchema(metadata).children.map((child) => child.element.name);
    yield { cells: columns, line: 1 };
    let line = 2;
    for (const { from, to } of pieces(metadata, buffer.byteLength)) {
      const objects = await parquetReadObjects({ file: buffer, metadata, compressors, rowStart: from, rowEnd: to });
      if (objects.length !== to - from) throw new Error('a group of rows lacks some');
      for (const object of objects) yield { cells: columns.map((name) => cellText(object[name])), line: line++ };
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw unreadable(file, 'does not exist', undefined, cause);
    throw unreadable(file, `is not a complete Parquet file (${(cause as Error).message})`, undefined, cause);
  }
}

/** Ranges of rows that lie in one group each. Damaged counts and places would otherwise be read for ever, or beyond the end. */
function pieces({ row_groups: groups, num_rows: all }: FileMetaData, bytes: number): { from: number; to: number }[] {
  const out: { from: number; to: number }[] = [];
  let start = 0;
  for (const { num_rows: rows, columns } of groups) {
    if (rows < 0 || rows > MOST_ROWS) throw new Error('its counts of rows are impossible');
    for (const { meta_data: column } of columns) {
      const at = column?.dictionary_page_offset || column?.data_page_offset;
      if (!column || !at || at < 0 || column.total_compressed_size < 0 || at + column.total_compressed_size > bytes)
        throw new Error('a column lies beyond its end');
    }
    const end = start + Number(rows);
    for (let from = start; from < end; from += ROWS_AT_ONCE) out.push({ from, to: Math.min(end, from + ROWS_AT_ONCE) });
    start = end;
  }
  if (BigInt(start) !== all) throw new Error('its counts of rows disagree');
  return out;
}

/**
 * The reader begins all columns of a group at once; when one is found damaged before the others are waited for, their failures would go
 * unheard and end the process. Here each promise that grows from a read counts as heard; whoever awaits it still gets the error.
 */
function quietly(file: AsyncBuffer): AsyncBuffer {
  return { byteLength: file.byteLength, slice: (start, end) => heard(Promise.resolve(file.slice(start, end))) };
}

function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  // biome-ignore lint/suspicious/noThenProperty: what is derived from it must be heard as well
  promise.then = (...next) => heard(Promise.prototype.then.apply(promise, next) as Promise<never>);
  return promise;
}

async function inMemory(file: string): Promise<ArrayBuffer> {
  const bytes = await readInput(file, MOST_BYTES);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return JSON.stringify(value.map(cellText));
  return String(value);
}
