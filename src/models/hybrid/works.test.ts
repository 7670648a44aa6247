import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { mainArtists } from '../artists/artist-rows.ts';
import { numberWorks, ownerWorks, workPopularity } from './works.ts';

const dataset = demoDataset({ tracks: 300, playlists: 60, seed: 8 });

test('works: versions of one title by one artist are one; owners hold each once', () => {
  const names = ['Alone', 'Alone - Remastered 2009', 'Alone (Live)', 'Alone Again', '(Intro)', 'alone'];
  const artists = Int32Array.of(1, 1, 1, 1, 1, 2);
  const tracks = { count: 6, names: { get: (t: number) => names[t]! } };
  const byOwner = {
    rows: 2,
    columns: 6,
    ptr: Int32Array.of(0, 4, 6),
    idx: Int32Array.of(0, 3, 1, 4, 2, 5),
    values: null,
  };
  const ownersOf = (t: number): number => byOwner.idx.filter((track) => track === t).length;
  const small = { tracks, byOwner, ownersOf } as unknown as typeof dataset;
  const works = numberWorks(small, artists);
  assert.deepEqual([...works.of], [0, 0, 0, 1, 2, 3]);
  const { ptr, idx } = ownerWorks(small, works);
  assert.deepEqual([...ptr], [0, 3, 5]);
  assert.deepEqual([...idx], [0, 1, 2, 0, 3]);
  assert.deepEqual([...workPopularity(small, works)], [3, 1, 1, 1]);
  assert.equal(numberWorks(dataset, mainArtists(dataset)).of.length, dataset.tracks.count);
});
