import { Library } from '../src/library/library.ts';
import { Rng } from '../src/math/rng.ts';
import { modelQuery } from '../src/models/model.ts';
import { playlistNeighbours } from '../src/models/playlist-neighbours/playlist-neighbours.ts';
import { demoDataset } from '../src/sources/demo/demo-dataset.ts';
import { type Bench, lineOf, quantile } from './harness.ts';
import { ShardedSearch } from './shards/sharded-search.ts';

const SHARDS = 4;
const QUERIES = 100;
const N = 500;
const SETTINGS = { popularityExponent: 0.35, neighbours: 2000, votePower: 1.5, lengthExponent: 0.9 };

/** Search for similar owners in four processes, each with a quarter of the owners, compared with one process. */
export const shards: Bench = {
  id: 'shards',
  title:
    'playlist-neighbours in four processes sharded by owner, against one (--value DIR of a library; else the demo world)',
  async run({ seed, values: [from], say }) {
    const dataset = from
      ? await (await Library.open(from)).dataset()
      : demoDataset({ tracks: 60_000, playlists: 20_000, seed: 1 });
    const rng = new Rng(seed);
    const whole = await playlistNeighbours.fit(dataset, SETTINGS, { rng });
    say('starting the shards');
    const sharded = await ShardedSearch.start(dataset, SHARDS, SETTINGS);
    const times: { one: number[]; four: number[] } = { one: [], four: [] };
    const bytes: number[] = [];
    let equal = 0;
    try {
      for (let q = 0; q < QUERIES + 10; q++) {
        const seeds = dataset.tracksOf(rng.below(dataset.owners.count)).slice(0, [1, 5, 10, 25, 100][q % 5]);
        const query = modelQuery({ seeds });
        let start = performance.now();
        const expected = whole.recommend(query, N);
        const one = performance.now() - start;
        start = performance.now();
        const got = await sharded.recommend(query, N);
        const four = performance.now() - start;
        // The first queries warm up the caches and the compiler.
        if (q < 10) continue;
        times.one.push(one);
        times.four.push(four);
        bytes.push(sharded.received);
        const same = (i: number): boolean =>
          got.tracks[i] === expected.tracks[i] && got.scores[i] === expected.scores[i];
        if (got.tracks.length === expected.tracks.length && Array.from(got.tracks.keys()).every(same)) equal++;
      }
    } finally {
      await sharded.stop();
    }
    const size = `${dataset.owners.count} owners, ${dataset.byOwner.idx.length} entries`;
    return [
      lineOf('one process', times.one, { rate: `p99 ${quantile(times.one, 0.99).toFixed(1)} ms`, quality: size }),
      lineOf(`${SHARDS} processes and a coordinator`, times.four, {
        rate: `p99 ${quantile(times.four, 0.99).toFixed(1)} ms; ${(quantile(bytes, 0.5) / 1000).toFixed(0)} kB an answer`,
        quality: `${equal} of ${QUERIES} answers equal to the last bit`,
        goal: { text: 'the unsharded answers', met: equal === QUERIES },
      }),
    ];
  },
};
