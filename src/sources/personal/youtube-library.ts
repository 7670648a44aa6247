import { inputName } from '../input.ts';
import type { PersonalFormat } from './format.ts';
import type { LikeRow, PersonalRow } from './rows.ts';
import { type Columns, hasColumns, readTable } from './table-columns.ts';
import { place, songName } from './values.ts';

/** Songs of the library in YouTube Music, of Google Takeout. */
export const youtubeLibrary: PersonalFormat = {
  id: 'youtube-library',
  service: 'youtube',
  title: 'YouTube Music library (Takeout)',
  obtain: 'takeout.google.com, YouTube and YouTube Music: "music library songs.csv"',
  recognises: ({ head }) =>
    hasColumns(head, 'Song Title', 'Album Title') && (hasColumns(head, 'Video ID') || hasColumns(head, 'Song URL')),
  async *read(input, _file, { tally, names }) {
    const name = inputName(input);
    const known = new Map<string, Saved | null>();
    for await (const { columns, rows } of readTable(
      input,
      [['Song Title'], ['Album Title']],
      'Song Title, Album Title, Artist Name 1',
    )) {
      const found: PersonalRow[] = [];
      for (const { cells, line } of rows) {
        const text = cells.join('\u0000');
        let saved = known.get(text);
        if (saved === undefined) {
          if (known.size >= MOST_KNOWN) known.clear();
          known.set(text, (saved = savedSong(columns, cells)));
        }
        if (!saved) {
          tally.count('row without a song', place(name, line, 'line'));
          continue;
        }
        if (saved.id !== '') names.set(saved.id, saved);
        found.push(saved.row);
      }
      yield found;
    }
  },
};

/** Rows that are remembered: a library that was put together of several says the same songs again. */
const MOST_KNOWN = 1 << 17;
const ARTISTS = [1, 2, 3, 4, 5].map((i) => `Artist Name ${i}`);

interface Saved {
  readonly row: LikeRow;
  /** What other files of the export refer to it by, empty when unknown. */
  readonly id: string;
  readonly title: string;
  readonly artists: readonly string[];
}

function savedSong(columns: Columns, cells: readonly string[]): Saved | null {
  const title = columns.cell(cells, 'Song Title');
  const artists = ARTISTS.map((column) => columns.cell(cells, column)).filter((text) => text !== '');
  if (artists.length === 0) artists.push(columns.cell(cells, 'Artist Names', 'Artist Name'));
  const id = columns.cell(cells, 'Video ID') || (/[?&]v=([\w-]{11})/.exec(columns.cell(cells, 'Song URL'))?.[1] ?? '');
  const album = columns.cell(cells, 'Album Title');
  const song = title === '' ? null : songName({ title, artists, album, ...(id && { uri: `youtube:video:${id}` }) });
  if (!song) return null;
  const row: LikeRow = { kind: 'like', song, how: 'saved', at: Number.NaN };
  return { row, id: id && `youtube:${id}`, title, artists };
}
