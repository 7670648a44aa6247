import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomDataset } from '../../test/support/small-dataset.ts';
import { artistNumbers, genreNames } from './describe.ts';
import { allowedTracks, genreNotes } from './filters.ts';

const dataset = randomDataset(11);
const { count, year, explicit } = dataset.tracks;

test('nothing to filter is no mask', () => {
  assert.equal(allowedTracks(dataset, undefined, new Set()), null);
  assert.equal(allowedTracks(dataset, { keepUnknown: false, year: {}, genres: [] }, new Set()), null);
});

test('every track that passes satisfies every filter, and every other one fails one', () => {
  fc.assert(
    fc.property(
      fc.record({
        year: fc.record({ from: fc.integer({ min: 1950, max: 1990 }), to: fc.integer({ min: 1990, max: 2025 }) }),
        explicit: fc.boolean(),
        genres: fc.subarray(['genre 1', 'Genre 2', 'no such genre'], { minLength: 1 }),
        keepUnknown: fc.boolean(),
      }),
      fc.array(fc.nat(dataset.artists.count - 1), { maxLength: 3 }),
      (filters, bans) => {
        const banned = new Set(bans);
        const allowed = allowedTracks(dataset, filters, banned)!;
        for (let t = 0; t < count; t++) {
          const genres = genreNames(dataset, t);
          const expected =
            (year[t]! < 0 ? filters.keepUnknown : year[t]! >= filters.year.from && year[t]! <= filters.year.to) &&
            (explicit[t]! < 0 ? filters.keepUnknown : (explicit[t] === 1) === filters.explicit) &&
            (genres.length === 0
              ? filters.keepUnknown
              : genres.some((g) => filters.genres.some((wanted) => wanted.toLowerCase() === g))) &&
            !artistNumbers(dataset, t).some((a) => banned.has(a));
          assert.equal(allowed[t] === 1, expected, `track ${t}`);
        }
      },
    ),
  );
});

test('one open end is enough, and the ends belong to the range', () => {
  const known = Array.from({ length: count }, (_, t) => t).filter((t) => year[t]! >= 0);
  const oldest = Math.min(...known.map((t) => year[t]!));
  const allowed = allowedTracks(dataset, { year: { to: oldest }, keepUnknown: false }, new Set())!;
  assert.deepEqual(
    known.filter((t) => allowed[t] === 1),
    known.filter((t) => year[t] === oldest),
  );
});

test('a genre that no song has is named with those that are spelled like it', () => {
  assert.deepEqual(genreNotes(dataset, { genres: ['genre 1', 'Genre 2'] }), []);
  assert.deepEqual(genreNotes(dataset, undefined), []);
  assert.match(
    genreNotes(dataset, { genres: ['genre1'] })[0]!,
    /no song of this library has the genre "genre1"; there are genre/i,
  );
  assert.match(genreNotes(dataset, { genres: ['zzz'] })[0]!, /"zzz"\.$/);
});
