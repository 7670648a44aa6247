import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOf, wholeRow } from '../../test/support/lyrics-rows.ts';
import { encodeBatch } from './batch-encoder.ts';
import { batchArrays, batchColumns } from './batch-file.ts';
import { DatasetBuilder } from './builder.ts';
import { type Arrays, decodeContainer, encodeContainer, KIND } from './container.ts';
import type { Dataset } from './dataset.ts';
import { decodeDataset, encodeDataset } from './dataset-file.ts';
import { LYRICS_WIDTH } from './lyrics-measures.ts';
import { lyricsAt } from './lyrics-table.ts';
import { type Batch, emptyBatch } from './rows.ts';
import { openShared, shareDataset } from './shared-dataset.ts';
import { StringColumn } from './strings.ts';

type Row = readonly number[];
const row = (numbers: Record<number, number>): Row =>
  Array.from({ length: LYRICS_WIDTH }, (_, at) => Math.fround(numbers[at] ?? 0));
const A = row({ 0: Number.NaN, 1: 12, 30: 0.1, 280: 2 });
const B = row({ 0: 0, 1: 13, 26: 4 });
const C = row({ 0: 3, 1: 14, 25: 0.25 });

const batch = (songs: readonly (readonly [uri: string, lyrics: Row | null])[]): Batch => ({
  ...emptyBatch(),
  columns: {
    uri: StringColumn.from(songs.map(([uri]) => uri)),
    features: {},
    lyrics: rowsOf(songs.map(([, lyrics]) => lyrics)),
  },
});

function build(...batches: Batch[]): Dataset {
  const builder = new DatasetBuilder();
  for (const one of batches) builder.add(one);
  return builder.finish();
}

/** Of each track all numbers, null without lyrics. */
const whole = ({ tracks: { count, lyrics } }: Dataset): (Row | null)[] =>
  Array.from({ length: count }, (_, t) => {
    const at = lyrics?.row[t] ?? -1;
    return at < 0 ? null : wholeRow(lyrics!, at);
  });

const bytesOf = (pieces: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(pieces));
const arraysOf = (pieces: readonly Uint8Array[]) => decodeContainer(bytesOf(pieces), 'x', 'x', 'x');

const FIRST = batch([
  ['a', null],
  ['b', A],
  ['c', B],
  ['b', C],
  ['d', null],
]);

test('within a batch the first row of a track counts, across batches the last; a track without keeps none', () => {
  assert.deepEqual(whole(build(FIRST)), [null, A, B, null]);
  const later = batch([
    ['d', A],
    ['b', B],
    ['a', null],
  ]);
  const both = build(FIRST, later);
  assert.deepEqual(whole(both), [null, B, B, A]);
  const grown = DatasetBuilder.from(build(FIRST));
  grown.add(later);
  // Wherever the merge began, the bytes are the same.
  assert.deepEqual(bytesOf(encodeDataset(grown.finish())), bytesOf(encodeDataset(both)));
  assert.equal(build(batch([['a', null]])).tracks.lyrics, undefined);
});

test('rows survive the file, a shared copy and a view of the first tracks; numbers are found in them', () => {
  const dataset = build(FIRST);
  for (const one of [dataset, decodeDataset(bytesOf(encodeDataset(dataset)), 'x'), openShared(shareDataset(dataset))]) {
    assert.deepEqual(whole(one), [null, A, B, null]);
    for (const at of [1, 2, 26, 280]) {
      assert.equal(lyricsAt(one.tracks.lyrics, 1, at), A[at]);
      assert.ok(Number.isNaN(lyricsAt(one.tracks.lyrics, 0, at)));
    }
  }
  assert.deepEqual(whole(dataset.firstTracks(2)), [null, A]);
});

test('datasets and segments of earlier versions, which hold every zero, are read as the same', () => {
  const dataset = build(FIRST);
  const { meta, arrays } = arraysOf(encodeDataset(dataset));
  const { 'track.lyrics.1.ptr': _ptr, 'track.lyrics.1.idx': _idx, ...others } = arrays;
  const before: Arrays = { ...others, 'track.lyrics.1.values': Float32Array.from([...A, ...B]) };
  assert.deepEqual(whole(decodeDataset(bytesOf(encodeContainer(KIND.dataset, meta, before)), 'x')), whole(dataset));

  const { columns } = encodeBatch(FIRST);
  const none = new Array<number>(LYRICS_WIDTH).fill(Number.NaN);
  const { lyrics, ...tracks } = columns.tracks;
  const segment = { ...batchArrays({ ...columns, tracks }), 'lyrics.1': Float32Array.from([none, A, B, none].flat()) };
  const read = batchColumns(arraysOf(encodeContainer(KIND.batch, {}, segment)));
  assert.deepEqual(read.tracks.lyrics, lyrics);
  const now = batchColumns(arraysOf(encodeContainer(KIND.batch, {}, batchArrays(columns))));
  assert.deepEqual(now.tracks.lyrics, lyrics);
});

test('a place that no row has is refused', () => {
  const { columns } = encodeBatch(FIRST);
  const arrays = batchArrays(columns);
  const wrong = { ...arrays, 'lyrics.1.idx': Uint16Array.from(arrays['lyrics.1.idx']!).fill(LYRICS_WIDTH) };
  assert.throws(() => batchColumns(arraysOf(encodeContainer(KIND.batch, {}, wrong))), { code: 'FILE_UNREADABLE' });
});
