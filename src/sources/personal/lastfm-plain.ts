import { inputName } from '../input.ts';
import { readRowsTogether } from '../table.ts';
import type { PersonalFormat } from './format.ts';
import { judge } from './listening.ts';
import { RepeatedSongs } from './repeated-songs.ts';
import type { PersonalRow } from './rows.ts';
import { place, timeOf } from './values.ts';

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
    const songs = new RepeatedSongs();
    const times = new Times();
    for await (const rows of readRowsTogether(input, { separator: ',' })) {
      const found: PersonalRow[] = [];
      for (const { cells, line } of rows) {
        const where = place(name, line, 'line');
        const [artist = '', album = '', title = '', date = ''] = cells;
        if (date.trim() === '') {
          reading.tally.count('playing during the export', where);
          continue;
        }
        const song = title.trim() === '' ? null : songs.of({ title, artists: [artist.replace(/^\uFEFF/, '')], album });
        if (!song) {
          reading.tally.count('row without a song', where);
          continue;
        }
        const row = judge({ song, at: times.of(date), ms: -1, skipped: false, where }, reading);
        if (row) found.push(row);
      }
      yield found;
    }
  },
};

/** Times of rows, most of which are of the same day as the row before. */
class Times {
  private day = '';
  /** Start of that day in seconds since 1970. */
  private since = Number.NaN;

  /** Seconds since 1970, NaN when it is none. */
  of(date: string): number {
    const cut = date.length - CLOCK.length;
    const minutes = date[cut - 1] === ' ' ? minutesOf(date, cut) : -1;
    if (minutes < 0) return written(date);
    if (cut !== this.day.length || !date.startsWith(this.day)) {
      this.day = date.slice(0, cut);
      this.since = written(`${this.day}${CLOCK}`);
    }
    return this.since + 60 * minutes;
  }
}

const CLOCK = '00:00';

/** Minutes of the day that `hh:mm` at that place says, −1 when it is not of this form. */
function minutesOf(text: string, at: number): number {
  const digit = (i: number): number => text.charCodeAt(at + i) - 0x30;
  for (const i of [0, 1, 3, 4]) if (!(digit(i) >= 0 && digit(i) <= 9)) return -1;
  const [hours, minutes] = [10 * digit(0) + digit(1), 10 * digit(3) + digit(4)];
  return text[at + 2] === ':' && hours < 24 && minutes < 60 ? 60 * hours + minutes : -1;
}

const written = (date: string): number => (DATE.test(date.trim()) ? timeOf(date.replace(',', '')) : Number.NaN);
