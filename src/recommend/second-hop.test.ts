import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf } from '../../test/support/small-dataset.ts';
import { type Fitted, type ModelQuery, modelQuery, type ScoredTracks } from '../models/model.ts';
import { Engine } from './engine.ts';
import { MemoryLibrary } from './memory-library.ts';
import { withSecondHop } from './second-hop.ts';
import { train } from './train.ts';

/** Each track leads to the three after it, the nearest with the best score: a model that keeps three neighbours. */
function neighbours(asked: ModelQuery[]): Fitted {
  const fitted: Pick<Fitted, 'modelId' | 'recommend'> = {
    modelId: 'neighbours',
    recommend(query, n) {
      asked.push(query);
      const scores = new Map<number, number>();
      query.seeds.forEach((seed, i) => {
        for (const step of [1, 2, 3]) {
          const track = seed + step;
          if (query.exclude.has(track) || query.seeds.includes(track)) continue;
          scores.set(track, (scores.get(track) ?? 0) + query.weights[i]! / step);
        }
      });
      const best = [...scores].sort(([a, x], [b, y]) => y - x || a - b).slice(0, n);
      return {
        tracks: Int32Array.from(best, ([track]) => track),
        scores: Float32Array.from(best, ([, score]) => score),
      };
    },
  };
  return fitted as Fitted;
}
const listOf = ({ tracks }: ScoredTracks): number[] => [...tracks];

test('a short answer is followed by the answer to its own songs, by their scores, without what is barred', () => {
  const asked: ModelQuery[] = [];
  const fitted = neighbours(asked);
  const ask = (query: ModelQuery, n: number) => fitted.recommend(query, n);
  const query = modelQuery({ seeds: [10], title: 'night', exclude: new Set([14]) });
  const first = fitted.recommend(query, 6);
  assert.deepEqual(listOf(first), [11, 12, 13]);
  const both = withSecondHop(ask, query, first, 6);
  assert.deepEqual(listOf(both), [11, 12, 13, 15, 16]);
  const { seeds, weights, title } = asked[1]!;
  assert.deepEqual([...seeds], [11, 12, 13]);
  assert.deepEqual(
    [...weights].map((w) => Math.round(w * 100)),
    [100, 50, 33],
  );
  assert.equal(title, '');
  for (let i = 1; i < both.scores.length; i++) assert.ok(both.scores[i]! <= both.scores[i - 1]!);
  assert.ok(both.scores.every((score) => score > 0));
});

test('dislikes stay dislikes in the second question', () => {
  const asked: ModelQuery[] = [];
  const fitted = neighbours(asked);
  const ask = (query: ModelQuery, n: number) => fitted.recommend(query, n);
  const query = modelQuery({ seeds: [10, 40], weights: [1, -2] });
  withSecondHop(ask, query, { tracks: Int32Array.of(11), scores: Float32Array.of(0.5) }, 9);
  assert.deepEqual([...asked[0]!.seeds], [11, 40]);
  assert.deepEqual([...asked[0]!.weights], [1, -2]);
});

test('an answer that is long enough, in sections or to nothing liked stays as it is', () => {
  const fitted = neighbours([]);
  const ask = (query: ModelQuery, n: number) => fitted.recommend(query, n);
  const short = { tracks: Int32Array.of(11), scores: Float32Array.of(1) };
  const query = modelQuery({ seeds: [10] });
  assert.equal(withSecondHop(ask, query, short, 1), short);
  const sections = { ...short, sections: [{ label: 'all', share: 1 }], sectionOf: Uint8Array.of(0) };
  assert.equal(withSecondHop(ask, query, sections, 9), sections);
  assert.equal(withSecondHop(ask, modelQuery({ seeds: [10], weights: [-1] }), short, 9), short);
  assert.equal(withSecondHop(ask, modelQuery({ title: 'night' }), short, 9), short);
});

test('a list may be longer than what a model keeps of a song’s neighbours', async () => {
  const count = 60;
  const dataset = datasetOf(
    Array.from({ length: count }, (_, t) => ({ uri: `t:${t}`, name: `Song ${t}`, artists: [{ name: `Artist ${t}` }] })),
    Array.from({ length: count - 2 }, (_, o) => ({ id: `o:${o}`, items: [o, o + 1, o + 2] })),
  );
  const library = new MemoryLibrary(dataset);
  await train(library, { models: ['track-neighbours'] });
  const engine = await Engine.open(library);
  const { tracks } = await engine.recommend({ seeds: [{ track: 't:30' }], n: 8 });
  const numbers = tracks.map(({ uri }) => Number(uri.slice(2)));
  assert.deepEqual(numbers.slice(0, 4).sort(), [28, 29, 31, 32]);
  assert.deepEqual(numbers.slice(4).sort(), [26, 27, 33, 34]);
});
