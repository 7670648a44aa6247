import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BatchColumns } from './batch-columns.ts';
import { encodeBatch } from './batch-encoder.ts';
import { batchArrays, batchColumns } from './batch-file.ts';
import { type Arrays, decodeContainer, encodeContainer, KIND, listArrays, stringArrays } from './container.ts';
import { emptyBatch, type TrackRow } from './rows.ts';

const batchOf = (tracks: readonly TrackRow[]): BatchColumns =>
  encodeBatch({ ...emptyBatch(), tracks: [...tracks] }).columns;
const read = (arrays: Arrays): BatchColumns =>
  batchColumns(decodeContainer(Buffer.concat(encodeContainer(KIND.batch, {}, arrays)), 'a.seg', 'a segment', ''));
const bytesOf = (arrays: Arrays): number => Object.values(arrays).reduce((sum, { byteLength }) => sum + byteLength, 0);

/** The columns as their numbers, whatever memory they lie in. */
const plain = (columns: BatchColumns): unknown =>
  JSON.parse(JSON.stringify(columns, (_, value) => (ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value)));

const IDS = Array.from({ length: 100 }, (_, i) => ({ uri: `tracks:${i}` }));
const KNOWN: readonly Partial<TrackRow>[] = [
  { name: 'A name' },
  { artists: [{ name: 'An artist' }] },
  { album: { name: 'An album' } },
  { year: 1999 },
  { popularity: 0 },
  { explicit: false },
  { durationMs: 1 },
  { genres: ['pop'] },
];

test('a batch is read as it was stored, whatever is known of its tracks; what is not takes no place', () => {
  const least = bytesOf(batchArrays(batchOf(IDS)));
  assert.ok(least < 100 * 15, `${least} bytes for URIs of 9 and their bounds`);
  for (const known of [{}, ...KNOWN, Object.assign({}, ...KNOWN) as Partial<TrackRow>])
    for (const at of [0, 99]) {
      const columns = batchOf(IDS.map((row, i) => (i === at ? { ...row, ...known } : row)));
      assert.deepEqual(plain(read(batchArrays(columns))), plain(columns), JSON.stringify(known));
    }
  const nothing = batchOf([]);
  assert.deepEqual(plain(read(batchArrays(nothing))), plain(nothing));
});

test('segments of earlier versions, with places for what is not known, are read too', () => {
  const columns = batchOf(IDS);
  const { name, artists, genres, album, year, popularity, explicit, durationMs } = columns.tracks;
  const before = {
    ...batchArrays(columns),
    ...stringArrays('name', name),
    ...listArrays('artists', artists),
    ...listArrays('genres', genres),
    album,
    year,
    popularity,
    explicit,
    durationMs,
  };
  assert.equal(before.year.length, 100);
  assert.deepEqual(plain(read(before)), plain(columns));
});

test('columns of a wrong length are refused', () => {
  const arrays = batchArrays(batchOf(IDS));
  const wrongs: Arrays[] = [
    { year: new Int16Array(99) },
    { album: new Int32Array(1).fill(-1) },
    { 'name.offsets': new Uint32Array(3) },
    { 'artists.ptr': new Int32Array(100) },
  ];
  for (const wrong of wrongs) assert.throws(() => read({ ...arrays, ...wrong }), { code: 'FILE_UNREADABLE' });
});
