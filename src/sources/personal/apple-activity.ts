import { inputName } from '../input.ts';
import type { PersonalFormat } from './format.ts';
import { judge } from './listening.ts';
import { RepeatedSongs } from './repeated-songs.ts';
import type { PersonalRow } from './rows.ts';
import { hasColumns, readTable } from './table-columns.ts';
import { place, timeOf } from './values.ts';

/** Newer exports have no artist in this table: the library of the same export names it, by title and album. */
export const appleTrackKey = (title: string, album: string): string =>
  `apple\u0000${title.toLowerCase()}\u0000${album.toLowerCase()}`;

const TITLE = ['Song Name', 'Content Name', 'Item Name'];
const SKIPPED = /SKIPPED|MANUALLY_SELECTED_PLAYBACK_OF_A_DIFF_ITEM|TRACK_BACK/i;

/** Apple Music's play activity (privacy export): ends of plays, with the time heard and why it ended. */
export const appleActivity: PersonalFormat = {
  id: 'apple-activity',
  service: 'apple',
  title: 'Apple Music play activity',
  obtain: 'privacy.apple.com, Apple Media Services: "Apple Music Play Activity.csv"',
  last: true,
  recognises: ({ head }) =>
    hasColumns(head, 'Event Type', 'Play Duration Milliseconds') && TITLE.some((title) => hasColumns(head, title)),
  async *read(input, _file, reading) {
    const name = inputName(input);
    const { tally, names } = reading;
    const songs = new RepeatedSongs();
    for await (const { columns, rows } of readTable(
      input,
      [TITLE, ['Play Duration Milliseconds'], ['Event End Timestamp', 'Event Received Timestamp']],
      'the columns of "Apple Music Play Activity.csv"',
    )) {
      const found: PersonalRow[] = [];
      for (const { cells, line } of rows) {
        const where = place(name, line, 'line');
        const type = columns.cell(cells, 'Event Type');
        if (type !== '' && type !== 'PLAY_END') {
          tally.count('event that ends no play', where);
          continue;
        }
        if (/VIDEO/i.test(columns.cell(cells, 'Media Type'))) {
          tally.count('video', where);
          continue;
        }
        const title = columns.cell(cells, ...TITLE);
        const album = columns.cell(cells, 'Album Name', 'Container Album Name');
        const artist = columns.cell(cells, 'Artist Name', 'Container Artist Name');
        const artists = artist === '' ? (names.get(appleTrackKey(title, album))?.artists ?? []) : [artist];
        const song = songs.of({
          title,
          artists,
          album,
          durationMs: Number(columns.cell(cells, 'Media Duration In Milliseconds')) || undefined,
        });
        const ms = Number(columns.cell(cells, 'Play Duration Milliseconds') || Number.NaN);
        if (!song) tally.count('row without a song', where);
        else if (Number.isNaN(ms) || ms < 0) tally.count('stream without a length', where);
        else {
          const at = timeOf(columns.cell(cells, 'Event End Timestamp', 'Event Received Timestamp'));
          const skipped = SKIPPED.test(columns.cell(cells, 'End Reason Type'));
          const row = judge({ song, at, ms: Math.round(ms), skipped, where }, reading);
          if (row) found.push(row);
        }
      }
      yield found;
    }
  },
};
