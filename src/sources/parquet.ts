import {
  type AsyncBuffer,
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { readInput, unreadable } from './input.ts';
import { boundedPages, keepingGroup, rowRanges } from './parquet-bounds.ts';
import type { TableRow } from './table.ts';

/** Parquet packed in an archive is unpacked in memory. */
const MOST_BYTES = 2 ** 31 - 1;

/** The rows of a Parquet file as text cells, the column names as the first one. @throws SegueError FILE_UNREADABLE */
export async function* readParquet(file: string): AsyncGenerator<TableRow> {
  try {
    const kept = keepingGroup(/\.zip!/i.test(file) ? await inMemory(file) : await asyncBufferFromFile(file));
    const buffer = quietly(kept);
    const metadata = await parquetMetadataAsync(buffer);
    // Makes tables while it is loaded, which a server without such files can do without.
    const compressors = boundedPages((await import('hyparquet-compressors')).compressors);
    const columns = parquetSchema(metadata).children.map((child) => child.element.name);
    yield { cells: columns, line: 1 };
    let line = 2;
    let reading = -1;
    for (const { group, from, to } of rowRanges(metadata, buffer.byteLength)) {
      if (group !== reading) kept.forget();
      reading = group;
      const objects = await parquetReadObjects({ file: buffer, metadata, compressors, rowStart: from, rowEnd: to });
      if (objects.length !== to - from) throw new Error('a group of rows lacks some');
      for (const object of objects) yield { cells: columns.map((name) => cellText(object[name])), line: line++ };
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw unreadable(file, 'does not exist', undefined, cause);
    throw unreadable(file, `cannot be read as Parquet (${(cause as Error).message})`, undefined, cause);
  }
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
