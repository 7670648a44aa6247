import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { DatasetBuilder } from '../../dataset/builder.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { Rng } from '../../math/rng.ts';
import { decodeArtifact, encodeArtifact } from '../artifact.ts';
import { modelQuery } from '../model.ts';
import { ratings } from './ratings.ts';

interface World {
  dataset: Dataset;
  /** Held-out marks by owner: track → mark. */
  hidden: Map<number, number>[];
}

/** Marks 1–5 from biases and two tastes, with noise of deviation 0.5. */
function world(owners: number, tracks: number, seed: number): World {
  const rng = new Rng(seed);
  const taste = (n: number) => Array.from({ length: n }, () => [rng.normal(), rng.normal(), 0.5 * rng.normal()]);
  const p = taste(owners);
  const q = taste(tracks);
  const builder = new DatasetBuilder();
  const hidden: Map<number, number>[] = [];
  const rows = p.map((a, u) => {
    const held = Array.from(rng.sample(tracks, Math.floor(tracks * 0.4)));
    const marks = held.map((t) => {
      const b = q[t]!;
      const mark = 3.3 + a[2]! + b[2]! + 0.6 * (a[0]! * b[0]! + a[1]! * b[1]!) + 0.5 * rng.normal();
      return Math.min(5, Math.max(1, Math.round(mark * 2) / 2));
    });
    const cut = Math.floor(held.length * 0.8);
    hidden.push(new Map(held.slice(cut).map((t, i) => [t, marks[cut + i]!])));
    return { id: `u:${u}`, kind: 'person' as const, items: held.slice(0, cut), weights: marks.slice(0, cut) };
  });
  builder.add({
    // One track more than anybody rates.
    tracks: Array.from({ length: tracks + 1 }, (_, t) => ({ uri: `t:${t}`, name: `Song ${t}` })),
    artists: [],
    owners: rows,
    rejections: [],
  });
  return { dataset: builder.finish(), hidden };
}

const settings = (part: Record<string, number>) => ({ ...Value.Create(ratings.config), ...part }) as never;
const given = (d: Dataset, u: number) =>
  modelQuery({ seeds: d.tracksOf(u), weights: d.byOwner.values!.subarray(d.byOwner.ptr[u]!, d.byOwner.ptr[u + 1]!) });

test('predicts held-out ratings far better than the mean and the biases', async () => {
  const { dataset, hidden } = world(150, 80, 1);
  const model = await ratings.fit(dataset, settings({ factors: 4 }), { rng: new Rng(1) });
  const values = dataset.byOwner.values!;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const out = new Float32Array(dataset.tracks.count);
  let model2 = 0;
  let mean2 = 0;
  let n = 0;
  hidden.forEach((marks, u) => {
    model.score(given(dataset, u), out);
    for (const [t, mark] of marks) {
      model2 += (out[t]! - mark) ** 2;
      mean2 += (mean - mark) ** 2;
      n++;
    }
  });
  const rmse = Math.sqrt(model2 / n);
  assert.ok(rmse < 0.72, `RMSE ${rmse}`);
  assert.ok(rmse < 0.65 * Math.sqrt(mean2 / n), `RMSE ${rmse}, of the mean ${Math.sqrt(mean2 / n)}`);
});

test('with one factor nearly switched off it is the ridge regression of the biases', async () => {
  // Owner 0 gives 5 to everything, owner 1 gives 1: the optimum has bᵤ = ±2 · 4 / (4 + λ), bᵢ = 0.
  const builder = new DatasetBuilder();
  const items = [0, 1, 2, 3];
  builder.add({
    tracks: items.map((t) => ({ uri: `t:${t}` })),
    artists: [],
    owners: [5, 1].map((mark, u) => ({ id: `u:${u}`, kind: 'person' as const, items, weights: items.map(() => mark) })),
    rejections: [],
  });
  const d = builder.finish();
  const model = await ratings.fit(
    d,
    settings({ factors: 1, regularisation: 2, regularisationExponent: 0, iterations: 60 }),
    {
      rng: new Rng(1),
    },
  );
  const out = new Float32Array(4);
  model.score(modelQuery({ seeds: items, weights: [5, 5, 5, 5] }), out);
  // A vanishing factor: the bias alone explains these marks more cheaply than p·q does.
  for (const value of out) assert.ok(value > 3 + 2 * (4 / 6) - 1e-2 && value <= 5, `${value}`);
});

test('predictions stay in the range of the marks; an unknown owner gets mean and biases', async () => {
  const { dataset } = world(60, 40, 2);
  const model = await ratings.fit(dataset, settings({}), { rng: new Rng(1) });
  const out = new Float32Array(dataset.tracks.count);
  model.score(given(dataset, 3), out);
  assert.ok(out.every((v) => v >= 1 && v <= 5));
  model.score(modelQuery({}), out);
  assert.ok(new Set(out).size > 5);
});

test('recommends what it predicts to be liked, never the unrated, nothing to nobody', async () => {
  const { dataset } = world(60, 40, 3);
  const model = await ratings.fit(dataset, settings({}), { rng: new Rng(1) });
  const query = given(dataset, 5);
  const { tracks, scores } = model.recommend(query, 100);
  assert.ok(tracks.length > 0 && !tracks.includes(40));
  const out = new Float32Array(dataset.tracks.count);
  model.score(query, out);
  tracks.forEach((t, i) => {
    assert.ok(Math.abs(out[t]! - scores[i]!) < 1e-3);
    assert.ok(i === 0 || scores[i]! <= scores[i - 1]!);
  });
  assert.equal(model.recommend(modelQuery({}), 10).tracks.length, 0);
  assert.equal(model.recommend(modelQuery({ seeds: [40] }), 10).tracks.length, 0);
  assert.match(model.explain!(query, tracks[0]!)[0]!.text, /Predicted rating/);
});

test('saved and loaded it predicts the same; without ratings it says so', async () => {
  const { dataset } = world(30, 20, 4);
  const model = await ratings.fit(dataset, settings({}), { rng: new Rng(1) });
  const loaded = ratings.load(decodeArtifact(encodeArtifact(model.toArtifact()), 'test'), dataset);
  const query = given(dataset, 0);
  assert.deepEqual(loaded.recommend(query, 10), model.recommend(query, 10));
  assert.equal(ratings.unusable!(dataset), null);
  const plain = dataset.withInteractions({ ...dataset.byOwner, values: null });
  assert.match(ratings.unusable!(plain)!, /no ratings/);
});
