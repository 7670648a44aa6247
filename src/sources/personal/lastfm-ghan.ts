import { inputName } from '../input.ts';
import type { PersonalFormat } from './format.ts';
import { judge } from './listening.ts';
import { RepeatedSongs } from './repeated-songs.ts';
import type { PersonalRow } from './rows.ts';
import { hasColumns, readTable } from './table-columns.ts';
import { accountRow, place, secondsOf } from './values.ts';

/** Scrobbles of Last.fm with MusicBrainz ids. The row without a time is the song that was playing during the export. */
export const lastfmGhan: PersonalFormat = {
  id: 'lastfm-ghan',
  service: 'lastfm',
  title: 'Last.fm scrobbles with MusicBrainz ids',
  obtain: 'lastfm.ghan.nl/export: recenttracks-*.csv',
  recognises: ({ head }) => hasColumns(head, 'uts', 'artist', 'track'),
  async *read(input, file, reading) {
    const name = inputName(input);
    const user = /^recenttracks-([^/]{1,200})-\d{1,20}\.csv/i.exec(file.name)?.[1];
    const account = user ? accountRow('lastfm', user) : null;
    if (account) yield account;
    const songs = new RepeatedSongs();
    for await (const { columns, rows } of readTable(input, [['uts'], ['artist'], ['track']], 'uts, artist, track')) {
      const found: PersonalRow[] = [];
      for (const { cells, line } of rows) {
        const where = place(name, line, 'line');
        const uts = columns.cell(cells, 'uts');
        if (uts === '') {
          reading.tally.count('playing during the export', where);
          continue;
        }
        const song = songs.of({
          title: columns.cell(cells, 'track'),
          artists: [columns.cell(cells, 'artist')],
          album: columns.cell(cells, 'album'),
          mbid: columns.cell(cells, 'track_mbid'),
        });
        if (!song) {
          reading.tally.count('row without a song', where);
          continue;
        }
        const row = judge({ song, at: secondsOf(Number(uts)), ms: -1, skipped: false, where }, reading);
        if (row) found.push(row);
      }
      yield found;
    }
  },
};
