import { inputName } from '../input.ts';
import type { PersonalFormat } from './format.ts';
import type { PersonalRow } from './rows.ts';
import { hasColumns, readTable } from './table-columns.ts';
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
    for await (const { columns, rows } of readTable(
      input,
      [['Song Title'], ['Album Title']],
      'Song Title, Album Title, Artist Name 1',
    )) {
      const found: PersonalRow[] = [];
      for (const { cells, line } of rows) {
        const title = columns.cell(cells, 'Song Title');
        const artists = [1, 2, 3, 4, 5]
          .map((i) => columns.cell(cells, `Artist Name ${i}`))
          .filter((text) => text !== '');
        if (artists.length === 0) artists.push(columns.cell(cells, 'Artist Names', 'Artist Name'));
        const id =
          columns.cell(cells, 'Video ID') || (/[?&]v=([\w-]{11})/.exec(columns.cell(cells, 'Song URL'))?.[1] ?? '');
        const song =
          title === ''
            ? null
            : songName({
                title,
                artists,
                album: columns.cell(cells, 'Album Title'),
                ...(id && { uri: `youtube:video:${id}` }),
              });
        if (!song) {
          tally.count('row without a song', place(name, line, 'line'));
          continue;
        }
        if (id !== '') names.set(`youtube:${id}`, { title, artists });
        found.push({ kind: 'like', song, how: 'saved', at: Number.NaN });
      }
      yield found;
    }
  },
};
