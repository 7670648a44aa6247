import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ShardedSearch } from '../../bench/shards/sharded-search.ts';
import { Rng } from '../../src/math/rng.ts';
import { type ModelQuery, modelQuery } from '../../src/models/model.ts';
import { playlistNeighbours } from '../../src/models/playlist-neighbours/playlist-neighbours.ts';
import { demoDataset } from '../../src/sources/demo/demo-dataset.ts';

const dataset = demoDataset({ tracks: 3000, playlists: 1501, seed: 3 });
const QUERIES = 60;

/** From one seed to whole playlists; every third has a dislike and a song of weight 0. */
function queries(): ModelQuery[] {
  const rng = new Rng(11);
  return Array.from({ length: QUERIES }, (_, q) => {
    const seeds = dataset.tracksOf(rng.below(dataset.owners.count)).slice(0, [1, 5, 10, 25, 100][q % 5]);
    const weights = Float32Array.from(seeds, (_, i) => (q % 3 > 0 ? 1 + (i % 2) : [1, -1, 0.5, 0][i % 4]!));
    return modelQuery({ seeds, weights });
  });
}

for (const neighbours of [40, 5000])
  describe(`four shards, at most ${neighbours} voters`, () => {
    const settings = { popularityExponent: 0.35, neighbours, votePower: 1.5, lengthExponent: 0.9 };
    let sharded: ShardedSearch;
    before(async () => {
      sharded = await ShardedSearch.start(dataset, 4, settings);
    });
    after(() => sharded.stop());

    test('answers equal the unsharded model’s, track by track and bit by bit', async () => {
      const whole = await playlistNeighbours.fit(dataset, settings, { rng: new Rng(1) });
      let answered = 0;
      for (const query of queries()) {
        const expected = whole.recommend(query, 500);
        const got = await sharded.recommend(query, 500);
        assert.deepEqual(got, expected);
        answered += Number(expected.tracks.length > 100);
      }
      assert.ok(answered > QUERIES / 2, `${answered} long answers`);
    });
  });
