import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { mainArtists } from '../artists/artist-rows.ts';
import { modelQuery } from '../model.ts';
import { AdjacencyRetriever } from './adjacency-retriever.ts';
import { numberWorks, ownerWorks, workPopularity } from './works.ts';

const dataset = demoDataset({ tracks: 300, playlists: 60, seed: 8 });

test('near: as one reads the lists', () => {
  const query = modelQuery({ seeds: dataset.tracksOf(2).slice(0, 4), weights: [1, 2, 1, 0.5] });
  const rowOf = Int32Array.from({ length: dataset.tracks.count }, (_, t) => t);
  const table = new Float32Array(dataset.tracks.count * 3);
  new AdjacencyRetriever(dataset).add(query, rowOf, table, 3, 1);
  const expected = new Float64Array(dataset.tracks.count);
  query.seeds.forEach((seed, i) => {
    const weight = query.weights[i]! / ((dataset.ownersOf(seed) - 1) ** 0.4 + 1);
    for (let owner = 0; owner < dataset.owners.count; owner++) {
      const list = [...dataset.tracksOf(owner)];
      const at = list.indexOf(seed);
      if (at < 0) continue;
      list.forEach((track, place) => {
        const apart = Math.abs(place - at);
        if (apart > 0 && apart <= 8) expected[track]! += weight / (1 + apart);
      });
    }
  });
  for (let t = 0; t < expected.length; t++) {
    assert.ok(Math.abs(table[3 * t + 1]! - expected[t]!) < 1e-5, `track ${t}`);
    assert.equal(table[3 * t], 0);
  }
  assert.ok(expected.filter((value) => value > 0).length > 20);
});

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
