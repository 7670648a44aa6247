import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CleanBatch } from '../dataset/batch-columns.ts';
import { BatchEncoder } from '../dataset/batch-encoder.ts';
import { emptyBatch, type Rejection } from '../dataset/rows.ts';
import { Rng } from '../math/rng.ts';
import { artistColumns, artistRow } from './artist-table.ts';
import { PlainArtists } from './plain-artists.ts';
import { arePlain, readParts } from './plain-lines.ts';
import { SeparatedText, type TableRow } from './separated-text.ts';
import { TableTally } from './table-tally.ts';

interface Read {
  readonly batch: CleanBatch;
  readonly rejections: Rejection[];
}

const NAMES = ['A', 'B', 'nan', ' C', 'É', '', ' ', 'a b', '"Q"', '"x, y"', '"a ""b"""', '\u00a0N\u00a0'];
const GENRES = ['pop', 'Pop', '', 'nan', 'Rock', 'a;b', "\"['x', 'y']\"", '"p, q"', '[]', 'É', '"Z"', 'a feat. b', ' '];
const NUMBERS = ['1', '50', '', 'nan', '101', '-1', '2.5', 'many', '1e3'];
const URIS = [
  '',
  'x:1',
  '4GiXBCUF7H6YfNQsnBRIzl',
  'plain',
  'nan',
  'https://open.spotify.com/artist/4GiXBCUF7H6YfNQsnBRIzl',
];

/** Artists of a table, as columns from whatever comes as plain lines where `plain` says so. */
async function read(header: readonly string[], body: string, plain: boolean): Promise<Read> {
  const columns = artistColumns(header)!;
  const encoder = new BatchEncoder();
  const tally = new TableTally('a.csv');
  const table = new SeparatedText(',');
  const artists = new PlainArtists(columns);
  assert.ok(PlainArtists.takes(columns));
  const take = (rows: readonly TableRow[]): void => {
    const batch = emptyBatch();
    for (const row of rows) {
      const artist = artistRow(row, columns, 'a.csv', tally.rejections);
      if (artist && tally.areFew(row.line, 0, artist.genres?.length)) batch.artists.push(artist);
    }
    encoder.add({ ...batch, goesOn: true });
  };
  table.take(`${header}\n`);
  const chunks = (async function* () {
    // The first piece of a file always comes as rows.
    yield Buffer.from('\n');
    yield Buffer.from(body);
  })();
  for await (const part of readParts('a.csv', chunks, new TextDecoder(), table, ',', () => (plain ? 'quoted' : 'none')))
    if (!arePlain(part)) take(part);
    else
      for (let at = 0; at < part.bytes.length; ) {
        const one = artists.read(part, at, tally);
        at = one.at;
        encoder.add({ ...emptyBatch(), artistColumns: one.artists, goesOn: true });
      }
  take(table.finish());
  return { batch: encoder.finish()!, rejections: tally.next() };
}

test('lines of a table of artists taken as bytes give what their rows give', async () => {
  const rng = new Rng(31);
  for (let round = 0; round < 600; round++) {
    const all = ['name', 'genres', 'popularity', 'followers', 'uri', 'other'] as const;
    const header = all.filter((column) => column === 'name' || column === 'genres' || rng.uniform() < 0.5);
    header.sort(() => rng.uniform() - 0.5);
    const of = { name: NAMES, genres: GENRES, popularity: NUMBERS, followers: NUMBERS, uri: URIS, other: GENRES };
    const body = Array.from({ length: 1 + rng.below(9) }, () => {
      const cells = header.map((column) => of[column][rng.below(rng.uniform() < 0.5 ? 2 : of[column].length)]!);
      if (rng.uniform() < 0.1) cells.pop();
      if (rng.uniform() < 0.1) cells.push('more');
      return `${rng.uniform() < 0.05 ? '' : cells}\n`;
    }).join('');
    assert.deepEqual(await read(header, body, true), await read(header, body, false), JSON.stringify({ header, body }));
  }
});
