import { SegueError } from '../errors.ts';
import { combineCrc } from '../math/crc-combine.ts';
import type { Csr } from '../math/csr.ts';
import { AUDIO_FEATURES } from './audio-features.ts';
import {
  type Arrays,
  type Container,
  decodeContainer,
  encodeContainer,
  KIND,
  listArrays,
  stringArrays,
} from './container.ts';
import { Dataset, type DatasetParts, type Provenance } from './dataset.ts';
import { type LyricsTable, lyricsArrays, viewLyricsRows } from './lyrics-table.ts';
import {
  MEASURE_TABLE_IDS,
  MEASURE_TABLES,
  type MeasureTable,
  type MeasureTableId,
  type MeasureTables,
  widthOf,
} from './measure-tables.ts';
import type { Steps } from './steps.ts';
import { isLookupTable, Vocabulary } from './vocabulary.ts';

const REMEDY = 'Import its sources again';

/** The look-up table of the tracks' ids. */
const TABLE = 'track.id.table';

/** The measures of a version have columns of their own: those of another are not read as these. */
const columnOf = (id: MeasureTableId): string => `track.${id}.${MEASURE_TABLES[id].version}`;

/** By track its row of lyrics, and where earlier versions kept all numbers of each row. */
const LYRICS_ROW = 'track.lyrics.1.row';
const LYRICS_BEFORE = 'track.lyrics.1.values';

/** A dataset as pieces of one container, to be written in order. */
export function encodeDataset(dataset: Dataset): Uint8Array[] {
  const { tracks, artists, albums, genres, owners, byOwner, byTrack, times, provenance, cleaning } = dataset;
  const arrays: Arrays = {
    ...stringArrays('track.id', tracks.vocabulary.ids),
    // To make it takes longer than to read it, and each thread would make its own.
    [TABLE]: tracks.vocabulary.table,
    ...stringArrays('track.name', tracks.names),
    ...listArrays('track.artists', tracks.artists),
    'track.album': tracks.album,
    'track.year': tracks.year,
    'track.popularity': tracks.popularity,
    'track.explicit': tracks.explicit,
    'track.durationMs': tracks.durationMs,
    'track.features': tracks.features,
    ...listArrays('track.genres', tracks.genres),
    'track.song': tracks.song,
    ...measureArrays(tracks),
    ...(tracks.lyrics && { [LYRICS_ROW]: tracks.lyrics.row, ...lyricsArrays('track.', tracks.lyrics) }),
    ...stringArrays('artist.id', artists.vocabulary.ids),
    ...stringArrays('artist.name', artists.names),
    'artist.popularity': artists.popularity,
    'artist.followers': artists.followers,
    ...listArrays('artist.genres', artists.genres),
    ...(albums.keys ? stringArrays('album.key', albums.keys) : {}),
    ...stringArrays('album.name', albums.names),
    'album.artist': albums.artist,
    ...stringArrays('genre', genres.ids),
    ...stringArrays('owner.id', owners.vocabulary.ids),
    ...stringArrays('owner.title', owners.titles),
    'owner.kind': owners.kind,
    'owner.followers': owners.followers,
    'owner.modifiedAt': owners.modifiedAt,
    'entries.ptr': byOwner.ptr,
    'entries.idx': byOwner.idx,
    ...(byOwner.values ? { 'entries.weights': byOwner.values } : {}),
    ...(times ? { 'entries.times': times } : {}),
    // Reading it is many times faster than transposing the entries again.
    'holders.ptr': byTrack.ptr,
    'holders.idx': byTrack.idx,
    ...(byTrack.values ? { 'holders.weights': byTrack.values } : {}),
  };
  const meta = {
    provenance,
    cleaning,
    weights: byOwner.values !== null,
    times: times !== null,
    albumKeys: albums.keys !== null,
    holders: true,
    // To work it out takes a quarter of a second for two million tracks.
    catalogueId: dataset.catalogueId,
  };
  return encodeContainer(KIND.dataset, meta, arrays);
}

/** The same in steps: first what the dataset works out only when it is asked. */
export function* encodingSteps(dataset: Dataset): Steps<Uint8Array[]> {
  yield* dataset.tracks.vocabulary.makeTable();
  yield;
  void dataset.catalogueId;
  yield;
  void dataset.byTrack;
  yield;
  return encodeDataset(dataset);
}

/**
 * The dataset in a file, as views of its bytes, after checking every length, bound and checksum.
 * @param bytes null where the file is not there @param path of the file, for messages
 * @param sound the same bytes were found right before @throws SegueError FILE_UNREADABLE, FORMAT_NEWER
 */
export function decodeDataset(bytes: Uint8Array | null, path: string, sound = false): Dataset {
  if (!bytes) throw new SegueError('FILE_UNREADABLE', { got: `${path} does not exist`, remedy: REMEDY });
  const container = decodeContainer(bytes, path, 'a dataset written by Segue', REMEDY, sound);
  if (container.kind === KIND.dataset) return viewDataset(container, sound);
  throw new SegueError('FILE_UNREADABLE', { got: `${path} is not a dataset`, remedy: REMEDY });
}

function measureArrays(tables: MeasureTables): Arrays {
  const arrays: Arrays = {};
  for (const id of MEASURE_TABLE_IDS) {
    const table = tables[id];
    if (!table) continue;
    arrays[`${columnOf(id)}.row`] = table.row;
    arrays[`${columnOf(id)}.values`] = table.values;
  }
  return arrays;
}

function viewMeasures(container: Container, tracks: number): MeasureTables {
  const out: { [id in MeasureTableId]?: MeasureTable } = {};
  for (const id of MEASURE_TABLE_IDS) {
    const column = columnOf(id);
    if (!container.arrays[`${column}.values`]) continue;
    const width = widthOf(id);
    const rows = Math.floor(container.array(`${column}.values`, 'Float32Array').length / width);
    out[id] = {
      values: container.array(`${column}.values`, 'Float32Array', rows * width),
      row: container.ids(`${column}.row`, tracks, -1, rows),
    };
  }
  return out;
}

function viewLyrics(container: Container, tracks: number): { lyrics?: LyricsTable } {
  const rows = viewLyricsRows(container, 'track.', LYRICS_BEFORE);
  return rows ? { lyrics: { row: container.ids(LYRICS_ROW, tracks, -1, rows.ptr.length - 1), ...rows } } : {};
}

function viewDataset(container: Container, sound: boolean): Dataset {
  const trackIds = container.strings('track.id');
  const tracks = trackIds.length;
  const artistIds = container.strings('artist.id');
  const artists = artistIds.length;
  const albumNames = container.strings('album.name');
  const genres = container.strings('genre');
  const ownerIds = container.strings('owner.id');
  const owners = ownerIds.length;
  const entries = container.lists('entries', owners, tracks);
  const { meta } = container;
  const featured = container.array('track.features', 'Float32Array').length > 0;
  const parts: DatasetParts = {
    tracks: {
      count: tracks,
      vocabulary: new Vocabulary(trackIds, viewTable(container, tracks, sound)),
      names: container.strings('track.name', tracks),
      artists: container.lists('track.artists', tracks, artists),
      album: container.ids('track.album', tracks, -1, albumNames.length),
      year: container.array('track.year', 'Int16Array', tracks),
      popularity: container.array('track.popularity', 'Int16Array', tracks),
      explicit: container.array('track.explicit', 'Int8Array', tracks),
      durationMs: container.array('track.durationMs', 'Int32Array', tracks),
      features: container.array('track.features', 'Float32Array', featured ? tracks * AUDIO_FEATURES.length : 0),
      genres: container.lists('track.genres', tracks, genres.length),
      song: container.ids('track.song', tracks, 0, tracks),
      ...viewMeasures(container, tracks),
      ...viewLyrics(container, tracks),
    },
    artists: {
      count: artists,
      vocabulary: new Vocabulary(artistIds),
      names: container.strings('artist.name', artists),
      popularity: container.array('artist.popularity', 'Int16Array', artists),
      followers: container.array('artist.followers', 'Int32Array', artists),
      genres: container.lists('artist.genres', artists, genres.length),
    },
    albums: {
      count: albumNames.length,
      keys: meta.albumKeys ? container.strings('album.key', albumNames.length) : null,
      names: albumNames,
      artist: container.ids('album.artist', albumNames.length, -1, artists),
    },
    genres: new Vocabulary(genres),
    owners: {
      count: owners,
      vocabulary: new Vocabulary(ownerIds),
      titles: container.strings('owner.title', owners),
      kind: container.array('owner.kind', 'Uint8Array', owners),
      followers: container.array('owner.followers', 'Int32Array', owners),
      modifiedAt: container.array('owner.modifiedAt', 'Float64Array', owners),
    },
    byOwner: {
      rows: owners,
      columns: tracks,
      ptr: entries.ptr,
      idx: entries.idx,
      values: meta.weights ? container.array('entries.weights', 'Float32Array', entries.idx.length) : null,
    },
    times: meta.times ? container.array('entries.times', 'Float64Array', entries.idx.length) : null,
    provenance: meta.provenance as Provenance[],
    cleaning: meta.cleaning as Record<string, number>,
  };
  const byTrack = meta.holders === true ? viewHolders(container, parts.byOwner) : null;
  // Datasets of earlier versions do not say it.
  const catalogueId = typeof meta.catalogueId === 'string' ? meta.catalogueId : null;
  const { byteLength } = entries.idx;
  const entriesChecksum = combineCrc(container.checksum('entries.ptr'), container.checksum('entries.idx'), byteLength);
  return new Dataset(parts, byTrack, catalogueId, entriesChecksum);
}

/** The look-up table of the tracks' ids; datasets of earlier versions have none. */
function viewTable(container: Container, tracks: number, sound: boolean): Int32Array | null {
  if (!container.arrays[TABLE]) return null;
  const table = container.array(TABLE, 'Int32Array');
  if (!sound && !isLookupTable(table, tracks)) throw container.broken(`has a wrong column "${TABLE}"`);
  return table;
}

/** The inverted index; datasets of earlier versions have none. */
function viewHolders(container: Container, byOwner: Csr): Csr {
  const entries = byOwner.idx.length;
  container.array('holders.idx', 'Int32Array', entries);
  return {
    rows: byOwner.columns,
    columns: byOwner.rows,
    ...container.lists('holders', byOwner.columns, byOwner.rows),
    values: byOwner.values ? container.array('holders.weights', 'Float32Array', entries) : null,
  };
}
