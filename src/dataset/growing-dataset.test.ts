import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeBatch } from './batch-encoder.ts';
import { DatasetBuilder } from './builder.ts';
import type { Dataset } from './dataset.ts';
import { encodeDataset } from './dataset-file.ts';
import { type Batch, emptyBatch } from './rows.ts';
import { SOUND_WIDTH } from './sound-measures.ts';

const bytesOf = (dataset: Dataset): Buffer => Buffer.concat(encodeDataset(dataset));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const oneOf = (prefix: string, count: number): fc.Arbitrary<string> => fc.nat(count - 1).map((n) => `${prefix}${n}`);

/** Few names and ids, so that batches meet in every way: by URI, by name, with and without what the other knows. */
const trackRow = fc.record({
  uri: oneOf('t:', 12),
  name: maybe(fc.constantFrom('Song', 'SONG', 'Other', 'Übung', '')),
  artists: maybe(
    fc.array(fc.record({ uri: maybe(oneOf('a:', 4)), name: fc.constantFrom('Ann', 'ANN', 'Bob', 'Ærø') }), {
      maxLength: 2,
    }),
  ),
  album: maybe(fc.record({ uri: maybe(oneOf('b:', 3)), name: fc.constantFrom('One', 'Two') })),
  year: maybe(fc.constantFrom(1999, 2004)),
  durationMs: maybe(fc.constantFrom(1000, 2500, 9000)),
  features: maybe(fc.record({ energy: fc.constantFrom(0.25, 0.5), tempo: fc.constantFrom(0, 120) })),
  genres: maybe(fc.array(oneOf('genre ', 3), { maxLength: 2 })),
  sound: maybe(fc.constantFrom(-9, -14).map((lufs) => [lufs, ...new Array(SOUND_WIDTH - 1).fill(Number.NaN)])),
});
const batches: fc.Arbitrary<Batch> = fc
  .record({
    tracks: fc.array(trackRow, { minLength: 1, maxLength: 8 }),
    owners: fc.array(
      fc.record({
        id: oneOf('o:', 6),
        kind: fc.constantFrom('playlist' as const, 'person' as const),
        title: maybe(oneOf('list ', 3)),
        items: fc.array(fc.nat(7), { minLength: 1, maxLength: 6 }),
        weighed: fc.boolean(),
        timed: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    artists: fc.array(
      fc.record({ uri: maybe(oneOf('a:', 4)), name: fc.constantFrom('Ann', 'Bob'), popularity: maybe(fc.nat(100)) }),
      { maxLength: 2 },
    ),
  })
  .map(({ tracks, owners, artists }) => ({
    ...emptyBatch(),
    tracks,
    artists,
    owners: owners.map(({ weighed, timed, items, ...owner }) => ({
      ...owner,
      items: items.map((item) => item % tracks.length),
      ...(weighed && { weights: items.map((item) => item + 1) }),
      ...(timed && { times: items.map((item) => item * 1000) }),
    })),
  }));

test('a dataset that grows is the dataset of all its batches, to the same bytes', () => {
  fc.assert(
    fc.property(fc.array(batches, { minLength: 2, maxLength: 5 }), fc.nat(4), fc.nat(4), (all, cut, gone) => {
      const whole = new DatasetBuilder();
      let grown = new DatasetBuilder();
      for (const [i, batch] of all.entries()) {
        // A step of growth before this batch; one batch is of a part that was replaced.
        if (i === cut % all.length || i === all.length - 1) grown = DatasetBuilder.from(grown.finish());
        const { columns, cleaning } = encodeBatch(batch);
        for (const builder of [whole, grown]) {
          if (i === gone) builder.addReplaced(columns);
          else builder.addColumns(columns);
          builder.addCleaning(cleaning);
        }
      }
      assert.deepEqual(bytesOf(grown.finish()), bytesOf(whole.finish()));
    }),
    { numRuns: 400 },
  );
});

test('whatever comes later, tracks, artists, albums and owners keep their numbers', () => {
  const texts = (dataset: Dataset) => {
    const of = (column: { length: number; get(i: number): string }): string[] =>
      Array.from({ length: column.length }, (_, i) => column.get(i));
    return {
      tracks: of(dataset.tracks.vocabulary.ids),
      owners: of(dataset.owners.vocabulary.ids),
      albums: of(dataset.albums.keys!),
      genres: of(dataset.genres.ids),
      // An artist known by name may get a URI; the name stays.
      artists: of(dataset.artists.names),
    };
  };
  fc.assert(
    fc.property(fc.array(batches, { minLength: 2, maxLength: 5 }), (all) => {
      const builder = new DatasetBuilder();
      for (const batch of all.slice(0, -1)) builder.add(batch);
      const before = builder.finish();
      const grown = DatasetBuilder.from(before);
      grown.add(all.at(-1)!);
      const after = texts(grown.finish());
      for (const [name, kept] of Object.entries(texts(before)))
        assert.deepEqual(after[name as keyof typeof after].slice(0, kept.length), kept);
    }),
    { numRuns: 200 },
  );
});
