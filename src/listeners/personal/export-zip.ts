import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { Pace } from '../pace.ts';
import type { Page } from '../page.ts';
import type { ListenerRepository } from '../repository.ts';
import { jspf } from './jspf.ts';

const README = `This archive holds everything Segue keeps about you, in open formats.

listener.json, settings.json   who you are here, and your settings
blend.json                     the models that knew you best, as a backtest found them
plays.jsonl, plays.csv         your history, oldest first: the same rows twice, as JSON Lines and as a table
plays-removed.jsonl            plays that you took out of it
songs.jsonl                    the songs that you played, with their counts
likes.jsonl, dislikes.jsonl, bans.jsonl
lists.jsonl                    your saved lists with every version, its seeds and settings
lists/*.jspf                   the latest version of each as a playlist that players can open (https://xspf.org/jspf)
lists-removed.jsonl            lists in the bin
events.jsonl, shown.jsonl      what you did with songs, and the lists that were shown to you
imports.jsonl                  the files that you brought
review.jsonl                   songs of them that may be one of several

Times are milliseconds since 1970 in UTC, unless they are written as dates. A song is named by its address in the catalogue; addresses
that begin with "own:" are songs that the catalogue does not know.
`;

const PAGE = 1000;

/**
 * Everything that is kept of a listener, as one zip of JSON Lines, CSV and JSPF. It is written as it is read: memory stays bounded however
 * long the history is. @throws SegueError NOT_FOUND
 */
export async function exportListener(repository: ListenerRepository, id: string): Promise<Readable> {
  const { listeners, settings, plays, songs, opinions, bans, lists, events, shown, imports, reviews } = repository;
  const listener = await listeners.get(id);
  const zip = new ZipFile();
  const add = (name: string, rows: () => AsyncIterable<string>): void => {
    zip.addReadStreamLazy(name, (done) => done(null, Readable.from(rows(), { objectMode: false })));
  };
  const text = (name: string, content: string): void => zip.addBuffer(Buffer.from(content), name);
  text('README.txt', README);
  text('listener.json', `${JSON.stringify(listener, null, 2)}\n`);
  text('settings.json', `${JSON.stringify(await settings.get(id), null, 2)}\n`);
  text('blend.json', `${JSON.stringify(await repository.blends.get(id), null, 2)}\n`);
  add('plays.jsonl', () => lines(flat(plays.inOrder(id))));
  add('plays.csv', () => table(flat(plays.inOrder(id))));
  add('plays-removed.jsonl', () => lines(pages((page) => plays.page(id, { ...page, removed: true }))));
  add('songs.jsonl', () => lines(pages((page) => songs.page(id, page))));
  add('likes.jsonl', () => lines(pages((page) => opinions.page(id, 'like', page))));
  add('dislikes.jsonl', () => lines(pages((page) => opinions.page(id, 'dislike', page))));
  add('bans.jsonl', () => lines(once(() => bans.all(id))));
  add('imports.jsonl', () => lines(once(() => imports.all(id))));
  add('review.jsonl', () => lines(pages((page) => reviews.page(id, page))));
  add('events.jsonl', () => lines(pages((page) => events.page(id, page))));
  add('shown.jsonl', () => lines(pages((page) => shown.page(id, page))));
  for (const removed of [false, true])
    add(removed ? 'lists-removed.jsonl' : 'lists.jsonl', () => inPieces(withVersions(repository, id, removed), String));
  const used = new Set<string>();
  for await (const list of pages((page) => lists.page(id, page)))
    add(`lists/${fileName(list.name, used)}.jspf`, async function* () {
      yield* inPieces(jspf(list, await lists.version(id, list.id)), String);
    });
  zip.end();
  return zip.outputStream as Readable;
}

/** The lists as lines of JSON, each in parts: one with its versions may take megabytes. */
async function* withVersions(repository: ListenerRepository, id: string, removed: boolean): AsyncIterable<string> {
  const { lists } = repository;
  for await (const list of pages((page) => lists.page(id, { ...page, removed }))) {
    yield `${JSON.stringify(list).slice(0, -1)},"versions":`;
    let before = '[';
    for (const { version } of await lists.versions(id, list.id)) {
      yield before + JSON.stringify(await lists.version(id, list.id, version));
      before = ',';
    }
    yield before === '[' ? '[]}\n' : ']}\n';
  }
}

async function* pages<T>(read: (page: { limit: number; after?: string }) => Promise<Page<T>>): AsyncIterable<T> {
  let after: string | undefined;
  do {
    const { items, next } = await read({ limit: PAGE, ...(after !== undefined && { after }) });
    yield* items;
    after = next ?? undefined;
  } while (after !== undefined);
}

async function* flat<T>(batches: AsyncIterable<readonly T[]>): AsyncIterable<T> {
  for await (const batch of batches) yield* batch;
}

async function* once<T>(read: () => Promise<readonly T[]>): AsyncIterable<T> {
  yield* await read();
}

async function* lines(rows: AsyncIterable<object>): AsyncIterable<string> {
  yield* inPieces(rows, (row) => `${JSON.stringify(row)}\n`);
}

/** Characters that are handed on together: to hand on each row takes longer than to write it. */
const PIECE = 16_384;

/** Rows as text, with rests: where they are read in pages, nothing of it waits for anything else. */
async function* inPieces<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  textOf: (row: Row) => string,
): AsyncIterable<string> {
  const pace = new Pace();
  let piece = '';
  for await (const row of rows) {
    piece += textOf(row);
    let from = 0;
    for (let end = PIECE; end <= piece.length; end = from + PIECE) {
      if (pace.due) await pace.rest();
      // A character of two halves stays whole.
      if (/[\uD800-\uDBFF]/.test(piece[end - 1]!)) end--;
      yield piece.slice(from, end);
      from = end;
    }
    piece = piece.slice(from);
  }
  if (piece !== '') yield piece;
}

interface TableRow {
  readonly at: number;
  readonly song: string;
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string | null;
  readonly msPlayed: number | null;
  readonly skipped: boolean;
  readonly source: string;
}

async function* table(rows: AsyncIterable<TableRow>): AsyncIterable<string> {
  yield 'ended_at,song,title,artists,album,ms_played,skipped,source\r\n';
  yield* inPieces(rows, ({ at, song, title, artists, album, msPlayed, skipped, source }) => {
    const cells = [new Date(at).toISOString(), song, title, artists.join('; '), album, msPlayed, skipped, source];
    return `${cells.map(cell).join(',')}\r\n`;
  });
}

/** A cell of RFC 4180; a text that a spreadsheet would take for a formula is made harmless. */
function cell(value: string | number | boolean | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A name that every file system takes, unlike those before it. */
function fileName(name: string, used: Set<string>): string {
  const plain =
    name
      .replace(/[^\p{L}\p{N} _()-]/gu, '_')
      .slice(0, 80)
      .trim() || 'list';
  for (let n = 1; ; n++) {
    const tried = n === 1 ? plain : `${plain} (${n})`;
    const key = tried.toLowerCase();
    if (used.has(key)) continue;
    used.add(key);
    return tried;
  }
}
