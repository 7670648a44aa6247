import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { writeLarge } from '../../test/support/large-exports.ts';

/** A file that once stopped or swelled an import. */
export interface HostileFile {
  readonly what: string;
  readonly file: string;
  /** The source, and what else the import is told. */
  readonly as: readonly [source: string, ...options: string[]];
  /** Whether it needs a library with songs. */
  readonly songs?: true;
  /** Writes the file with about so many bytes, unpacked where it is packed. */
  write(path: string, bytes: number): Promise<unknown>;
}

const MB = 1e6;
const MEMBERS = 3000;
const TRACKS = 'uri,name,artists,track_genre\n';
const MINE = ['mine', '--listener', 'Ada'] as const;
const uri = (i: number): string => `spotify:track:${String(i).padStart(22, 'a')}`;
const rows = (head: string, row: (i: number) => string) => (path: string, bytes: number) =>
  writeLarge({ head, row, tail: '' }, path, bytes);

/** One line without an end. */
const line = (path: string, bytes: number): Promise<void> =>
  pipeline(function* () {
    const part = 'Some Artist - Some Song and '.repeat(MB / 100);
    for (let written = 0; written < bytes; written += part.length) yield part;
  }, createWriteStream(path));

/** Blank lines after a head; gzip files may be concatenated. */
const blankLines = (path: string, bytes: number): Promise<void> =>
  pipeline(function* () {
    yield gzipSync(TRACKS);
    const blank = gzipSync('\n'.repeat(MB));
    for (let written = 0; written < bytes; written += MB) yield blank;
  }, createWriteStream(path));

/** An archive of tables, by number of members; every track is another one. */
async function members(path: string, bytes: number): Promise<void> {
  const zip = new ZipFile();
  let track = 0;
  for (let member = 0; member < MEMBERS; member++) {
    let text = TRACKS;
    while (text.length < bytes / MEMBERS) text += `${uri(track)},Song ${track++},Artist ${member},pop\n`;
    zip.addBuffer(Buffer.from(text), `tracks-${member}.csv`);
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

export const HOSTILE_FILES: readonly HostileFile[] = [
  { what: `zip of ${MEMBERS} members`, file: 'tables.zip', as: ['tracks'], write: members },
  {
    what: 'rows of one track, each with another genre',
    file: 'one.csv',
    as: ['tracks'],
    write: rows(TRACKS, (i) => `${uri(1)},One Song,One Artist,genre number ${i} of many\n`),
  },
  {
    what: '400,000 genres in a cell',
    file: 'genres.csv',
    as: ['artists'],
    write: rows(
      'name,genres\n',
      (i) => `Artist ${i},"[${Array.from({ length: 400_000 }, (_, g) => `'g${g}'`).join(',')}]"\n`,
    ),
  },
  {
    what: '400,000 artists in a cell',
    file: 'artists.csv',
    as: ['tracks'],
    write: rows(TRACKS, (i) => `${uri(i)},Song ${i},"${Array.from({ length: 400_000 }, (_, a) => `A${a}`)}",pop\n`),
  },
  {
    what: '100,000 spaces in an artist cell',
    file: 'spaces.csv',
    as: ['tracks'],
    write: rows(TRACKS, (i) => `${uri(i)},Song ${i},"a${' '.repeat(100_000)}b",pop\n`),
  },
  { what: 'blank lines in a .csv.gz', file: 'blank.csv.gz', as: ['tracks'], write: blankLines },
  { what: 'one line, as interactions', file: 'line.tsv', as: ['interactions'], write: line },
  { what: 'one line, as a list of songs', file: 'line.txt', as: MINE, songs: true, write: line },
];
