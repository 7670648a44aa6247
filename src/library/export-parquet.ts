import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { AUDIO_FEATURES } from '../dataset/audio-features.ts';
import type { Dataset, Lists } from '../dataset/dataset.ts';
import type { StringColumn } from '../dataset/strings.ts';
import type { Vocabulary } from '../dataset/vocabulary.ts';
import { SegueError, throwIfCancelled } from '../errors.ts';
import type { OnProgress } from '../math/progress.ts';
import {
  parquetSchemaOf,
  SET_FILE,
  SET_TABLES,
  SET_VERSION,
  type SetIdentity,
  type SetTableName,
  snake,
  VERSION_KEY,
} from '../sources/parquet-set/tables.ts';

/** Rows per row group, which readers decode at once. */
const GROUP_ROWS = 250_000;
/** Rows per file, so that engines can read several files in parallel. */
const FILE_ROWS = 4_000_000;

export interface ExportOptions {
  readonly signal?: AbortSignal;
  /** Fraction of the rows written, 0–1, and the table being written. */
  readonly onProgress?: OnProgress;
  /** Rows per file and per row group; smaller ones are for tests. */
  readonly fileRows?: number;
  readonly groupRows?: number;
}

/** Rows and files written, by table. */
export type ExportReport = Record<SetTableName, { rows: number; files: number }>;

type Cell = string | number | boolean | null | readonly string[];
/** The values of rows from … to of one column. */
type ColumnSlice = (from: number, to: number) => ArrayLike<Cell>;

/**
 * Writes a dataset as the four Parquet tables of `SET_TABLES` (zstd) to a new or empty folder. The folder appears whole or
 * not at all.
 * @throws SegueError FILE_UNREADABLE when the folder is not empty or cannot be written, CANCELLED
 */
export async function exportParquet(
  dataset: Dataset,
  folder: string,
  options: ExportOptions = {},
): Promise<ExportReport> {
  await refuseFull(folder);
  const draft = `${resolve(folder)}.${process.pid}.part`;
  const counts = { tracks: 0, artists: 0, owners: 0, entries: 0 };
  const sizes: Record<SetTableName, number> = {
    tracks: dataset.tracks.count,
    artists: dataset.artists.count,
    owners: dataset.owners.count,
    entries: dataset.byOwner.idx.length,
  };
  const total = Math.max(
    1,
    Object.values(sizes).reduce((sum, rows) => sum + rows),
  );
  let done = 0;
  try {
    for (const name of ['tracks', 'artists', 'owners', 'entries'] as const) {
      await mkdir(join(draft, name), { recursive: true });
      const columns = COLUMNS[name](dataset);
      counts[name] = await writeTable(join(draft, name), name, columns, sizes[name], options, (rows) => {
        options.onProgress?.({ fraction: (done + rows) / total, note: name });
      });
      done += sizes[name];
    }
    const identity: SetIdentity = { version: SET_VERSION, catalogueId: dataset.catalogueId, rows: sizes };
    await writeFile(join(draft, SET_FILE), `${JSON.stringify(identity)}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    if (error instanceof SegueError) throw error;
    throw new SegueError('FILE_UNREADABLE', {
      got: `The folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown cause'})`,
      expected: 'a writable folder with enough free space',
      remedy: 'Choose another folder, or free some space',
      cause: error,
    });
  }
  const report = {} as ExportReport;
  for (const name of Object.keys(sizes) as SetTableName[]) report[name] = { rows: sizes[name], files: counts[name] };
  return report;
}

async function refuseFull(folder: string): Promise<void> {
  const held = await readdir(folder).catch(() => []);
  if (held.length > 0)
    throw new SegueError('FILE_UNREADABLE', {
      got: `The folder ${folder} already holds ${held.length} ${held.length === 1 ? 'entry' : 'entries'}`,
      expected: 'a new or empty folder',
      remedy: 'Choose another folder, or remove this one',
    });
}

async function writeTable(
  folder: string,
  name: SetTableName,
  columns: Readonly<Record<string, ColumnSlice>>,
  rows: number,
  { signal, fileRows = FILE_ROWS, groupRows = GROUP_ROWS }: ExportOptions,
  onRows: (rows: number) => void,
): Promise<number> {
  const table = SET_TABLES[name];
  let files = 0;
  for (let start = 0; start === 0 || start < rows; start += fileRows) {
    const writer = new ParquetWriter({
      writer: fileWriter(join(folder, `part-${String(files++).padStart(5, '0')}.parquet`)),
      schema: parquetSchemaOf(table),
      codec: 'ZSTD',
      compressors: { ZSTD: (input: Uint8Array) => zstdCompressSync(input) },
      kvMetadata: [{ key: VERSION_KEY, value: String(SET_VERSION) }],
      createdBy: 'segue',
    });
    const end = Math.min(rows, start + fileRows);
    for (let from = start; from < end; from += groupRows) {
      throwIfCancelled(signal, 'The export');
      const to = Math.min(end, from + groupRows);
      await writer.write({
        columnData: table.columns.map((column) => ({
          name: column.name,
          data: columns[column.name]!(from, to) as Cell[],
        })),
        rowGroupSize: groupRows,
      });
      onRows(to);
      // Yield to signals and other work between row groups.
      await new Promise(setImmediate);
    }
    await writer.finish();
  }
  return files;
}

const each =
  (value: (row: number) => Cell): ColumnSlice =>
  (from, to) =>
    Array.from({ length: to - from }, (_, i) => value(from + i));

const texts = (column: StringColumn): ColumnSlice => each((row) => (column.isEmpty(row) ? null : column.get(row)));
const ids = (vocabulary: Vocabulary): ColumnSlice => each((row) => vocabulary.id(row));
/** Numbers for which a negative value or NaN means unknown. */
const known = (column: ArrayLike<number>): ColumnSlice => each((row) => (column[row]! >= 0 ? column[row]! : null));
const listed = ({ ptr, idx }: Lists, text: (number: number) => string): ColumnSlice =>
  each((row) => Array.from(idx.subarray(ptr[row]!, ptr[row + 1]!), text));
const numbered: ColumnSlice = each((row) => row);

const COLUMNS: Record<SetTableName, (dataset: Dataset) => Record<string, ColumnSlice>> = {
  tracks: ({ tracks, artists, albums, genres }) => ({
    track: numbered,
    uri: ids(tracks.vocabulary),
    name: texts(tracks.names),
    artist_uris: listed(tracks.artists, (a) => artists.vocabulary.id(a)),
    artist_names: listed(tracks.artists, (a) => artists.names.get(a)),
    album: each((t) => (tracks.album[t]! >= 0 ? albums.names.get(tracks.album[t]!) : null)),
    year: known(tracks.year),
    popularity: known(tracks.popularity),
    explicit: each((t) => (tracks.explicit[t]! >= 0 ? tracks.explicit[t] === 1 : null)),
    duration_ms: known(tracks.durationMs),
    genres: listed(tracks.genres, (g) => genres.id(g)),
    ...Object.fromEntries(
      AUDIO_FEATURES.map(({ id }, f) => [
        snake(id),
        each((t) => {
          const value = tracks.features[t * AUDIO_FEATURES.length + f] ?? Number.NaN;
          return Number.isNaN(value) ? null : value;
        }),
      ]),
    ),
  }),
  artists: ({ artists, genres }) => ({
    artist: numbered,
    uri: ids(artists.vocabulary),
    name: each((a) => artists.names.get(a)),
    popularity: known(artists.popularity),
    followers: known(artists.followers),
    genres: listed(artists.genres, (g) => genres.id(g)),
  }),
  owners: ({ owners }) => ({
    owner: numbered,
    id: ids(owners.vocabulary),
    kind: each((o) => (owners.kind[o] === 1 ? 'person' : 'playlist')),
    title: texts(owners.titles),
    followers: known(owners.followers),
    modified_at: known(owners.modifiedAt),
  }),
  entries: ({ byOwner, times }) => {
    const { ptr, idx, values } = byOwner;
    const nothing = each(() => null);
    // Entry rows ascend, so each owner is found by advancing from the previous one.
    const positions = (from: number, to: number, take: (owner: number, position: number) => number): Int32Array => {
      const out = new Int32Array(to - from);
      let owner = firstAfter(ptr, from) - 1;
      for (let e = from; e < to; e++) {
        while (e >= ptr[owner + 1]!) owner++;
        out[e - from] = take(owner, e - ptr[owner]!);
      }
      return out;
    };
    return {
      owner: (from, to) => positions(from, to, (owner) => owner),
      track: (from, to) => idx.subarray(from, to),
      position: (from, to) => positions(from, to, (_, position) => position),
      weight: values ? (from, to) => Float32Array.from(values.subarray(from, to)) : nothing,
      time: times ? each((e) => (Number.isNaN(times[e]!) ? null : times[e]!)) : nothing,
    };
  },
};

/** The first index whose value is greater than `value` in an ascending array. */
function firstAfter(ascending: Int32Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
