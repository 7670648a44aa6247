import { AUDIO_FEATURES, type AudioFeature } from '../dataset/audio-features.ts';
import type { Rejections } from '../dataset/rejections.ts';
import type { TrackRow } from '../dataset/rows.ts';
import { artistsCell, booleanCell, listCell, numberCell, textCell, uriCell, yearCell } from './cells.ts';
import { columnKey, type TableRow } from './table.ts';

/** How a table of tracks is read: the places of its columns, −1 where it has none. */
export interface TrackColumns {
  /** Columns with ids; in each row, the first id counts. */
  uri: readonly number[];
  name: number;
  artists: number;
  artistUris: number;
  /** artist_0 … artist_n of tables that spread them. */
  spread: readonly number[];
  album: number;
  albumUri: number;
  year: number;
  popularity: number;
  explicit: number;
  durationMs: number;
  durationSeconds: number;
  genres: number;
  features: readonly { id: AudioFeature; column: number }[];
}

/** Column names of ids, the most certain first; a bare `id` only where there is no other, for tables join several things. */
const URI = ['trackuri', 'uri', 'trackid', 'spotifytrackid', 'spotifyid', 'songid'];

/** The columns of a table of tracks; null if it has no id, or no other useful column. */
export function trackColumns(header: readonly string[]): TrackColumns | null {
  const keys = header.map(columnKey);
  const first = (...names: string[]): number => {
    for (const name of names) if (keys.includes(name)) return keys.indexOf(name);
    return -1;
  };
  const all = (...names: string[]): number[] => names.map((name) => keys.indexOf(name)).filter((i) => i >= 0);
  const uris = all(...URI);
  const columns: TrackColumns = {
    uri: uris.length > 0 ? uris : all('id'),
    name: first('trackname', 'tracktitle', 'songname', 'track', 'song', 'title', 'name'),
    artists: first('artistnames', 'artistname', 'trackartist', 'trackartists', 'artists', 'artist'),
    artistUris: first('artisturis', 'artisturi', 'artistids', 'artistid'),
    spread: keys.flatMap((key, i) => (/^artist\d+$/.test(key) ? [i] : [])),
    album: first('albumname', 'trackalbumname', 'album'),
    albumUri: first('albumuri', 'albumid', 'trackalbumid'),
    year: first('year', 'releaseyear', 'releasedate', 'albumreleasedate', 'trackalbumreleasedate'),
    popularity: first('trackpopularity', 'popularity'),
    explicit: first('explicit'),
    durationMs: first('durationms', 'trackdurationms'),
    durationSeconds: first('durationsec', 'durations', 'durationseconds'),
    genres: first('genres', 'artistgenres', 'trackgenre', 'genre'),
    features: AUDIO_FEATURES.flatMap(({ id }) => {
      const column = keys.indexOf(id.toLowerCase());
      return column >= 0 ? [{ id, column }] : [];
    }),
  };
  const useful =
    columns.features.length > 0 ||
    [columns.name, columns.year, columns.popularity, columns.explicit, columns.durationMs].some((c) => c >= 0);
  return columns.uri.length > 0 && useful ? columns : null;
}

/** The track of a row; null after counting why the row is rejected. */
export function trackRow(
  row: TableRow,
  columns: TrackColumns,
  width: number,
  name: string,
  rejections: Rejections,
): TrackRow | null {
  const { cells, line } = row;
  const reject = (cause: string): null => {
    rejections.add(cause, `${name}:${line}`);
    return null;
  };
  if (cells.length < width) return reject('row with too few cells');
  for (let i = width; i < cells.length; i++) if (cells[i] !== '') return reject('row with too many cells');
  const cell = (column: number): string => cells[column]!;
  const uri = trackUri(columns.uri.map(cell));
  if (typeof uri !== 'string') return reject(uri.cause);
  const album = columns.album >= 0 ? textCell(cell(columns.album)) : undefined;
  return {
    uri,
    name: columns.name >= 0 ? textCell(cell(columns.name)) : undefined,
    artists: artistsOf(cells, columns),
    album: album === undefined ? undefined : { name: album, uri: optional(cells, columns.albumUri, albumUri) },
    year: optional(cells, columns.year, yearCell),
    popularity: optional(cells, columns.popularity, numberCell),
    explicit: optional(cells, columns.explicit, booleanCell),
    durationMs:
      optional(cells, columns.durationMs, numberCell) ?? optional(cells, columns.durationSeconds, milliseconds),
    features: columns.features.length > 0 ? featuresOf(cells, columns) : undefined,
    genres: columns.genres >= 0 ? listCell(cell(columns.genres)) : undefined,
  };
}

/** The URI of a row, from the first cell that has one, or the cause of its rejection. */
export function trackUri(cells: readonly string[]): string | { cause: string } {
  let uri: string | undefined;
  for (const cell of cells) uri ??= uriCell(cell, 'track', 'tracks');
  if (uri === undefined) return { cause: 'row without a track id' };
  if (uri.startsWith('spotify:') && !uri.startsWith('spotify:track:'))
    return { cause: 'row for something other than a track' };
  return uri;
}

const albumUri = (cell: string): string | undefined => uriCell(cell, 'album', 'album');
const milliseconds = (cell: string): number => Math.round(numberCell(cell) * 1000);

function optional<T>(cells: readonly string[], column: number, read: (cell: string) => T): T | undefined {
  return column >= 0 ? read(cells[column]!) : undefined;
}

function featuresOf(cells: readonly string[], columns: TrackColumns): Partial<Record<AudioFeature, number>> {
  const features: Partial<Record<AudioFeature, number>> = {};
  for (const { id, column } of columns.features) features[id] = numberCell(cells[column]!);
  return features;
}

function artistsOf(cells: readonly string[], columns: TrackColumns): { name: string; uri?: string }[] | undefined {
  let names = columns.artists >= 0 ? artistsCell(cells[columns.artists]!) : [];
  if (columns.spread.length > 0) {
    const spread = columns.spread.map((column) => textCell(cells[column]!)).filter((name) => name !== undefined);
    if (spread.length > 0) names = spread;
  }
  if (names.length === 0) return undefined;
  const uris = columns.artistUris >= 0 ? listCell(cells[columns.artistUris]!) : [];
  // One id beside several names is the main artist's.
  const fits = uris.length === names.length || uris.length === 1;
  return names.map((name, i) => ({ name, uri: fits && uris[i] ? uriCell(uris[i], 'artist', 'artist') : undefined }));
}
