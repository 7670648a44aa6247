import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { readInput, unreadable } from './input.ts';
import type { TableRow } from './table.ts';

const ROWS_AT_ONCE = 50_000;
/** Parquet packed in an archive is unpacked in memory. */
const MOST_BYTES = 2 ** 31 - 1;

/** The rows of a Parquet file as text cells, the column names as the first one. @throws SegueError FILE_UNREADABLE */
export async function* readParquet(file: string): AsyncGenerator<TableRow> {
  try {
    const buffer = /\.zip!/i.test(file) ? await inMemory(file) : await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(buffer);
    const columns = parquetSchema(metadata).children.map((child) => child.element.name);
    yield { cells: columns, line: 1 };
    const rows = Number(metadata.num_rows);
    for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
      const rowEnd = Math.min(rows, from + ROWS_AT_ONCE);
      const objects = await parquetReadObjects({ file: buffer, metadata, compressors, rowStart: from, rowEnd });
      for (let i = 0; i < objects.length; i++)
        yield { cells: columns.map((name) => cellText(objects[i]![name])), line: from + i + 2 };
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw unreadable(file, 'does not exist', undefined, cause);
    throw unreadable(file, `is no whole Parquet file (${(cause as Error).message})`, undefined, cause);
  }
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
