import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AlbumMerger } from './album-merger.ts';
import { normaliseName } from './normalise.ts';
import { StringColumn } from './strings.ts';

const album = fc.record({
  name: fc.constantFrom('Hits', 'hits', 'É', '1', '2', '3'),
  uri: fc.constantFrom('', '', 'u:1'),
});
const batch = fc.array(album, { minLength: 1, maxLength: 12 }).chain((albums) =>
  fc.record({
    albums: fc.constant(albums),
    named: fc.oneof(
      fc.constant(albums.map((_, which) => ({ which, artist: -1 }))),
      fc.array(fc.record({ which: fc.nat(albums.length - 1), artist: fc.integer({ min: -1, max: 12 }) }), {
        maxLength: 20,
      }),
    ),
  }),
);

test('albums of batches are numbered by URI, else by main artist and normalised name; the first that comes counts', () => {
  fc.assert(
    fc.property(fc.array(batch, { maxLength: 4 }), (batches) => {
      const merger = new AlbumMerger();
      const known = new Map<string, number>();
      const expected: { name: string; artist: number }[] = [];
      for (const { albums, named } of batches) {
        const numbers = named.map(({ which, artist }) => {
          const { name, uri } = albums[which]!;
          const key = uri || `${artist}\u0000${normaliseName(name)}`;
          let number = known.get(key);
          if (number === undefined) {
            number = expected.push({ name, artist }) - 1;
            known.set(key, number);
          }
          return number;
        });
        const columns = {
          uri: StringColumn.from(albums.map(({ uri }) => uri)),
          name: StringColumn.from(albums.map(({ name }) => name)),
        };
        const which = Int32Array.from(named, (one) => one.which);
        const artists = Int32Array.from(named, (one) => one.artist);
        assert.deepEqual([...merger.numbers(columns, which, artists)], numbers);
      }
      const { count, names, artist, keys } = merger.finish();
      assert.equal(count, expected.length);
      assert.deepEqual(
        expected.map((_, i) => ({ name: names.get(i), artist: artist[i] })),
        expected,
      );
      assert.deepEqual(
        [...known.keys()],
        Array.from({ length: count }, (_, i) => keys!.get(i)),
      );
    }),
    { numRuns: 500 },
  );
});
