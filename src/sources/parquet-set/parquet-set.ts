import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AUDIO_FEATURES, type AudioFeature } from '../../dataset/audio-features.ts';
import { Rejections } from '../../dataset/rejections.ts';
import { type Batch, emptyBatch, type TrackRow } from '../../dataset/rows.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import { hashInput, inputName } from '../input.ts';
import type { ReadOptions, Source } from '../source.ts';
import { type RowGroup, readRowGroups } from './columns.ts';
import { EntryTable } from './entry-table.ts';
import { SET_TABLES, type SetTableName, snake } from './tables.ts';

const BATCH_ROWS = 10_000;
/** Entries of the owners of one batch. */
const BATCH_ENTRIES = 100_000;
const PART = /\.parquet$/i;

/** A library, or any other data, as the Parquet tables of docs/parquet.md: what `segue export parquet` writes, or another engine. */
export const parquetSet: Source = {
  id: 'parquet',
  title: 'Parquet tables of a library',
  licence: 'The terms of the data that the tables hold',
  citation: '',
  expects:
    'a folder with tracks/, owners/ and entries/ (and artists/) of Parquet files, as `segue export parquet` writes',
  options: {},
  async files(paths) {
    for (const path of paths) for (const name of ['tracks', 'owners', 'entries'] as const) await partsOf(path, name);
    return [...paths];
  },
  async identify(folder) {
    const hash = createHash('sha256');
    let bytes = 0;
    for (const name of Object.keys(SET_TABLES) as SetTableName[])
      for (const part of await partsOf(folder, name)) {
        const file = await hashInput(part);
        hash.update(`${name} ${file.sha256}\n`);
        bytes += file.bytes;
      }
    return { sha256: hash.digest('hex'), bytes };
  },
  async *read(folder, options = {}) {
    const uris = yield* readTracks(folder, options);
    yield* readArtists(folder, options);
    yield* readOwners(folder, uris, options);
  },
};

/** The files of a table in the order of their names. Only artists may be absent. @throws SegueError FILE_UNREADABLE */
async function partsOf(folder: string, table: SetTableName): Promise<string[]> {
  const path = join(folder, table);
  const names = await readdir(path).catch(() => null);
  const parts = (names ?? []).filter((name) => PART.test(name) && !/^[._]/.test(name)).sort();
  if (parts.length === 0 && table !== 'artists') {
    const isFolder = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    throw new SegueError('FILE_UNREADABLE', {
      got: isFolder ? `${folder} has no folder ${table}/ with Parquet files` : `${folder} is not a folder`,
      expected: 'a folder with tracks/, owners/ and entries/',
      remedy: 'Choose the folder that contains all tables; see docs/parquet.md',
    });
  }
  return parts.map((name) => join(path, name));
}

const text = (value: unknown): string | undefined =>
  value === null || value === undefined ? undefined : String(value);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const number = (value: unknown): number | undefined =>
  value === null || value === undefined ? undefined : Number(value);
/** A row number, or −1 for any other value. */
const index = (value: unknown): number => {
  const n = typeof value === 'bigint' ? Number(value) : value;
  return typeof n === 'number' && Number.isInteger(n) && n >= 0 && n < 2 ** 31 ? n : -1;
};

async function* readTracks(folder: string, { signal }: ReadOptions): AsyncGenerator<Batch, Map<number, string>> {
  const uris = new Map<number, string>();
  const rejections = new Rejections();
  let batch = emptyBatch();
  for (const part of await partsOf(folder, 'tracks')) {
    let line = 0;
    for await (const group of readRowGroups(part, SET_TABLES.tracks, signal))
      for (let i = 0; i < group.rows; i++) {
        line++;
        const track = index(group.get('track')![i]);
        const uri = text(group.get('uri')![i]);
        if (track < 0 || !uri) rejections.add('track without a number or uri', `${inputName(part)}:${line}`);
        else if (uris.has(track)) rejections.add('track whose number is taken', `${inputName(part)}:${line}`);
        else {
          uris.set(track, uri);
          batch.tracks.push(trackRow(uri, group, i));
          if (batch.tracks.length === BATCH_ROWS) {
            yield batch;
            batch = emptyBatch();
          }
        }
      }
  }
  yield { ...batch, rejections: rejections.take() };
  return uris;
}

function trackRow(uri: string, group: RowGroup, i: number): TrackRow {
  const cell = (name: string): unknown => group.get(name)?.[i];
  const artistUris = texts(cell('artist_uris'));
  const names = texts(cell('artist_names'));
  const album = text(cell('album'));
  const explicit = cell('explicit');
  const features: Partial<Record<AudioFeature, number>> = {};
  for (const { id } of AUDIO_FEATURES) {
    const value = number(cell(snake(id)));
    if (value !== undefined) features[id] = value;
  }
  return {
    uri,
    name: text(cell('name')),
    // An artist known by name only has no id of its own.
    artists: names.map((name, a) => ({ name, uri: artistUris[a]?.startsWith('name:') ? undefined : artistUris[a] })),
    album: album === undefined ? undefined : { name: album },
    year: number(cell('year')),
    popularity: number(cell('popularity')),
    explicit: typeof explicit === 'boolean' ? explicit : undefined,
    durationMs: number(cell('duration_ms')),
    features,
    genres: texts(cell('genres')),
  };
}

async function* readArtists(folder: string, { signal }: ReadOptions): AsyncGenerator<Batch> {
  const rejections = new Rejections();
  let batch = emptyBatch();
  for (const part of await partsOf(folder, 'artists')) {
    let line = 0;
    for await (const group of readRowGroups(part, SET_TABLES.artists, signal))
      for (let i = 0; i < group.rows; i++) {
        line++;
        const name = text(group.get('name')![i]);
        const uri = text(group.get('uri')![i]);
        if (!name) rejections.add('artist without a name', `${inputName(part)}:${line}`);
        else
          batch.artists.push({
            name,
            uri: uri?.startsWith('name:') ? undefined : uri,
            genres: texts(group.get('genres')?.[i]),
            popularity: number(group.get('popularity')?.[i]),
            followers: number(group.get('followers')?.[i]),
          });
        if (batch.artists.length === BATCH_ROWS) {
          yield batch;
          batch = emptyBatch();
        }
      }
  }
  yield { ...batch, rejections: rejections.take() };
}

interface OwnerCells {
  id: string;
  kind: 'playlist' | 'person';
  title?: string;
  followers?: number;
  modifiedAt?: number;
}

async function* readOwners(
  folder: string,
  uris: ReadonlyMap<number, string>,
  options: ReadOptions,
): AsyncGenerator<Batch> {
  const { signal, onProgress } = options;
  const rejections = new Rejections();
  const owners = new Map<number, OwnerCells>();
  for (const part of await partsOf(folder, 'owners')) {
    let line = 0;
    for await (const group of readRowGroups(part, SET_TABLES.owners, signal))
      for (let i = 0; i < group.rows; i++) {
        line++;
        const owner = index(group.get('owner')![i]);
        const id = text(group.get('id')![i]);
        const kind = text(group.get('kind')![i]);
        const place = `${inputName(part)}:${line}`;
        if (owner < 0 || !id) rejections.add('owner without a number or id', place);
        else if (kind !== 'playlist' && kind !== 'person')
          rejections.add('owner that is neither a playlist nor a person', place);
        else
          owners.set(owner, {
            id,
            kind,
            title: text(group.get('title')?.[i]),
            followers: number(group.get('followers')?.[i]),
            modifiedAt: number(group.get('modified_at')?.[i]),
          });
      }
  }
  const table = new EntryTable();
  for (const part of await partsOf(folder, 'entries')) {
    let line = 0;
    for await (const group of readRowGroups(part, SET_TABLES.entries, signal))
      for (let i = 0; i < group.rows; i++) {
        line++;
        const owner = index(group.get('owner')![i]);
        const track = index(group.get('track')![i]);
        const weight = number(group.get('weight')?.[i]);
        const place = `${inputName(part)}:${line}`;
        if (!owners.has(owner)) rejections.add('entry of an unknown owner', place);
        else if (!uris.has(track)) rejections.add('entry of an unknown track', place);
        else if (weight !== undefined && !(Number.isFinite(weight) && weight >= 0))
          rejections.add('entry whose weight is negative or not a number', place);
        else table.add(owner, track, index(group.get('position')?.[i]), weight, number(group.get('time')?.[i]));
      }
  }
  yield { ...emptyBatch(), rejections: rejections.take() };
  const lists = table.finish();
  let batch = emptyBatch();
  let rows = new Map<number, number>();
  let entries = 0;
  let done = 0;
  for (const [owner, cells] of owners) {
    const { tracks, weights, times } = lists.of(owner);
    const items = Int32Array.from(tracks, (track) => {
      let row = rows.get(track);
      if (row === undefined) {
        row = batch.tracks.push({ uri: uris.get(track)! }) - 1;
        rows.set(track, row);
      }
      return row;
    });
    batch.owners.push({ ...cells, items, ...(weights && { weights }), ...(times && { times }) });
    entries += items.length;
    onProgress?.(++done, owners.size);
    if (entries >= BATCH_ENTRIES) {
      throwIfCancelled(signal, 'The import');
      yield batch;
      batch = emptyBatch();
      rows = new Map();
      entries = 0;
    }
  }
  yield batch;
}
