import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { Rng } from '../../math/rng.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { modelQuery } from '../model.ts';
import { rankScores } from '../ranking.ts';
import { trackNeighbours } from './track-neighbours.ts';

const dataset = demoDataset({ tracks: 300, playlists: 120, seed: 3 });
const fit = (config: object) =>
  trackNeighbours.fit(
    dataset,
    { ...(Value.Default(trackNeighbours.config, {}) as Parameters<typeof trackNeighbours.fit>[1]), ...config },
    { rng: new Rng(1) },
  );

/** The score by its equation, from the lists themselves. */
function naive(seeds: number[], orderWeight: number, reach: number): Float64Array {
  const scores = new Float64Array(dataset.tracks.count);
  for (const seed of seeds) {
    const idf = 1 / ((dataset.ownersOf(seed) - 1) ** 0.5 + 1);
    for (let owner = 0; owner < dataset.owners.count; owner++) {
      const tracks = [...dataset.tracksOf(owner)];
      const at = tracks.indexOf(seed);
      if (at < 0) continue;
      tracks.forEach((track, place) => {
        const distance = Math.abs(place - at);
        const closeness = distance < Math.ceil(reach * 10) ? 1 + orderWeight * 2 ** (-distance / reach) : 1;
        if (track !== seed) scores[track]! += idf * tracks.length ** -0.7 * closeness * dataset.ownersOf(track) ** -0.1;
      });
    }
  }
  return scores;
}

for (const [name, leastOwners, orderWeight] of [
  ['trained rows', 1, 0],
  ['lists read at query time', 1000, 0],
  ['both, with order', 8, 3],
] as const) {
  test(`scores are those of the equation: ${name}`, async () => {
    const fitted = await fit({ partners: 5000, leastOwners, orderWeight });
    const scores = new Float32Array(dataset.tracks.count);
    for (let owner = 0; owner < 10; owner++) {
      const seeds = [...dataset.tracksOf(owner)].slice(0, 4);
      fitted.score(modelQuery({ seeds }), scores);
      const expected = naive(seeds, orderWeight, 5);
      for (let t = 0; t < scores.length; t++)
        // A trained row leaves the seed itself out; lists that are read contain it.
        if (!seeds.includes(t))
          assert.ok(
            Math.abs(scores[t]! - expected[t]!) < 1e-4 * (1 + expected[t]!),
            `${t}: ${scores[t]} ≠ ${expected[t]}`,
          );
    }
  });
}

test('only the strongest partners are kept, and explain names the seeds that brought a track', async () => {
  const fitted = await fit({ partners: 10, leastOwners: 1 });
  const { ptr, idx } = fitted.toArtifact().arrays;
  for (let t = 0; t < dataset.tracks.count; t++) assert.ok(ptr![t + 1]! - ptr![t]! <= 10);
  assert.ok(idx!.length > dataset.tracks.count);
  const query = modelQuery({ seeds: [...dataset.tracksOf(0)].slice(0, 3) });
  const [best] = fitted.recommend(query, 1).tracks;
  const [reason] = fitted.explain!(query, best!);
  assert.equal(reason?.kind, 'songs');
  assert.ok(reason!.tracks!.every((t) => query.seeds.includes(t)));
});

test('the best tracks are those of the full scores, in their order', async () => {
  const fitted = await fit({ partners: 20, leastOwners: 6 });
  const scores = new Float32Array(dataset.tracks.count);
  for (let owner = 0; owner < 40; owner++) {
    const seeds = [...dataset.tracksOf(owner)].slice(0, 6);
    const weights = seeds.map((_, i) => (i % 3 === 2 ? -1 : 1));
    const allowed = Uint8Array.from({ length: dataset.tracks.count }, (_, t) => (t % 7 === owner % 7 ? 0 : 1));
    const query = modelQuery({ seeds, weights, ...(owner % 2 === 0 && { allowed }), exclude: new Set([owner]) });
    fitted.score(query, scores);
    for (const n of [10, 300]) assert.deepEqual(fitted.recommend(query, n), rankScores(scores, query, n));
  }
});
