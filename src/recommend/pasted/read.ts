import { songColumns, songOfRow } from './columns.ts';
import { sniffDelimiter, TableReader } from './delimited.ts';
import { songsOfJson } from './json.ts';
import { cut, type PastedLine, pastedLine, undecorated } from './line.ts';

export interface PastedList {
  readonly format: 'lines' | 'csv' | 'm3u' | 'json';
  /** The list's own name. */
  readonly title: string;
  readonly lines: PastedLine[];
}

/** A longer first line is not a header. */
const LONGEST_HEADER = 100_000;
const LINE_END = /\r\n|\r|\n|\u2028/;

/**
 * Parses pasted text or the content of an exported file as a list of songs: JSON, extended M3U, CSV or TSV with a header, otherwise one song per
 * line. Empty lines and comments are skipped. Server and page share this function.
 */
export function readPasted(text: string): PastedList {
  const clean = text.replace(/^\uFEFF/, '');
  return readJson(clean) ?? readM3u(clean) ?? readCsv(clean) ?? readLines(clean);
}

function readLines(text: string): PastedList {
  const lines: PastedLine[] = [];
  text.split(LINE_END).forEach((raw, i) => {
    const written = cut(raw.trimStart());
    // "# " begins a comment; "#SELFIE" is a song.
    if (written !== '' && !/^#(\s|$)/.test(written)) lines.push(pastedLine(i + 1, { text: undecorated(written) }));
  });
  return { format: 'lines', title: '', lines };
}

function readM3u(text: string): PastedList | null {
  if (!/^#EXT(M3U|INF)/.test(text.trimStart())) return null;
  const lines: PastedLine[] = [];
  let title = '';
  let named: { line: number; text: string } | null = null;
  text.split(LINE_END).forEach((raw, i) => {
    const written = cut(raw.trimStart());
    if (written.startsWith('#PLAYLIST:')) title = written.slice(10).trim();
    else if (written.startsWith('#EXTINF:'))
      named = { line: i + 1, text: written.slice(written.indexOf(',') + 1).trim() };
    else if (written !== '' && !written.startsWith('#')) {
      const isId = /^spotify:|^https?:\/\//.test(written);
      const file = written
        .split(/[/\\]/)
        .at(-1)!
        .replace(/\.\w{2,4}$/, '')
        .replace(/^\d{1,3}[ ._-]+/, '');
      const song = { text: named?.text || (isId ? written : file), id: isId ? written : '' };
      lines.push(pastedLine(named?.line ?? i + 1, song));
      named = null;
    }
  });
  return { format: 'm3u', title, lines };
}

function readCsv(text: string): PastedList | null {
  const start = text.trimStart();
  const first = start.slice(0, LONGEST_HEADER).split(LINE_END, 1)[0]!;
  const delimiter = sniffDelimiter(first);
  const lines: PastedLine[] = [];
  let columns: ReturnType<typeof songColumns> | null = null;
  let rows = 0;
  const reader = new TableReader(delimiter, (row) => {
    rows++;
    columns ??= songColumns(row);
    const song = rows > 1 ? songOfRow(row, columns) : null;
    if (song) lines.push(pastedLine(rows, song));
  });
  reader.push(`${first}\n`);
  const { id, title, artist } = (columns ?? songColumns([])) as ReturnType<typeof songColumns>;
  // A lone word such as "name" on the first line is a song; a comma alone does not make a table.
  if (id < 0 && (title < 0 || artist < 0) && !(title >= 0 && first.includes(delimiter))) return null;
  reader.push(start.slice(first.length).replace(/\r\n?/g, '\n'));
  reader.finish();
  return { format: 'csv', title: '', lines };
}

function readJson(text: string): PastedList | null {
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const lines = songsOfJson(value).map((song, i) => pastedLine(i + 1, song));
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : '';
  return { format: 'json', title: typeof name === 'string' ? name : '', lines };
}
