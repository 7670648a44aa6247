import { readTable, TABLE } from './catalogue-table.ts';
import { listInputs } from './input.ts';
import type { Source } from './source.ts';

/**
 * Tables of tracks with audio features, popularity, names, years: columns are found by name, files of one data set are joined by track id.
 * Tables of artists that come with them (genres by artist) are read too. A genre column is the track's own; `playlist_genre` columns are not
 * read: they tell what the playlist was made for from which a row was sampled, not what the song is.
 */
export const tracks: Source = {
  id: 'tracks',
  title: 'Tables of tracks and audio features',
  licence: "The table's own terms",
  citation: '',
  expects: 'CSV or Parquet with a column of track ids or URIs and audio features, e.g. data.csv with data_w_genres.csv',
  options: {},
  files: (paths) => listInputs(paths, TABLE, tracks.expects),
  read: (file, options) => readTable(file, ['track', 'artist'], options),
};
