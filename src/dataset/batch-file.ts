import { AUDIO_FEATURES } from './audio-features.ts';
import type { BatchColumns } from './batch-columns.ts';
import { type Arrays, type Container, listArrays, stringArrays } from './container.ts';
import { lyricsArrays, viewLyricsRows } from './lyrics-table.ts';
import { MEASURE_TABLE_IDS, MEASURE_TABLES, type MeasureTableId, widthOf } from './measure-tables.ts';

/** The measures of a version have a column of their own: those of another are not read as these. */
const columnOf = (id: MeasureTableId): string => `${id}.${MEASURE_TABLES[id].version}`;

/** Where earlier versions kept all numbers of each track's lyrics. */
const LYRICS_BEFORE = 'lyrics.1';

/** The columns of a batch as the arrays of a container. */
export function batchArrays({ tracks, named, albums, genres, artists, owners }: BatchColumns): Arrays {
  return {
    ...stringArrays('uri', tracks.uri),
    ...stringArrays('name', tracks.name),
    ...listArrays('artists', tracks.artists),
    album: tracks.album,
    year: tracks.year,
    popularity: tracks.popularity,
    explicit: tracks.explicit,
    durationMs: tracks.durationMs,
    features: tracks.features,
    ...listArrays('genres', tracks.genres),
    ...Object.fromEntries(
      MEASURE_TABLE_IDS.flatMap((id) => {
        const values = tracks.measures[id];
        return values ? [[columnOf(id), values]] : [];
      }),
    ),
    ...(tracks.lyrics && lyricsArrays('', tracks.lyrics)),
    ...stringArrays('named.uri', named.uri),
    ...stringArrays('named.name', named.name),
    ...stringArrays('album.uri', albums.uri),
    ...stringArrays('album.name', albums.name),
    ...stringArrays('genre', genres),
    'artist.named': artists.named,
    'artist.popularity': artists.popularity,
    'artist.followers': artists.followers,
    ...listArrays('artist.genres', artists.genres),
    ...stringArrays('owner.id', owners.id),
    ...stringArrays('owner.title', owners.title),
    'owner.kind': owners.kind,
    'owner.followers': owners.followers,
    'owner.modifiedAt': owners.modifiedAt,
    ...listArrays('items', owners.items),
    weights: owners.weights,
    times: owners.times,
  };
}

/** The batch of a container: views, after every length and bound was checked. @throws SegueError FILE_UNREADABLE */
export function batchColumns(container: Container): BatchColumns {
  const uri = container.strings('uri');
  const n = uri.length;
  const namedUri = container.strings('named.uri');
  const albumUri = container.strings('album.uri');
  const genres = container.strings('genre');
  const features = container.array('features', 'Float32Array');
  const artistNumbers = container.ids('artist.named', undefined, 0, namedUri.length);
  const ownerId = container.strings('owner.id');
  const items = container.lists('items', ownerId.length, n);
  const optional = (length: number, whole: number): number => (length === 0 ? 0 : whole);
  const entries = items.idx.length;
  const lyrics = viewLyricsRows(container, '', LYRICS_BEFORE, n);
  return {
    tracks: {
      uri,
      name: container.strings('name', n),
      artists: container.lists('artists', n, namedUri.length),
      album: container.ids('album', n, -1, albumUri.length),
      year: container.array('year', 'Int16Array', n),
      popularity: container.array('popularity', 'Int16Array', n),
      explicit: container.array('explicit', 'Int8Array', n),
      durationMs: container.array('durationMs', 'Int32Array', n),
      features: container.array('features', 'Float32Array', optional(features.length, n * AUDIO_FEATURES.length)),
      genres: container.lists('genres', n, genres.length),
      measures: Object.fromEntries(
        MEASURE_TABLE_IDS.filter((id) => container.arrays[columnOf(id)]).map((id) => [
          id,
          container.array(columnOf(id), 'Float32Array', n * widthOf(id)),
        ]),
      ),
      ...(lyrics && { lyrics }),
    },
    named: { uri: namedUri, name: container.strings('named.name', namedUri.length) },
    albums: { uri: albumUri, name: container.strings('album.name', albumUri.length) },
    genres,
    artists: {
      named: artistNumbers,
      popularity: container.array('artist.popularity', 'Int16Array', artistNumbers.length),
      followers: container.array('artist.followers', 'Int32Array', artistNumbers.length),
      genres: container.lists('artist.genres', artistNumbers.length, genres.length),
    },
    owners: {
      id: ownerId,
      title: container.strings('owner.title', ownerId.length),
      kind: container.array('owner.kind', 'Uint8Array', ownerId.length),
      followers: container.array('owner.followers', 'Int32Array', ownerId.length),
      modifiedAt: container.array('owner.modifiedAt', 'Float64Array', ownerId.length),
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
