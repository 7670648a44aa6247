import { AUDIO_FEATURES } from './audio-features.ts';
import type { BatchColumns } from './batch-columns.ts';
import { type Arrays, type Container, listArrays, stringArrays } from './container.ts';
import type { Lists } from './dataset.ts';
import { lyricsArrays, viewLyricsRows } from './lyrics-table.ts';
import { MEASURE_TABLE_IDS, MEASURE_TABLES, type MeasureTableId, widthOf } from './measure-tables.ts';
import { StringColumn } from './strings.ts';

/** The measures of a version have a column of their own: those of another are not read as these. */
const columnOf = (id: MeasureTableId): string => `${id}.${MEASURE_TABLES[id].version}`;

/** Where earlier versions kept all numbers of each track's lyrics. */
const LYRICS_BEFORE = 'lyrics.1';

type Whole = Int8Array | Int16Array | Int32Array;

/** A column of whole numbers as it is stored: empty where none is known, which is so of most columns of most tables. */
const stored = <T extends Whole>(column: T): T => (isUnknown(column) ? (column.subarray(0, 0) as T) : column);

/** The same for lists and texts, without the bounds of empty ones. */
const storedLists = (lists: Lists): Lists =>
  lists.idx.length === 0 ? { ptr: lists.ptr.subarray(0, 1), idx: lists.idx } : lists;
const storedTexts = (texts: StringColumn): StringColumn =>
  texts.heap.length === 0 ? new StringColumn(texts.heap, texts.offsets.subarray(0, 1)) : texts;

function storedTimes(column: Float64Array): Float64Array {
  for (let i = 0; i < column.length; i++) if (!Number.isNaN(column[i]!)) return column;
  return column.subarray(0, 0);
}

function isUnknown(column: Whole): boolean {
  for (let i = 0; i < column.length; i++) if (column[i] !== -1) return false;
  return true;
}

/** The columns of a batch as the arrays of a container; a column without anything in it has no place for each track. */
export function batchArrays({ tracks, named, albums, genres, artists, owners }: BatchColumns): Arrays {
  return {
    ...stringArrays('uri', tracks.uri),
    ...stringArrays('name', storedTexts(tracks.name)),
    ...listArrays('artists', storedLists(tracks.artists)),
    album: stored(tracks.album),
    year: stored(tracks.year),
    popularity: stored(tracks.popularity),
    explicit: stored(tracks.explicit),
    durationMs: stored(tracks.durationMs),
    features: tracks.features,
    ...listArrays('genres', storedLists(tracks.genres)),
    ...Object.fromEntries(
      MEASURE_TABLE_IDS.flatMap((id) => {
        const values = tracks.measures[id];
        return values ? [[columnOf(id), values]] : [];
      }),
    ),
    ...(tracks.lyrics && lyricsArrays('', tracks.lyrics)),
    ...stringArrays('named.uri', storedTexts(named.uri)),
    ...stringArrays('named.name', named.name),
    ...stringArrays('album.uri', storedTexts(albums.uri)),
    ...stringArrays('album.name', albums.name),
    ...stringArrays('genre', genres),
    'artist.named': artists.named,
    'artist.popularity': artists.popularity,
    'artist.followers': artists.followers,
    ...listArrays('artist.genres', artists.genres),
    ...stringArrays('owner.id', owners.id),
    ...stringArrays('owner.title', storedTexts(owners.title)),
    'owner.kind': owners.kind,
    'owner.followers': stored(owners.followers),
    'owner.modifiedAt': storedTimes(owners.modifiedAt),
    ...listArrays('items', owners.items),
    weights: owners.weights,
    times: owners.times,
  };
}

/** The batch of a container: views, after every length and bound was checked. @throws SegueError FILE_UNREADABLE */
export function batchColumns(container: Container): BatchColumns {
  const uri = container.strings('uri');
  const n = uri.length;
  const namedName = container.strings('named.name');
  const albumName = container.strings('album.name');
  const genres = container.strings('genre');
  const features = container.array('features', 'Float32Array');
  const artistNumbers = container.ids('artist.named', undefined, 0, namedName.length);
  const ownerId = container.strings('owner.id');
  const items = container.lists('items', ownerId.length, n);
  /** Values of a column: earlier versions stored one for each track also where none is known. */
  const rows = (name: string, of = n): number => (container.arrays[name]?.length === 0 ? 0 : of);
  const whole = <T extends Whole>(column: T, of = n): T => {
    if (column.length === of) return column;
    const Type = column.constructor as new (length: number) => T;
    return new Type(of).fill(-1) as T;
  };
  const lists = (name: string, limit: number): Lists =>
    container.array(`${name}.ptr`, 'Int32Array').length === 1
      ? { ...container.lists(name, 0, limit), ptr: new Int32Array(n + 1) }
      : container.lists(name, n, limit);
  const texts = (name: string, of = n): StringColumn => {
    const column = container.strings(name);
    return column.length === 0 ? new StringColumn(column.heap, new Uint32Array(of + 1)) : container.strings(name, of);
  };
  const times = (name: string, of: number): Float64Array => {
    const column = container.array(name, 'Float64Array', rows(name, of));
    return column.length === of ? column : new Float64Array(of).fill(Number.NaN);
  };
  const optional = (length: number, whole: number): number => (length === 0 ? 0 : whole);
  const entries = items.idx.length;
  const lyrics = viewLyricsRows(container, '', LYRICS_BEFORE, n);
  return {
    tracks: {
      uri,
      name: texts('name'),
      artists: lists('artists', namedName.length),
      album: whole(container.ids('album', rows('album'), -1, albumName.length)),
      year: whole(container.array('year', 'Int16Array', rows('year'))),
      popularity: whole(container.array('popularity', 'Int16Array', rows('popularity'))),
      explicit: whole(container.array('explicit', 'Int8Array', rows('explicit'))),
      durationMs: whole(container.array('durationMs', 'Int32Array', rows('durationMs'))),
      features: container.array('features', 'Float32Array', optional(features.length, n * AUDIO_FEATURES.length)),
      genres: lists('genres', genres.length),
      measures: Object.fromEntries(
        MEASURE_TABLE_IDS.filter((id) => container.arrays[columnOf(id)]).map((id) => [
          id,
          container.array(columnOf(id), 'Float32Array', n * widthOf(id)),
        ]),
      ),
      ...(lyrics && { lyrics }),
    },
    named: { uri: texts('named.uri', namedName.length), name: namedName },
    albums: { uri: texts('album.uri', albumName.length), name: albumName },
    genres,
    artists: {
      named: artistNumbers,
      popularity: container.array('artist.popularity', 'Int16Array', artistNumbers.length),
      followers: container.array('artist.followers', 'Int32Array', artistNumbers.length),
      genres: container.lists('artist.genres', artistNumbers.length, genres.length),
    },
    owners: {
      id: ownerId,
      title: texts('owner.title', ownerId.length),
      kind: container.array('owner.kind', 'Uint8Array', ownerId.length),
      followers: whole(
        container.array('owner.followers', 'Int32Array', rows('owner.followers', ownerId.length)),
        ownerId.length,
      ),
      modifiedAt: times('owner.modifiedAt', ownerId.length),
      items,
      weights: container.array(
        'weights',
        'Float32Array',
        optional(container.array('weights', 'Float32Array').length, entries),
      ),
      times: container.array(
        'times',
        'Float64Array',
        optional(container.array('times', 'Float64Array').length, entries),
      ),
    },
  };
}
