import { inputName } from '../input.ts';
import { readRowsTogether } from '../table.ts';
import type { PersonalFormat } from './format.ts';
import { judge } from './listening.ts';
import type { PersonalRow } from './rows.ts';
import { place, songName, timeOf } from './values.ts';

/** `19 Aug 2026, 20:48` */
const DATE = /^\d{1,2} [A-Z][a-z]{2} \d{4},? \d{1,2}:\d{2}$/;
const FIRST =
  /^(?:"(?:[^"]|"")*"|[^",]*),(?:"(?:[^"]|"")*"|[^",]*),(?:"(?:[^"]|"")*"|[^",]*),"?(?:\d{1,2} [A-Z][a-z]{2} \d{4},? \d{1,2}:\d{2})?"?\s*$/;

/** Scrobbles of Last.fm without a header: artist, album, track, day and time (UTC). */
export const lastfmPlain: PersonalFormat = {
  id: 'lastfm-plain',
  service: 'lastfm',
  title: 'Last.fm scrobbles without a header',
  obtain: 'benjaminbenben.com/lastfm-to-csv',
  recognises: ({ head }) => {
    const lines = head
      .split(/\r\n|\r|\n/)
      .slice(0, 5)
      .filter((text) => text !== '');
    return lines.every((text) => FIRST.test(text)) && lines.some((text) => /\d{4},? \d{1,2}:\d{2}"?\s*$/.test(text));
  },
  async *read(input, _file, reading) {
    const name = inputName(input);
    for await (const rows of readRowsTogether(input, { separator: ',' })) {
      const found: PersonalRow[] = [];
      for (const { cells, line } of rows) {
        const where = place(name, line, 'line');
        const [artist = '', album = '', title = '', date = ''] = cells;
        if (date.trim() === '') {
          reading.tally.count('playing during the export', where);
          continue;
        }
        const song = title.trim() === '' ? null : songName({ title, artists: [artist.replace(/^\uFEFF/, '')], album });
        if (!song) {
          reading.tally.count('row without a song', where);
          continue;
        }
        const at = DATE.test(date.trim()) ? timeOf(date.replace(',', '')) : Number.NaN;
        const row = judge({ song, at, ms: -1, skipped: false, where }, reading);
        if (row) found.push(row);
      }
      yield found;
    }
  },
};
