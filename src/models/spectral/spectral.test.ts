import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { DatasetBuilder } from '../../dataset/builder.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { symmetricEigen } from '../../math/eigen.ts';
import { Rng } from '../../math/rng.ts';
import { decodeArtifact, encodeArtifact } from '../artifact.ts';
import { modelQuery } from '../model.ts';
import { sharpening } from './filter.ts';
import { spectral } from './spectral.ts';

const TRACKS = 40;

function smallDataset(owners: number, seed: number): Dataset {
  const rng = new Rng(seed);
  const builder = new DatasetBuilder();
  builder.add({
    tracks: Array.from({ length: TRACKS }, (_, t) => ({ uri: `t:${t}`, name: `Song ${t}` })),
    artists: [],
    owners: Array.from({ length: owners }, (_, u) => ({
      id: `u:${u}`,
      kind: 'playlist' as const,
      // Two halves of the catalogue with some exchange; the last tracks have no owner.
      items: Array.from(rng.sample(TRACKS - 4, 4 + rng.below(8))).filter((t) => t % 2 === u % 2 || rng.uniform() < 0.2),
    })),
    rejections: [],
  });
  return builder.finish();
}

/** The equations in dense float64, eigenvectors cut at `dimensions`, nothing approximated. */
function naiveScores(d: Dataset, seeds: number[], dimensions: number, beta: number, time: number): Float64Array {
  const n = d.tracks.count;
  const held = Float64Array.from({ length: n }, (_, t) => d.ownersOf(t));
  const p = new Float64Array(n * n);
  for (let u = 0; u < d.owners.count; u++) {
    const row = d.tracksOf(u);
    for (const i of row) for (const j of row) p[i * n + j]! += 1 / (row.length * Math.sqrt(held[i]! * held[j]!));
  }
  const apply = (x: Float64Array): Float64Array =>
    Float64Array.from({ length: n }, (_, j) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += x[i]! * p[i * n + j]!;
      return sum;
    });
  const { vectors } = symmetricEigen(p.slice(), n, dimensions);
  const r = new Float64Array(n);
  for (const s of seeds) r[s] = 1;
  const x = apply(r);
  for (let k = 0; k < dimensions; k++) {
    let dot = 0;
    for (let i = 0; i < n; i++) if (held[i]! > 0) dot += (r[i]! / Math.sqrt(held[i]!)) * vectors[k * n + i]!;
    for (let j = 0; j < n; j++) x[j]! += beta * dot * vectors[k * n + j]! * Math.sqrt(held[j]!);
  }
  let term = x.slice();
  const out = x.slice();
  for (let order = 1; order <= 4; order++) {
    term = apply(term).map((v) => (-time / order) * v);
    for (let j = 0; j < n; j++) out[j]! += term[j]!;
  }
  return out;
}

const settings = (part: Record<string, number>) => ({ ...Value.Create(spectral.config), ...part }) as never;

for (const time of [0, 2.5]) {
  test(`agrees with the dense equations, sharpening time ${time}`, async () => {
    const d = smallDataset(60, 3);
    // All eigenvectors: then nothing is left to the tail.
    const dimensions = 36;
    const model = await spectral.fit(
      d,
      settings({ dimensions, sharpeningTime: time, trackExponent: 0.5, ownerExponent: 0.5 }),
      {
        rng: new Rng(1),
      },
    );
    const out = new Float32Array(d.tracks.count);
    for (const seeds of [[0], [1, 3, 8], [2, 5, 6, 7, 11]]) {
      model.score(modelQuery({ seeds }), out);
      const expected = naiveScores(d, seeds, dimensions, 0.2, time);
      const scale = Math.max(...expected);
      for (let t = 0; t < out.length; t++)
        assert.ok(Math.abs(out[t]! - expected[t]!) < 2e-4 * scale, `track ${t}: ${out[t]} for ${expected[t]}`);
    }
  });
}

test('what the settings leave open follows the kind of lists', async () => {
  const playlists = smallDataset(60, 3);
  const people = playlists.withInteractions(playlists.byOwner, {
    ...playlists.owners,
    kind: new Uint8Array(playlists.owners.count).fill(1),
  });
  const chosen = async (d: Dataset) => (await spectral.fit(d, settings({}), { rng: new Rng(1) })).toArtifact().config;
  const { sharpeningTime, trackExponent, ownerExponent, dimensions } = await chosen(people);
  assert.deepEqual([sharpeningTime, trackExponent, ownerExponent, dimensions], [2.5, 0.5, 0.5, 32]);
  assert.notDeepEqual(await chosen(playlists), await chosen(people));
});

test('the sharpening polynomial follows the exponential and is 1 without time', () => {
  assert.equal(sharpening(0, 0.7), 1);
  assert.ok(Math.abs(sharpening(2.5, 0.1) - Math.exp(-0.25)) < 1e-4);
  // One coarse step at the largest eigenvalue: 1 − 2.5 + 3.125 − 2.604 + 1.628
  assert.ok(Math.abs(sharpening(2.5, 1) - 0.6484) < 1e-3);
});

test('each seed has its part in the score; a dislike takes from it', async () => {
  const d = smallDataset(60, 5);
  const model = await spectral.fit(d, settings({ dimensions: 12, sharpeningTime: 2.5 }), { rng: new Rng(1) });
  const [a, b, both] = [[0], [5], [0, 5]].map((seeds) => {
    const out = new Float32Array(d.tracks.count);
    model.score(modelQuery({ seeds }), out);
    return out;
  });
  for (let t = 0; t < d.tracks.count; t++) assert.ok(Math.abs(a![t]! + b![t]! - both![t]!) < 1e-5);
  const disliked = new Float32Array(d.tracks.count);
  model.score(modelQuery({ seeds: [0, 5], weights: [1, -1] }), disliked);
  for (let t = 0; t < d.tracks.count; t++) assert.ok(Math.abs(a![t]! - b![t]! - disliked[t]!) < 1e-5);
  const best = model.recommend(modelQuery({ seeds: [0, 2] }), 1).tracks[0]!;
  const [reason] = model.explain!(modelQuery({ seeds: [0, 2] }), best);
  assert.equal(reason!.kind, 'songs');
  assert.match(reason!.text, /Song [02]/);
});

test('nothing is answered to nothing, nor to a song that nobody holds', async () => {
  const d = smallDataset(60, 7);
  const model = await spectral.fit(d, settings({}), { rng: new Rng(1) });
  assert.equal(model.recommend(modelQuery({}), 10).tracks.length, 0);
  assert.equal(model.recommend(modelQuery({ seeds: [TRACKS - 1] }), 10).tracks.length, 0);
});

test('one-track lists, a track in every list, and a save that loads equal', async () => {
  const builder = new DatasetBuilder();
  builder.add({
    tracks: Array.from({ length: 12 }, (_, t) => ({ uri: `t:${t}`, name: `Song ${t}` })),
    artists: [],
    owners: Array.from({ length: 30 }, (_, u) => ({
      id: `u:${u}`,
      kind: 'playlist' as const,
      items: u < 5 ? [0] : [0, 1 + (u % 5), 6 + (u % 6)],
    })),
    rejections: [],
  });
  const d = builder.finish();
  const model = await spectral.fit(d, settings({}), { rng: new Rng(1) });
  const loaded = spectral.load(decodeArtifact(encodeArtifact(model.toArtifact()), 'test'), d);
  const query = modelQuery({ seeds: [1] });
  const answer = model.recommend(query, 5);
  assert.ok(answer.tracks.length > 0);
  assert.deepEqual(loaded.recommend(query, 5), answer);
});

test('a cancelled training throws CANCELLED', async () => {
  const stop = new AbortController();
  stop.abort();
  await assert.rejects(spectral.fit(smallDataset(60, 3), settings({}), { rng: new Rng(1), signal: stop.signal }), {
    code: 'CANCELLED',
  });
});
