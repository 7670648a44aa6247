import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CleanBatch } from '../dataset/batch-columns.ts';
import { BatchEncoder } from '../dataset/batch-encoder.ts';
import { batchArrays } from '../dataset/batch-file.ts';
import { emptyBatch, type Rejection } from '../dataset/rows.ts';
import { Rng } from '../math/rng.ts';
import { numberCell, yearCell } from './cells.ts';
import { CellMeanings, numberBytes, yearBytes } from './plain-cells.ts';
import { arePlain, readParts } from './plain-lines.ts';
import { PlainTracks } from './plain-tracks.ts';
import { SeparatedText, type TableRow } from './separated-text.ts';
import { TableTally } from './table-tally.ts';
import { trackColumns, trackRow } from './track-table.ts';

interface Read {
  readonly batch: CleanBatch;
  readonly rejections: Rejection[];
}

const utf8 = new TextEncoder();

/** Tracks of rows, as the reader of texts has them. */
class Reading {
  readonly tally = new TableTally('t.csv');
  private readonly encoder = new BatchEncoder();
  private readonly header: readonly string[];

  constructor(header: readonly string[]) {
    this.header = header;
  }

  rows(rows: readonly TableRow[]): void {
    const batch = emptyBatch();
    for (const row of rows) {
      const track = trackRow(row, trackColumns(this.header)!, this.header.length, 't.csv', this.tally.rejections);
      if (track && this.tally.areFew(row.line, track.artists?.length, track.genres?.length)) batch.tracks.push(track);
    }
    this.encoder.add({ ...batch, goesOn: true });
  }

  columns(columns: ReturnType<PlainTracks['read']>['tracks']): void {
    this.encoder.add({ ...emptyBatch(), columns, goesOn: true });
  }

  finish(): Read {
    return { batch: this.encoder.finish()!, rejections: this.tally.next() };
  }
}

/** The oracle: the whole text at once, row by row. */
function readRows(header: readonly string[], body: Uint8Array): Read {
  const reading = new Reading(header);
  const table = new SeparatedText(',');
  const rows = [
    ...table.take(`${header}\n${new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)}`),
    ...table.finish(),
  ];
  reading.rows(rows.slice(1));
  return reading.finish();
}

async function readPieces(header: readonly string[], pieces: readonly Uint8Array[]): Promise<Read & { plain: number }> {
  const reading = new Reading(header);
  const table = new SeparatedText(',');
  const tracks = new PlainTracks(trackColumns(header)!, header.length);
  const decoder = new TextDecoder();
  table.take(decoder.decode(utf8.encode(`${header}\n`), { stream: true }));
  let plain = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield* pieces;
  }
  for await (const part of readParts('t.csv', chunks(), decoder, table, ',', () => 'quoted')) {
    if (!arePlain(part)) {
      reading.rows(part);
      continue;
    }
    plain += part.lines;
    for (let at = 0; at < part.bytes.length; ) {
      const read = tracks.read(part, at, reading.tally);
      at = read.at;
      reading.columns(read.tracks);
    }
  }
  reading.rows(table.finish());
  return { ...reading.finish(), plain };
}

const contents = ({ batch, rejections }: Read): unknown => ({
  arrays: batchArrays(batch.columns),
  cleaning: batch.cleaning,
  taken: batch.taken,
  rejections,
});

const HEADERS = [
  'id,year',
  'uri,name,artists,track_genre',
  'track_id,name,album,explicit,duration_ms,popularity,year,genres',
  'id,name,energy,tempo,key,duration_s',
  'name,release_date,track_uri,loudness,artists',
];
const ID = '4GiXBCUF7H6YfNQsnBRIzl';
const CELLS = [
  ...['', 'a', 'b1', ' c ', 'nan', 'None', '-', 'null pointer', 'NAN', 'Übung', '\ufeffmark', 'a\u0000b', '\u007f'],
  ...[ID, `spotify:track:${ID}`, 'spotify:track:', `spotify:artist:${ID}`, 'http://a:1', ':', '1:2', `${ID}x`],
  ...[
    '1999',
    '2004-05-06',
    '19999',
    '1999.0',
    '199',
    '0',
    '1',
    'True',
    'false',
    '12.5',
    '-7',
    '0.1',
    '1e3',
    '5.',
    '.5',
  ],
  ...['12345678901234567890', '0.30000000000000004', '123456789.123456', '1.2.3', '-', '--1', '- 1', '0x10', '-0'],
  ...["['Ann']", "['Ann, Bob']", "['Ann feat. Bob']", "[' ']", "['O\\'Hara']", "['a', 'b']", "['nan']"],
  ...['Ann; Bob', 'Ann feat. Bob', 'pop;rock', 'Pop', ';', "['a'; 'b']", '\u00a0', 'x'.repeat(70)],
];

test('lines taken as bytes give what rows of texts give, wherever they are cut: tracks, names, cleaning, rejections', async () => {
  const rng = new Rng(5);
  let plain = 0;
  for (let round = 0; round < 600; round++) {
    const header = HEADERS[rng.below(HEADERS.length)]!.split(',');
    let text = '';
    for (let row = rng.below(12); row >= 0; row--) {
      const cells = header.map(() => CELLS[rng.below(CELLS.length)]!);
      if (rng.uniform() < 0.05) cells.push(rng.uniform() < 0.5 ? '' : 'more');
      if (rng.uniform() < 0.05) cells.pop();
      if (rng.uniform() < 0.5) {
        const cell = rng.below(cells.length);
        if (!cells[cell]!.includes('"')) cells[cell] = `"${cells[cell]}${[',', '', ', x'][rng.below(3)]}"`;
      }
      // A quote inside a cell or behind a quoted one, a lone \r, a line break in a cell: none of it is plain.
      if (rng.uniform() < 0.04) cells[0] = ['"a, ""b"""', 'a\rb', '"a\nb"', 'a"b', '"a" b', '"a\rb"'][rng.below(6)]!;
      text += `${cells.join(',')}${rng.uniform() < 0.1 ? '\n\n' : '\n'}`;
    }
    if (rng.uniform() < 0.3) text = text.trimEnd();
    const body = utf8.encode(text);
    // Bytes that are no UTF-8.
    if (rng.uniform() < 0.2) body[rng.below(body.length)] = 0x80 + rng.below(0x80);
    const pieces: Uint8Array[] = [];
    const most = rng.uniform() < 0.5 ? 9 : 200;
    for (let at = 0; at < body.length; ) {
      const size = 1 + rng.below(most);
      pieces.push(body.subarray(at, at + size));
      at += size;
    }
    let expected: unknown;
    try {
      expected = contents(readRows(header, body));
    } catch {
      // An invalid byte where a quote closes: no table either way.
      await assert.rejects(readPieces(header, pieces));
      continue;
    }
    const read = await readPieces(header, pieces);
    assert.deepEqual(contents(read), expected, JSON.stringify(text));
    plain += read.plain;
  }
  assert.ok(plain > 800, `${plain}`);
});

test('a line of 70,000 characters that two chunks share is not taken as bytes: its cell is too long', async () => {
  const long = `${'x'.repeat(40_000)}`;
  const pieces = ['a,1999\nb,2000\n', `c,${long}`, `${long}\nd,2001\n`, 'e,2002\n'].map((text) => utf8.encode(text));
  const { plain, batch } = await readPieces(['id', 'year'], pieces);
  assert.equal(plain, 2);
  assert.equal(batch.taken.tracks, 5);
});

test('what distinct cells mean is remembered, and forgotten where there are too many', () => {
  const read: string[] = [];
  const meanings = new CellMeanings((cell) => `<${read.push(cell) && cell}>`);
  const of = (text: string): string => {
    const bytes = utf8.encode(`x${text}`);
    return meanings.of(bytes, new DataView(bytes.buffer), 1, bytes.length);
  };
  for (const cell of ['a', 'b', '', 'a', 'b']) assert.equal(of(cell), `<${cell}>`);
  assert.deepEqual(read, ['a', 'b', '']);
  for (let i = 0; i < 40_000; i++) assert.equal(of(`${i}`), `<${i}>`);
  const before = read.length;
  assert.equal(of('39999'), '<39999>');
  assert.equal(read.length, before);
  of('a');
  assert.equal(read.length, before + 1, 'forgotten meanwhile');
});

test('numbers and years of bytes are those of the same texts, to the last bit', () => {
  const rng = new Rng(3);
  const parts = ['0', '1', '7', '9', '.', '-', '12', '345', '00', '6789', ' ', 'e', '5', '2'];
  for (let round = 0; round < 50_000; round++) {
    let text = '';
    for (let n = rng.below(8); n >= 0; n--) text += parts[rng.below(parts.length)]!;
    const bytes = utf8.encode(`,${text},`);
    const read = numberBytes(bytes, 1, bytes.length - 1);
    assert.ok(Object.is(read, numberCell(text)), `${text}: ${read}`);
    assert.ok(Object.is(yearBytes(bytes, 1, bytes.length - 1), yearCell(text)), text);
  }
});
