import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DatasetBuilder } from './builder.ts';
import type { Dataset } from './dataset.ts';
import { type Batch, emptyBatch, type OwnerRow, type TrackRow } from './rows.ts';

const batch = (part: Partial<Batch>): Batch => ({ ...emptyBatch(), ...part });
const build = (...batches: Batch[]): Dataset => {
  const builder = new DatasetBuilder();
  for (const one of batches) builder.add(one);
  return builder.finish();
};
const texts = (count: number, get: (i: number) => string): string[] => Array.from({ length: count }, (_, i) => get(i));
const artistNames = (dataset: Dataset, track: number): string[] => {
  const { ptr, idx } = dataset.tracks.artists;
  return [...idx.subarray(ptr[track]!, ptr[track + 1]!)].map((artist) => dataset.artists.names.get(artist));
};
const playlist = (id: string, items: number[], more: Partial<OwnerRow> = {}): OwnerRow => ({
  id,
  kind: 'playlist',
  items,
  ...more,
});

test('tracks are joined by URI: the first that knows something counts, later ones fill the gaps', () => {
  const dataset = build(
    batch({ tracks: [{ uri: 'a', name: 'First', durationMs: 1000, features: { energy: 0.5 } }] }),
    batch({
      tracks: [
        { uri: 'b', name: 'Other' },
        { uri: 'a', name: 'Second', year: 1999, durationMs: 2000, features: { energy: 0.9, tempo: 120 } },
      ],
    }),
  );
  assert.equal(dataset.tracks.count, 2);
  assert.deepEqual(
    texts(2, (i) => dataset.tracks.vocabulary.id(i)),
    ['a', 'b'],
  );
  assert.equal(dataset.tracks.names.get(0), 'First');
  assert.equal(dataset.tracks.year[0], 1999);
  assert.equal(dataset.tracks.durationMs[0], 1000);
  assert.equal(dataset.feature(0, 1), 0.5);
  assert.equal(dataset.feature(0, 10), 120);
  assert.ok(Number.isNaN(dataset.feature(1, 1)));
});

test('rows of one URI in one batch are one track, and positions stay right', () => {
  const dataset = build(
    batch({
      tracks: [{ uri: 'a', genres: ['Rock'] }, { uri: 'a', name: 'A', genres: ['pop'] }, { uri: 'b' }],
      owners: [playlist('p', [1, 2, 0])],
    }),
  );
  assert.deepEqual([...dataset.tracksOf(0)], [0, 1]);
  assert.equal(dataset.tracks.names.get(0), 'A');
  assert.deepEqual(
    texts(dataset.genres.size, (i) => dataset.genres.id(i)),
    ['rock', 'pop'],
  );
  assert.deepEqual([...dataset.tracks.genres.ptr], [0, 2, 2]);
  assert.equal(dataset.cleaning['rows that repeat a track (same URI), merged'], 1);
  assert.equal(dataset.cleaning['duplicate entries in a playlist, left out'], 1);
});

test('an artist known by name only is the first that brings this name with a URI; a second URI is a namesake', () => {
  const track = (uri: string, name: string, artistUri?: string): TrackRow => ({
    uri,
    artists: [{ name, uri: artistUri }],
  });
  const dataset = build(
    batch({ tracks: [track('1', 'Beyoncé')] }),
    batch({ tracks: [track('2', 'BEYONCE', 'artist:x'), track('3', 'beyonce', 'artist:y'), track('4', 'Beyonce')] }),
  );
  const main = texts(4, (t) => dataset.artists.vocabulary.id(dataset.mainArtist(t)));
  assert.deepEqual(main, ['artist:x', 'artist:x', 'artist:y', 'artist:x']);
  assert.equal(dataset.artists.names.get(0), 'Beyoncé');
});

test('an artist without a URI has its normalised name as id', () => {
  const dataset = build(
    batch({ artists: [{ name: 'Sigur Rós', genres: ['Post-Rock', 'post-rock'], popularity: 60 }] }),
  );
  assert.equal(dataset.artists.vocabulary.id(0), 'name:sigur ros');
  assert.equal(dataset.artists.popularity[0], 60);
  assert.equal(dataset.artists.followers[0], -1);
  assert.deepEqual([...dataset.artists.genres.idx], [0]);
});

test('albums without a URI are told apart by their artist', () => {
  const on = (uri: string, artist: string): TrackRow => ({
    uri,
    artists: [{ name: artist }],
    album: { name: 'Greatest Hits' },
  });
  const dataset = build(batch({ tracks: [on('1', 'A'), on('2', 'B'), on('3', 'A')] }));
  assert.deepEqual([...dataset.tracks.album], [0, 1, 0]);
  assert.equal(dataset.albums.count, 2);
  assert.deepEqual(artistNames(dataset, 1), ['B']);
});

test('one song under several URIs is linked: artist, title, duration within 2 s', () => {
  const song = (uri: string, name: string, durationMs?: number): TrackRow => ({
    uri,
    name,
    durationMs,
    artists: [{ name: 'X' }],
  });
  const dataset = build(
    batch({
      tracks: [
        song('1', 'Tiny Dancer', 377_000),
        song('2', 'TINY  DANCER', 378_500),
        song('3', 'Tiny Dancer', 250_000),
        song('4', 'Tiny Dancer', 251_999),
        song('5', 'Tiny Dancer'),
        { uri: '6', name: 'Tiny Dancer', durationMs: 377_000, artists: [{ name: 'Y' }] },
        { uri: '7', artists: [{ name: 'X' }] },
      ],
    }),
  );
  assert.deepEqual([...dataset.tracks.song], [0, 0, 2, 2, 0, 5, 6]);
  assert.equal(dataset.cleaning['tracks linked as the same song'], 3);
});

test('empty playlists and playlists that come again are left out and counted', () => {
  const tracks = [{ uri: 'a' }, { uri: 'b' }];
  const dataset = build(
    batch({ tracks, owners: [playlist('p', [0, 1]), playlist('empty', [])] }),
    batch({ tracks, owners: [playlist('p', [1]), playlist('q', [1, 0])] }),
  );
  assert.deepEqual(
    texts(2, (o) => dataset.owners.vocabulary.id(o)),
    ['p', 'q'],
  );
  assert.deepEqual([...dataset.byOwner.idx], [0, 1, 1, 0]);
  assert.equal(dataset.cleaning['empty playlists, left out'], 1);
  assert.equal(dataset.cleaning['playlists that were already there, left out'], 1);
});

test('a person that comes again gets the further tracks behind the earlier ones', () => {
  const tracks = [{ uri: 'a' }, { uri: 'b' }, { uri: 'c' }];
  const person = (id: string, items: number[], weights: number[]): OwnerRow => ({ id, kind: 'person', items, weights });
  const dataset = build(
    batch({ tracks, owners: [person('u', [0, 1], [5, 6]), person('v', [2], [7])] }),
    batch({ tracks, owners: [person('u', [1, 2], [8, 9])] }),
  );
  assert.deepEqual([...dataset.tracksOf(0)], [0, 1, 2]);
  assert.deepEqual([...dataset.tracksOf(1)], [2]);
  assert.deepEqual([...dataset.byOwner.values!], [5, 6, 9, 7]);
});

test('weights and times start with the first owner that brings them; owners before have 1 and unknown', () => {
  const tracks = [{ uri: 'a' }, { uri: 'b' }];
  const dataset = build(
    batch({ tracks, owners: [playlist('p', [0])] }),
    batch({ tracks, owners: [playlist('q', [1, 0], { weights: [3, 4], times: [10, 20] }), playlist('r', [0])] }),
  );
  assert.deepEqual([...dataset.byOwner.values!], [1, 3, 4, 1]);
  assert.deepEqual([...dataset.times!], [Number.NaN, 10, 20, Number.NaN]);
});

test('cutting the same rows into batches differently gives the same dataset', () => {
  const row = fc.record({
    uri: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    name: fc.option(fc.constantFrom('One', 'Two'), { nil: undefined }),
    year: fc.option(fc.integer({ min: 1950, max: 2020 }), { nil: undefined }),
    artists: fc.option(fc.array(fc.record({ name: fc.constantFrom('X', 'Y', 'Z') }), { minLength: 1, maxLength: 2 }), {
      nil: undefined,
    }),
  });
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 30 }),
      fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 4 }),
      (rows, cuts) => {
        const edges = [0, ...cuts.filter((c) => c < rows.length).sort((a, b) => a - b), rows.length];
        const parts = edges.slice(1).map((end, i) => batch({ tracks: rows.slice(edges[i], end) }));
        const whole = build(batch({ tracks: rows }));
        const cut = build(...parts);
        const view = (d: Dataset): unknown =>
          texts(d.tracks.count, (t) =>
            JSON.stringify([d.tracks.vocabulary.id(t), d.tracks.names.get(t), d.tracks.year[t], artistNames(d, t)]),
          );
        assert.deepEqual(view(cut), view(whole));
      },
    ),
    { numRuns: 100 },
  );
});

test('lists of tens of thousands and rows that repeat a track cost their length', () => {
  const many = Array.from({ length: 60_000 }, (_, i) => `genre ${i}`);
  const builder = new DatasetBuilder();
  const track = { uri: 't:1', genres: [...many, ...many], artists: many.map((name) => ({ name })) };
  builder.add({ ...emptyBatch(), tracks: [track, ...many.map((genre) => ({ uri: 't:2', genres: [genre] }))] });
  const { tracks } = builder.finish();
  assert.deepEqual([...tracks.genres.ptr], [0, 60_000, 120_000]);
  assert.deepEqual([...tracks.artists.ptr], [0, 60_000, 60_000]);
  assert.deepEqual([...tracks.genres.idx.slice(0, 3), ...tracks.genres.idx.slice(60_000, 60_003)], [0, 1, 2, 0, 1, 2]);
});
