import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import { inputName, unreadable } from '../input.ts';
import { boundedPages, rowRanges, unpackedBytes } from '../parquet-bounds.ts';
import { type ColumnType, SET_VERSION, type SetTable, VERSION_KEY } from './tables.ts';

/** Values as hyparquet gives them; 64-bit integers are bigints. */
export type Values = ArrayLike<unknown>;
/** Rows of a file: the columns that it has, by name. */
export type RowGroup = ReadonlyMap<string, Values> & { readonly rows: number };

/** Row groups are read whole. Spark writes them of 128 MB, packed. */
const MOST_GROUP_BYTES = 1e9;

const FITS: Record<ColumnType, RegExp> = {
  int32: /^INT(32|64)$/,
  float: /^(FLOAT|DOUBLE|INT32|INT64)$/,
  double: /^(FLOAT|DOUBLE|INT32|INT64)$/,
  boolean: /^BOOLEAN$/,
  string: /^BYTE_ARRAY$/,
  strings: /^LIST$/,
  floats: /^LIST$/,
};

/**
 * The row groups of one file of a table, one at a time, so that memory does not grow with the file. Columns that the table does not name are ignored.
 * @throws SegueError FILE_UNREADABLE, COLUMNS_MISSING, FORMAT_NEWER, CANCELLED
 */
export async function* readRowGroups(file: string, table: SetTable, signal?: AbortSignal): AsyncGenerator<RowGroup> {
  try {
    const buffer = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(buffer);
    const compressors = boundedPages((await import('hyparquet-compressors')).compressors);
    // Throws where its counts and places cannot be.
    rowRanges(metadata, buffer.byteLength);
    const columns = columnsOf(file, metadata, table);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      throwIfCancelled(signal, 'The import');
      if (unpackedBytes(group) > MOST_GROUP_BYTES)
        throw new Error(`a row group has ${Math.round(unpackedBytes(group) / 1e6)} MB unpacked`);
      const rows = Number(group.num_rows);
      const values = new Map<string, Values>();
      if (rows > 0)
        await parquetRead({
          file: buffer,
          metadata,
          columns,
          compressors,
          rowStart,
          rowEnd: rowStart + rows,
          onChunk: ({ columnName, columnData, rowStart: from, rowEnd: to }) => {
            // A chunk is a page: those of one column follow each other.
            const before = values.get(columnName);
            if (!before && to - from === rows) values.set(columnName, columnData);
            else {
              const whole = (before ?? new Array<unknown>(rows)) as unknown[];
              for (let i = 0; i < columnData.length; i++) whole[from - rowStart + i] = columnData[i];
              values.set(columnName, whole);
            }
          },
        });
      // A damaged file may leave a column out, or end it early.
      for (const name of columns)
        if (rows > 0 && (values.get(name)?.length ?? 0) < rows) throw new Error(`the column ${name} is incomplete`);
      yield Object.assign(values, { rows });
      rowStart += rows;
    }
  } catch (cause) {
    if (cause instanceof SegueError) throw cause;
    throw unreadable(file, `cannot be read as Parquet (${(cause as Error).message})`, undefined, cause);
  }
}

/** The table's columns that the file has. */
function columnsOf(file: string, metadata: FileMetaData, table: SetTable): string[] {
  const version = Number(metadata.key_value_metadata?.find(({ key }) => key === VERSION_KEY)?.value ?? SET_VERSION);
  if (version > SET_VERSION)
    throw new SegueError('FORMAT_NEWER', {
      got: `${inputName(file)} has version ${version} of the tables`,
      expected: `version ${SET_VERSION} or earlier`,
      remedy: 'Update Segue, or export the set again with this version',
    });
  const found = new Map(
    parquetSchema(metadata).children.map(({ element }) => [
      element.name,
      element.converted_type === 'LIST' || element.logical_type?.type === 'LIST' ? 'LIST' : (element.type ?? 'GROUP'),
    ]),
  );
  const wrong = table.columns.filter(({ name, type, required }) => {
    const has = found.get(name);
    return has === undefined ? required : !FITS[type].test(has);
  });
  if (wrong.length > 0)
    throw new SegueError('COLUMNS_MISSING', {
      got: `${inputName(file)} has the columns ${[...found].map(([name, type]) => `${name} (${type})`).join(', ')}`,
      expected: `${table.name} with ${wrong.map(({ name, type }) => `${name} (${type})`).join(', ')}`,
      remedy: 'See docs/parquet.md for the columns of each table',
    });
  return table.columns.map(({ name }) => name).filter((name) => found.has(name));
}
