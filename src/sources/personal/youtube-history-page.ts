import { Parser } from 'htmlparser2';
import { inputName, unreadable } from '../input.ts';
import { streamText } from '../text.ts';
import type { PersonalFormat } from './format.ts';
import { judge } from './listening.ts';
import { place, timeOf } from './values.ts';
import { videoId, videoSong, watchedTitle } from './youtube-titles.ts';

/** Contents of a cell of the page. */
interface Cell {
  heading: string;
  links: { url: string; text: string }[];
  text: string;
}

const LONGEST = 4 << 20;

/** The watch history of Google Takeout as a web page. Reads plays of YouTube Music only, and times in English or ISO 8601. */
export const youtubeHistoryPage: PersonalFormat = {
  id: 'youtube-history-page',
  service: 'youtube',
  title: 'YouTube Music history (Takeout, HTML)',
  obtain: 'takeout.google.com, YouTube and YouTube Music, history as HTML: watch-history.html',
  recognises: ({ head }) => /<html/i.test(head) && head.includes('outer-cell') && head.includes('mdl-'),
  async *read(input, _file, reading) {
    const name = inputName(input);
    let number = 0;
    for await (const cell of cells(input)) {
      const where = place(name, ++number);
      if (cell.heading !== 'YouTube Music') {
        reading.tally.count('video outside YouTube Music', where);
        continue;
      }
      const [video, channel] = cell.links;
      const song = video ? videoSong(watchedTitle(video.text), channel?.text ?? '', video.url) : null;
      if (!song) {
        reading.tally.count('entry without a song', where);
        continue;
      }
      const last =
        cell.text
          .split('\n')
          .map((text) => text.trim())
          .filter((text) => text !== '')
          .at(-1) ?? '';
      const id = videoId(song.uri);
      if (id) reading.names.set(`youtube:${id}`, song);
      const row = judge({ song, at: pageTime(last), ms: -1, skipped: false, where }, reading);
      if (row) yield row;
    }
  },
};

/** Hours by which the zones that Takeout writes by name differ from UTC. */
const ZONES: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  WET: 0,
  BST: 1,
  CET: 1,
  WEST: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  IST: 5.5,
  JST: 9,
  KST: 9,
  AEST: 10,
  AEDT: 11,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  AKST: -9,
  AKDT: -8,
  HST: -10,
};

/** `Jan 2, 2026, 3:04:05 PM CET` as seconds since 1970; NaN for a zone or language that is not known. */
function pageTime(text: string): number {
  const match = /^(.*) ([A-Z]{2,4}|GMT[+-]\d{1,2}(?::\d{2})?)$/.exec(text.replace(/[\s\u202f\u00a0]+/g, ' '));
  if (!match) return timeOf(text);
  const shift = /^GMT([+-])(\d{1,2})(?::(\d{2}))?$/.exec(match[2]!);
  const hours = shift
    ? (shift[1] === '-' ? -1 : 1) * (Number(shift[2]) + Number(shift[3] ?? 0) / 60)
    : (ZONES[match[2]!] ?? Number.NaN);
  return timeOf(match[1]!) - hours * 3600;
}

/** The outer cells of the page, as they come. @throws SegueError FILE_UNREADABLE */
async function* cells(input: string): AsyncGenerator<Cell> {
  let done: Cell[] = [];
  let cell: Cell | null = null;
  let heading = false;
  let body = false;
  let depth = 0;
  let link: { url: string; text: string } | null = null;
  let read = 0;
  let closed = false;
  const parser = new Parser(
    {
      onopentag(tag, { class: names = '', href = '' }) {
        if (tag === 'div') {
          if (cell) depth++;
          else if (names.includes('outer-cell')) {
            cell = { heading: '', links: [], text: '' };
            depth = 1;
            read = 0;
          }
          if (cell && names.includes('content-cell'))
            body = !names.includes('caption') && !names.includes('text-right');
        } else if (tag === 'p' && names.includes('mdl-typography--title')) heading = true;
        else if (tag === 'a' && cell && body) link = { url: href, text: '' };
        else if (tag === 'br' && cell && body) cell.text += '\n';
      },
      ontext(text) {
        if (!cell) return;
        if (heading) cell.heading += text.trim();
        else if (link) link.text += text;
        else if (body) cell.text += text;
      },
      onclosetag(tag) {
        if (tag === 'p') heading = false;
        else if (tag === 'a' && link && cell) {
          cell.links.push({ url: link.url, text: link.text.trim() });
          link = null;
        } else if (tag === 'div' && cell && --depth === 0) {
          done.push(cell);
          cell = null;
        } else if (tag === 'html') closed = true;
      },
    },
    { decodeEntities: true },
  );
  let tail = '';
  for await (const chunk of streamText(input)) {
    read += chunk.length;
    parser.write(chunk);
    tail = (tail + chunk).slice(-200);
    if (read > LONGEST + chunk.length) throw unreadable(input, 'has an entry of more than 4 MB', 'a Takeout page');
    yield* done;
    done = [];
  }
  // The parser closes open tags by itself, so only the text shows whether the page is complete.
  if (cell || (!closed && !/<\/html>\s*$/i.test(tail)))
    throw unreadable(input, 'ends in the middle: it is truncated', 'a complete Takeout page');
}
