import { type AsyncBuffer, asyncBufferFromFile, parquetMetadataAsync, parquetScan, parquetSchema } from 'hyparquet';
import { SegueError } from '../errors.ts';
import { readInput, unreadable } from './input.ts';
import { boundedPages, keepingGroup, rowRanges } from './parquet-bounds.ts';
import { ParquetLines } from './parquet-lines.ts';
import type { PlainLines, TakesLines } from './plain-lines.ts';
import type { TableRow } from './separated-text.ts';

/** Parquet packed in an archive is unpacked in memory. */
const MOST_BYTES = 2 ** 31 - 1;
/** Texts stay bytes: most are copied into a line and never needed as a string. */
const AS_BYTES = { stringFromBytes: (bytes: Uint8Array): Uint8Array => bytes };

/**
 * The rows of a Parquet file, the column names as the first one; as lines where the reader takes them.
 * @param takesLines and @param numberColumns as for `readTableParts` @throws SegueError FILE_UNREADABLE
 */
export async function* readParquet(
  file: string,
  takesLines: () => TakesLines = () => 'none',
  numberColumns: () => readonly number[] = () => [],
): AsyncGenerator<TableRow[] | PlainLines> {
  try {
    const kept = keepingGroup(/\.zip!/i.test(file) ? await inMemory(file) : await asyncBufferFromFile(file));
    const buffer = quietly(kept);
    const metadata = await parquetMetadataAsync(buffer);
    // Makes tables while it is loaded, which a server without such files can do without.
    const compressors = boundedPages((await import('hyparquet-compressors')).compressors);
    const elements = parquetSchema(metadata).children.map((child) => child.element);
    const names = elements.map(({ name }) => name);
    yield [{ cells: names, line: 1 }];
    const ranges = rowRanges(metadata, buffer.byteLength);
    const lines = new ParquetLines(takesLines, numberColumns);
    let line = 2;
    let reading = -1;
    for (const { group, from, to } of ranges) {
      if (group !== reading) kept.forget();
      reading = group;
      // A new one for each range, because it keeps what it read last.
      const scan = await parquetScan({ file: buffer, metadata, compressors, useOffsetIndex: false, parsers: AS_BYTES });
      const columns = await Promise.all(
        elements.map(async ({ name, type }) => {
          const column = await scan.readColumn({ column: name, rowStart: from, rowEnd: to });
          // Bytes that are not text are distinguished by their numbers.
          return type === 'FIXED_LEN_BYTE_ARRAY' ? Array.from(column, String) : column;
        }),
      );
      if (columns.some(({ length }) => length !== to - from)) throw new Error('a group of rows lacks some');
      yield* lines.parts(columns, to - from, line);
      line += to - from;
    }
  } catch (cause) {
    if (cause instanceof SegueError) throw cause;
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
  // biome-ignore lint/suspicious/noThenProperty: derived promises need a handler, too
  promise.then = (...next) => heard(Promise.prototype.then.apply(promise, next) as Promise<never>);
  return promise;
}

async function inMemory(file: string): Promise<ArrayBuffer> {
  const bytes = await readInput(file, MOST_BYTES);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
