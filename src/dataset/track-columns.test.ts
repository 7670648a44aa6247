import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeBatch } from './batch-encoder.ts';
import { DatasetBuilder } from './builder.ts';
import type { Dataset } from './dataset.ts';
import { emptyBatch, type NameLists, type TrackColumns, type TrackRow } from './rows.ts';
import { fingerprint } from './shared-dataset.ts';
import { StringColumn } from './strings.ts';

interface Row {
  uri: string;
  name: string;
  artists: string[];
  album: string;
  genres: string[];
}

const lists = (rows: readonly string[][]): NameLists => {
  const ptr = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) ptr[i + 1] = ptr[i]! + rows[i]!.length;
  return { ptr, names: StringColumn.from(rows.flat()) };
};
const columnsOf = (rows: readonly Row[]): TrackColumns => ({
  uri: StringColumn.from(rows.map(({ uri }) => uri)),
  name: StringColumn.from(rows.map(({ name }) => name)),
  artists: lists(rows.map(({ artists }) => artists)),
  album: StringColumn.from(rows.map(({ album }) => album)),
  genres: lists(rows.map(({ genres }) => genres)),
  features: {},
});

const tracksOf = (rows: readonly Row[]): TrackRow[] =>
  rows.map(({ name, album, artists, ...rest }) => ({
    ...rest,
    ...(name && { name }),
    ...(album && { album: { name: album } }),
    ...(artists.length > 0 && { artists: artists.map((artist) => ({ name: artist })) }),
  }));

const texts = (...some: string[]): fc.Arbitrary<string> => fc.constantFrom(...some);
const row = fc.record<Row>({
  uri: fc.integer({ min: 0, max: 40 }).map(String),
  name: texts('', 'One', 'Two', 'Über'),
  artists: fc.array(texts('A', 'a', 'É', 'B'), { maxLength: 2 }),
  album: texts('Hits', 'hits', 'É', '1', '2', '3', ''),
  genres: fc.array(texts('pop', 'Pop', ' ', 'rock'), { maxLength: 2 }),
});
/** Parts of tables: of tracks that all differ and have albums, or of any. */
const part = fc.oneof(
  fc
    .uniqueArray(row, { selector: ({ uri }) => uri, maxLength: 30 })
    .map((rows) => rows.map((one) => ({ ...one, album: one.album || 'Hits' }))),
  fc.array(row, { maxLength: 12 }),
);

test('tables as columns give the dataset of the same rows one by one, in one batch or in many', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), fc.boolean(), (parts, goesOn) => {
      const build = (add: (rows: readonly Row[]) => object): Dataset => {
        const builder = new DatasetBuilder();
        for (const rows of parts) builder.add({ ...emptyBatch(), ...add(rows), goesOn });
        return builder.finish();
      };
      const expected = build((rows) => ({ tracks: tracksOf(rows) }));
      const got = build((rows) => ({ columns: columnsOf(rows) }));
      assert.equal(fingerprint(got), fingerprint(expected));
      assert.deepEqual(got.albums, expected.albums);
      for (const rows of parts)
        assert.deepEqual(
          encodeBatch({ ...emptyBatch(), columns: columnsOf(rows) }).columns,
          encodeBatch({ ...emptyBatch(), tracks: tracksOf(rows) }).columns,
        );
    }),
    { numRuns: 500 },
  );
});
