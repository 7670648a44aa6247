import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../../math/rng.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { modelQuery } from '../model.ts';
import { seedHolders } from './seed-holders.ts';

test('counts of shared owners are those of the sets of owners, for liked seeds only', () => {
  const dataset = demoDataset({ tracks: 200, playlists: 80, seed: 3 });
  const rng = new Rng(5);
  const ownersOf = (track: number) =>
    new Set(dataset.byTrack.idx.subarray(dataset.byTrack.ptr[track]!, dataset.byTrack.ptr[track + 1]!));
  for (let round = 0; round < 20; round++) {
    const seeds = [...new Set(Array.from({ length: 12 }, () => rng.below(dataset.tracks.count)))];
    const weights = seeds.map(() => (rng.below(4) === 0 ? -1 : 1));
    const query = modelQuery({ seeds, weights });
    const holders = seedHolders(dataset, query);
    assert.equal(seedHolders(dataset, query), holders, 'made once');
    assert.deepEqual(
      [...holders.seeds],
      seeds.filter((_, i) => weights[i]! > 0),
    );
    const track = rng.below(dataset.tracks.count);
    const expected = Array.from(
      holders.seeds,
      (seed) => [...ownersOf(seed)].filter((owner) => ownersOf(track).has(owner)).length,
    );
    assert.deepEqual([...holders.sharedWith(track)], expected);
  }
});
