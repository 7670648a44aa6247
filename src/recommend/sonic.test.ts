import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostAlike, sonicPath } from './sonic.ts';
import type { Similarity } from './steps/similarity.ts';

/** Songs on a line, ten steps long: the nearer, the more alike. */
const similarity: Similarity = (a, b) => Math.max(0, 1 - Math.abs(a - b) / 10);
const all = Int32Array.from({ length: 11 }, (_, t) => t);
/** Each its own song, but for the versions named: version → first version. */
const songs = (versions: Record<number, number> = {}): Int32Array => all.map((t) => versions[t] ?? t);

test('the nearest first, ties by number, neither the song itself nor two versions of one, nothing that is not alike', () => {
  const tracks = (n: number, song: Int32Array): number[] => mostAlike(5, all, n, similarity, song).map((m) => m.track);
  assert.deepEqual(tracks(4, songs()), [4, 6, 3, 7]);
  assert.deepEqual(tracks(4, songs({ 6: 5, 7: 3 })), [4, 3, 2, 8]);
  assert.deepEqual(
    mostAlike(0, all, 20, similarity, songs()).map((m) => m.track),
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
});

test('a path holds both ends and no song twice; with nothing between, or between versions of one song, it is short', () => {
  const tracks = (from: number, to: number, n: number, song: Int32Array, among = all): number[] =>
    sonicPath(from, to, among, n, similarity, song).map((m) => m.track);
  assert.deepEqual(tracks(0, 10, 2, songs()), [0, 10]);
  assert.deepEqual(tracks(2, 8, 5, songs(), Int32Array.of(2, 5, 8)), [2, 5, 8]);
  assert.deepEqual(tracks(2, 2, 5, songs()), [2]);
  assert.deepEqual(tracks(2, 8, 5, songs({ 8: 2 })), [2]);
  const song = songs({ 3: 1, 4: 1 });
  const path = tracks(0, 10, 11, song).map((t) => song[t]);
  assert.equal(new Set(path).size, path.length);
  assert.deepEqual(
    sonicPath(0, 10, all, 3, similarity, songs()).map((m) => Math.round(m.similarity * 100) / 100)[0],
    1,
  );
});
