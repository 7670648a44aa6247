import { inputName } from '../input.ts';
import type { PersonalFormat } from './format.ts';
import { judge } from './listening.ts';
import { RepeatedSongs } from './repeated-songs.ts';
import type { PersonalRow } from './rows.ts';
import { readTable } from './table-columns.ts';
import { accountRow, place, secondsOf } from './values.ts';

const HEADER = /^"?Artist"?;"?Album"?;"?AlbumId"?;"?Track"?;"?Date#([^"\r\n]*)"?/i;

/** Scrobbles of Last.fm by lastfmstats.com; the last column is named after the account and contains times in milliseconds. */
export const lastfmStats: PersonalFormat = {
  id: 'lastfm-stats',
  service: 'lastfm',
  title: 'Last.fm scrobbles by lastfmstats',
  obtain: 'lastfmstats.com, "Export": lastfmstats-*.csv',
  recognises: ({ head }) => HEADER.test(head),
  async *read(input, file, reading) {
    const name = inputName(input);
    const account = accountRow('lastfm', HEADER.exec(file.head)?.[1] ?? '');
    if (account) yield account;
    const songs = new RepeatedSongs();
    for await (const { rows } of readTable(input, [['Artist'], ['Track']], 'Artist;Album;AlbumId;Track;Date#user')) {
      const found: PersonalRow[] = [];
      for (const { cells, line } of rows) {
        const where = place(name, line, 'line');
        const [artist = '', album = '', , title = '', date = ''] = cells;
        if (date.trim() === '') {
          reading.tally.count('playing during the export', where);
          continue;
        }
        const song = songs.of({ title, artists: [artist], album });
        if (!song || title.trim() === '') {
          reading.tally.count('row without a song', where);
          continue;
        }
        const row = judge({ song, at: secondsOf(Number(date) / 1000), ms: -1, skipped: false, where }, reading);
        if (row) found.push(row);
      }
      yield found;
    }
  },
};
