import type { PastedLine } from './line.ts';

/** Column names used by exporters, in lower case and letters only; the first one present is used. */
const NAMES = {
  id: [
    'trackuri',
    'spotifytrackuri',
    'spotifyuri',
    'uri',
    'spotifyid',
    'spotifytrackid',
    'trackid',
    'songid',
    'id',
    'spotifyurl',
    'url',
    'link',
  ],
  title: ['trackname', 'mastermetadatatrackname', 'title', 'songname', 'songtitle', 'song', 'name', 'track'],
  artist: [
    'artistnames',
    'artistname',
    'mastermetadataalbumartistname',
    'artists',
    'artist',
    'albumartistnames',
    'performer',
  ],
} as const;

/** Indexes of the columns that identify a song, −1 where there is none. */
export interface SongColumns {
  readonly id: number;
  readonly title: number;
  readonly artist: number;
}

export function songColumns(heading: readonly string[]): SongColumns {
  const plain = heading.map((name) => name.toLowerCase().replace(/[^a-z]/g, ''));
  const find = (names: readonly string[]): number => {
    const there = names.find((name) => plain.includes(name));
    return there === undefined ? -1 : plain.indexOf(there);
  };
  return { id: find(NAMES.id), title: find(NAMES.title), artist: find(NAMES.artist) };
}

/** The song in a row, null when it names none. */
export function songOfRow(row: readonly string[], columns: SongColumns): Partial<PastedLine> | null {
  const cell = (at: number): string => (row[at] ?? '').trim();
  const id = cell(columns.id);
  const title = cell(columns.title);
  if (id === '' && title === '') return null;
  return { id, title, artist: cell(columns.artist), ...(title === '' && { text: id }) };
}
