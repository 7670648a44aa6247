import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { knownCounts } from './known-counts.ts';

test('what is known of the tracks is counted as track by track', () => {
  const dataset = demoDataset({ tracks: 600, playlists: 50, seed: 5 });
  const { tracks, artists, owners } = dataset;
  const filled = ({ ptr }: { ptr: Int32Array }, row: number): boolean => ptr[row] !== ptr[row + 1];
  const artistsOf = (t: number) => [...tracks.artists.idx.subarray(tracks.artists.ptr[t], tracks.artists.ptr[t + 1])];
  const all = Array.from({ length: tracks.count }, (_, t) => t);
  const width = tracks.features.length / tracks.count;
  // Some have no data at all, some only their artist's.
  for (const t of all.filter((t) => t % 5 === 0)) tracks.features.fill(Number.NaN, t * width, (t + 1) * width);
  for (const t of all.filter((t) => t % 7 === 0)) tracks.year[t] = -1;
  for (const o of [3, 7]) owners.kind[o] = 1;
  tracks.song[9] = 3;
  const counts = knownCounts(dataset);
  assert.deepEqual(counts, {
    withFeatures: all.filter((t) => tracks.features.subarray(t * width, (t + 1) * width).some((x) => !Number.isNaN(x)))
      .length,
    withGenres: all.filter((t) => filled(tracks.genres, t) || artistsOf(t).some((a) => filled(artists.genres, a)))
      .length,
    withYear: all.filter((t) => tracks.year[t]! >= 0).length,
    songs: new Set(tracks.song).size,
    persons: [...owners.kind].filter((kind) => kind === 1).length,
  });
  assert.ok(counts.withFeatures < tracks.count && counts.withYear < tracks.count && counts.songs < tracks.count);
});
