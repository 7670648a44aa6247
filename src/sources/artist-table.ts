import type { Rejections } from '../dataset/rejections.ts';
import type { ArtistRow } from '../dataset/rows.ts';
import { listCell, numberCell, textCell, uriCell } from './cells.ts';
import { columnKey, type TableRow } from './table.ts';

/** How a table of artists is read: the places of its columns, −1 where it has none. */
export interface ArtistColumns {
  uri: number;
  name: number;
  genres: number;
  /** genre_0 … genre_n of tables that spread them. */
  spread: readonly number[];
  popularity: number;
  followers: number;
}

/** The columns of a table of artists, or null when it is none: it needs the artist's name, and genres, followers or popularity. */
export function artistColumns(header: readonly string[]): ArtistColumns | null {
  const keys = header.map(columnKey);
  const first = (...names: string[]): number =>
    Math.max(
      -1,
      ...names
        .map((name) => keys.indexOf(name))
        .filter((i) => i >= 0)
        .slice(0, 1),
    );
  // A table of tracks has artists too, and may have genres.
  if (first('trackid', 'trackuri', 'trackname', 'songid', 'tracktitle') >= 0) return null;
  const columns: ArtistColumns = {
    uri: first('artisturi', 'artistid', 'uri', 'id'),
    name: first('artistname', 'name', 'artist', 'artists'),
    genres: first('genres', 'artistgenres'),
    spread: keys.flatMap((key, i) => (/^genre\d+$/.test(key) ? [i] : [])),
    // In tables of means (with a count of tracks) popularity is the mean of an artist's tracks: another measure.
    popularity: first('count') >= 0 ? -1 : first('artistpopularity', 'popularity'),
    followers: first('followers'),
  };
  const artists = columns.followers >= 0 || first('artistgenres', 'artistpopularity', 'count') >= 0;
  const known = columns.genres >= 0 || columns.followers >= 0 || columns.popularity >= 0;
  const ofArtists = artists || (columns.genres >= 0 && first('danceability', 'explicit') < 0);
  return columns.name >= 0 && known && ofArtists ? columns : null;
}

/** The artist of a row; null after counting why the row is rejected. */
export function artistRow(
  row: TableRow,
  columns: ArtistColumns,
  name: string,
  rejections: Rejections,
): ArtistRow | null {
  const { cells, line } = row;
  const cell = (column: number): string => (column >= 0 ? (cells[column] ?? '') : '');
  const artist = cell(columns.name).trim();
  if (artist === '') {
    rejections.add('row without an artist name', `${name}:${line}`);
    return null;
  }
  const genres = columns.genres >= 0 ? listCell(cell(columns.genres)) : [];
  if (genres.length === 0)
    for (const column of columns.spread) genres.push(...(textCell(cell(column)) ? [cell(column)] : []));
  return {
    uri: columns.uri >= 0 ? uriCell(cell(columns.uri), 'artist', 'artist') : undefined,
    name: artist,
    genres: genres.length > 0 ? genres : undefined,
    popularity: columns.popularity >= 0 ? numberCell(cell(columns.popularity)) : undefined,
    followers: columns.followers >= 0 ? numberCell(cell(columns.followers)) : undefined,
  };
}
