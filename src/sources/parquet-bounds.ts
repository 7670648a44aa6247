import type { AsyncBuffer, Compressors, FileMetaData, RowGroup } from 'hyparquet';

/** Rows [from, to) of a file that are read at once. They belong to one row group. */
export interface RowRange {
  /** Number of the row group. */
  readonly group: number;
  readonly from: number;
  readonly to: number;
}

/** At most so much is read at once: rows, cells, and bytes as the file's footer counts them unpacked. */
const AT_ONCE = { rows: 250_000, cells: 1_000_000, bytes: 64e6 };
/** Rows of one group; writers make groups of some hundred thousand. */
const MOST_ROWS = 100_000_000n;
/** Bytes of a row, on average, as many as a line of a text file may have. */
const MOST_ROW_BYTES = 16e6;
/** Bytes that one page may unpack to. Writers aim at 1 MB; DuckDB's reach 100 MB. */
const MOST_PAGE_BYTES = 256e6;
/** A file of many rows has at least a bit for each: one of fewer says the same again and again. */
const MANY_ROWS = 2_000_000;
/** Packed bytes of a row group that are kept while its rows are read. */
const MOST_KEPT = 256e6;

/**
 * Ranges of rows that lie in one group each. Damaged counts and places would otherwise be read for ever, or beyond
 * the end, and few bytes can stand for gigabytes. @param bytes of the file @throws Error that says what is wrong with the file
 */
export function rowRanges({ row_groups: groups, num_rows: all }: FileMetaData, bytes: number): RowRange[] {
  if (all > MANY_ROWS && Number(all) > 8 * bytes)
    throw new Error(
      `${all.toLocaleString('en')} rows in ${bytes.toLocaleString('en')} bytes can only repeat each other`,
    );
  const ranges: RowRange[] = [];
  let start = 0;
  for (const [number, group] of groups.entries()) {
    checkPlaces(group, bytes);
    const end = start + Number(group.num_rows);
    const step = rowsAtOnce(group);
    for (let from = start; from < end; from += step)
      ranges.push({ group: number, from, to: Math.min(end, from + step) });
    start = end;
  }
  if (BigInt(start) !== all) throw new Error('its counts of rows disagree');
  return ranges;
}

function checkPlaces({ num_rows: rows, columns }: RowGroup, bytes: number): void {
  if (rows < 0 || rows > MOST_ROWS) throw new Error('its counts of rows are impossible');
  for (const { meta_data: column } of columns) {
    const at = column?.dictionary_page_offset || column?.data_page_offset;
    if (!column || !at || at < 0 || column.total_compressed_size < 0 || at + column.total_compressed_size > bytes)
      throw new Error('a column lies beyond its end');
  }
}

/** As the footer counts them. */
export const unpackedBytes = ({ columns }: Pick<RowGroup, 'columns'>): number =>
  columns.reduce((sum, { meta_data: column }) => sum + Number(column!.total_uncompressed_size), 0);

function rowsAtOnce({ num_rows, columns }: RowGroup): number {
  const rows = Math.max(1, Number(num_rows));
  const bytes = unpackedBytes({ columns }) / rows;
  if (bytes > MOST_ROW_BYTES) throw new Error(`its rows have ${Math.round(bytes / 1e6)} MB each`);
  const { rows: most, cells, bytes: room } = AT_ONCE;
  return Math.max(1, Math.floor(Math.min(most, cells / Math.max(1, columns.length), room / Math.max(1, bytes))));
}

/** The same, for pages of at most MOST_PAGE_BYTES unpacked: a page's header may say anything. */
export function boundedPages(compressors: Compressors): Compressors {
  return Object.fromEntries(
    Object.entries(compressors).map(([codec, unpack]) => [
      codec,
      (input: Uint8Array, length: number) => {
        if (!(length <= MOST_PAGE_BYTES)) throw new Error(`a page unpacks to ${length.toLocaleString('en')} bytes`);
        return unpack(input, length);
      },
    ]),
  );
}

/** The file, of which the parts that the last row group was read from are kept: each range of its rows asks for all of them. */
export function keepingGroup(file: AsyncBuffer): AsyncBuffer & { forget(): void } {
  const kept = new Map<string, Promise<ArrayBuffer>>();
  let bytes = 0;
  return {
    byteLength: file.byteLength,
    slice(start, end = file.byteLength) {
      const key = `${start}-${end}`;
      const known = kept.get(key);
      if (known) return known;
      const part = Promise.resolve(file.slice(start, end));
      bytes += end - start;
      if (bytes <= MOST_KEPT) kept.set(key, part);
      return part;
    },
    forget() {
      kept.clear();
      bytes = 0;
    },
  };
}
