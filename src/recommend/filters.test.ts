import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { datasetOf, randomDataset } from '../../test/support/small-dataset.ts';
import { artistNumbers, genreNames } from './describe.ts';
import { allowedTracks, coverageOf, genreNotes, namedTracks, relaxations } from './filters.ts';

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
    /no song in this library has the genre "genre1"\. closest: genre/i,
  );
  assert.match(genreNotes(dataset, { genres: ['zzz'] })[0]!, /"zzz"\.$/);
});

test('a track of unknown value passes only the dials that say so', () => {
  const unknown = Array.from({ length: count }, (_, t) => t).filter((t) => year[t]! < 0 && explicit[t]! < 0);
  assert.ok(unknown.length > 0);
  const set = { year: { from: 1950 }, explicit: true };
  const pass = (keepUnknown: boolean | ('year' | 'explicit')[]): boolean =>
    unknown.every((t) => allowedTracks(dataset, { ...set, keepUnknown }, new Set())![t] === 1);
  assert.deepEqual(
    [pass(true), pass(['year', 'explicit']), pass(['year']), pass([]), pass(false)],
    [true, true, false, false, false],
  );
});

test('a genre that must not be there bars its tracks, whatever else they are', () => {
  const allowed = allowedTracks(dataset, { genres: ['genre 1'], withoutGenres: ['genre 2'] }, new Set())!;
  for (let t = 0; t < count; t++) {
    const genres = genreNames(dataset, t);
    assert.equal(allowed[t] === 1, genres.includes('genre 1') && !genres.includes('genre 2'));
  }
});

test('relaxing a dial frees as many tracks as dropping it lets through more', () => {
  const filters = { year: { from: 2000 }, explicit: false, genres: ['genre 3'], keepUnknown: ['genres' as const] };
  const passing = (without: Partial<typeof filters>): number =>
    allowedTracks(dataset, without, new Set())?.reduce((sum, a) => sum + a, 0) ?? count;
  const all = passing(filters);
  for (const { filter, tracks } of relaxations(dataset, filters, null)) {
    const { [filter as 'year']: _dropped, ...rest } = filters;
    assert.equal(passing(rest) - all, tracks, filter);
  }
});

test('tracks without a title are never let through, and coverage counts the others only', () => {
  const some = datasetOf([
    { uri: 'a:1', name: 'Named', year: 1999, artists: [{ name: 'A' }], genres: ['g'] },
    { uri: 'a:2', year: 2001 },
    { uri: 'a:3', name: 'Also named' },
  ]);
  const named = namedTracks(some)!;
  assert.deepEqual([...named], [1, 0, 1]);
  assert.deepEqual([...allowedTracks(some, undefined, new Set(), named)!], [1, 0, 1]);
  assert.deepEqual([...allowedTracks(some, { year: { from: 1990 } }, new Set(), named)!], [1, 0, 1]);
  const { year: years, genres, energy } = coverageOf(some, named);
  assert.deepEqual([years, genres, energy], [0.5, 0.5, 0]);
  assert.equal(namedTracks(dataset), null);
});
