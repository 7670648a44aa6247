import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BatchEncoder, encodeBatch } from './batch-encoder.ts';
import { type Batch, emptyBatch, type TrackRow } from './rows.ts';

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const numbers = (...values: number[]): fc.Arbitrary<number | undefined> =>
  maybe(fc.constantFrom(Number.NaN, ...values));
const artist = fc.constantFrom<{ name: string; uri?: string }>(
  { name: 'X' },
  { name: 'Y' },
  { name: 'É', uri: 'u:1' },
  { name: 'X', uri: 'u:2' },
);
const genres = maybe(fc.array(fc.constantFrom('pop', 'Pop', ' ', 'rock'), { maxLength: 3 }));
const row: fc.Arbitrary<TrackRow> = fc.record({
  uri: fc.constantFrom('a', 'b', 'é'),
  name: maybe(fc.constantFrom('One', 'Two', '')),
  artists: maybe(fc.array(artist, { minLength: 1, maxLength: 2 })),
  album: maybe(fc.constantFrom<{ name: string; uri?: string }>({ name: 'A' }, { name: 'B', uri: 'al:1' })),
  year: numbers(1999, 0, 3000),
  popularity: numbers(5, 101),
  durationMs: numbers(0, 1000, Number.POSITIVE_INFINITY),
  explicit: maybe(fc.boolean()),
  features: maybe(fc.record({ energy: numbers(0.1, 2), key: numbers(-1, 3) })) as fc.Arbitrary<TrackRow['features']>,
  genres,
  sound: maybe(fc.constantFrom([1, 2], [3])),
}) as fc.Arbitrary<TrackRow>;

/** Rows of one track as one row, in the obvious way: what the first knows counts, later ones fill gaps, genres are all rows'. */
function joined(rows: readonly TrackRow[]): TrackRow[] {
  const of = new Map<string, TrackRow>();
  for (const row of rows) {
    const known = of.get(row.uri);
    if (known) {
      const all = [...(known.genres ?? []), ...(row.genres ?? [])];
      fillGaps((known.features ??= {}), row.features ?? {});
      fillGaps(known, row);
      known.genres = all;
    } else of.set(row.uri, { ...row, features: row.features && { ...row.features } });
  }
  return [...of.values()].map((row) => ({
    ...row,
    features: rows.some(({ features }) => features) ? row.features : undefined,
  }));
}

function fillGaps<T extends object>(row: T, other: T): void {
  for (const field in other)
    if ((row[field] === undefined || Number.isNaN(row[field])) && other[field] !== undefined) row[field] = other[field];
}

const ofTracks = (tracks: TrackRow[]): Batch => ({ ...emptyBatch(), tracks });

test('rows in any parts give the columns and counts of their tracks joined first', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 9 }), fc.array(fc.nat(9), { maxLength: 3 }), (rows, cuts) => {
      const encoder = new BatchEncoder();
      const edges = [0, ...cuts.filter((cut) => cut < rows.length).sort((a, b) => a - b), rows.length];
      for (let i = 1; i < edges.length; i++)
        assert.equal(encoder.add({ ...ofTracks(rows.slice(edges[i - 1], edges[i])), goesOn: true }), null);
      const { columns, taken, cleaning } = encoder.add(emptyBatch())!;
      const expected = encodeBatch(ofTracks(joined(rows)));
      const { 'rows that repeat a track (same URI), merged': repeats = 0, ...others } = cleaning;
      assert.deepEqual(columns, expected.columns);
      assert.deepEqual([taken, others], [expected.taken, expected.cleaning]);
      assert.equal(repeats, rows.length - taken.tracks);
      assert.equal(encoder.finish(), null);
    }),
    { numRuns: 500 },
  );
});

test('a batch that nothing ends is given at the end', () => {
  const encoder = new BatchEncoder();
  encoder.add({ ...ofTracks([{ uri: 'a' }]), goesOn: true });
  assert.equal(encoder.finish()!.taken.tracks, 1);
});
