import { readTable, TABLE } from './catalogue-table.ts';
import { listInputs } from './input.ts';
import type { Source } from './source.ts';

/** Tables of artists: genres, followers and popularity, joined by URI, otherwise by name. */
export const artists: Source = {
  id: 'artists',
  title: 'Tables of artists and genres',
  licence: "The table's own terms",
  citation: '',
  expects:
    "CSV or Parquet with the artist's name and genres, followers or popularity, e.g. artists.csv, data_w_genres.csv",
  options: {},
  files: (paths) => listInputs(paths, TABLE, artists.expects),
  read: (file, options) => readTable(file, ['artist'], options),
};
