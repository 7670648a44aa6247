import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { DatasetBuilder } from '../../dataset/builder.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { Rng } from '../../math/rng.ts';
import { decodeArtifact, encodeArtifact } from '../artifact.ts';
import { modelQuery } from '../model.ts';
import { ease } from './ease.ts';

const TRACKS = 30;

function smallDataset(owners: number, seed: number): Dataset {
  const rng = new Rng(seed);
  const builder = new DatasetBuilder();
  builder.add({
    tracks: Array.from({ length: TRACKS }, (_, t) => ({ uri: `t:${t}`, name: `Song ${t}` })),
    artists: [],
    owners: Array.from({ length: owners }, (_, u) => ({
      id: `u:${u}`,
      kind: 'playlist' as const,
      items: Array.from(rng.sample(TRACKS - 2, 4 + rng.below(8))).filter((t) => t % 2 === u % 2 || rng.uniform() < 0.2),
    })),
    rejections: [],
  });
  return builder.finish();
}

/** B of Steck 2019 in dense float64 by Gauss–Jordan, scaled back to seeds and answers. */
function naiveWeights(d: Dataset, lambda: number, a: number, b: number): number[][] {
  const n = d.tracks.count;
  const scale = Array.from({ length: n }, (_, t) => Math.max(1, d.ownersOf(t)) ** b);
  const m = Array.from({ length: n }, (_, i) =>
    Array.from({ length: 2 * n }, (_, j) => (j === i ? lambda : j === n + i ? 1 : 0)),
  );
  for (let u = 0; u < d.owners.count; u++) {
    const row = d.tracksOf(u);
    for (const i of row) for (const j of row) m[i]![j]! += row.length ** (-2 * a) / (scale[i]! * scale[j]!);
  }
  for (let k = 0; k < n; k++) {
    const pivot = m[k]![k]!;
    for (let j = 0; j < 2 * n; j++) m[k]![j]! /= pivot;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const f = m[i]![k]!;
      if (f !== 0) for (let j = 0; j < 2 * n; j++) m[i]![j]! -= f * m[k]![j]!;
    }
  }
  return m.map((row, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 0 : ((-row[n + j]! / m[j]![n + j]!) * scale[j]!) / scale[i]!)),
  );
}

const CONFIG = { regularisation: 1.5, popularityExponent: 0.3, ownerExponent: 0.2 };
const settings = (part: Record<string, unknown>) => ({ ...Value.Create(ease.config), ...CONFIG, ...part }) as never;

for (const form of ['owners', 'tracks', 'sparse']) {
  test(`agrees with the dense closed form, form "${form}"`, async () => {
    // The form "sparse" relates only tracks with a common owner; with this many owners, all have one.
    const d = smallDataset(form === 'sparse' ? 400 : 40, 3);
    const model = await ease.fit(d, settings({ form }), { rng: new Rng(1) });
    const b = naiveWeights(d, 1.5, 0.2, 0.3);
    const out = new Float32Array(TRACKS);
    const cases: { seeds: number[]; weights: number[] }[] = [
      { seeds: [0], weights: [1] },
      { seeds: [1, 3, 8], weights: [1, 2, -1] },
    ];
    for (const { seeds, weights } of cases) {
      model.score(modelQuery({ seeds, weights }), out);
      for (let t = 0; t < TRACKS; t++) {
        if (seeds.includes(t)) continue;
        const expected = seeds.reduce((sum, s, i) => sum + weights[i]! * b[s]![t]!, 0);
        assert.ok(Math.abs(out[t]! - expected) < 1e-4, `track ${t}: ${out[t]} for ${expected}`);
      }
    }
  });
}

test('beyond the head a track is found through its neighbours, and finds them', async () => {
  const d = smallDataset(60, 5);
  const full = await ease.fit(d, settings({ form: 'owners' }), { rng: new Rng(1) });
  const part = await ease.fit(d, settings({ form: 'tracks', headTracks: 18, tailNeighbours: 8 }), { rng: new Rng(1) });
  assert.deepEqual(part.info!(), { form: 'tracks', exactTracks: 18, sparseTracks: 10 });
  let agreed = 0;
  for (let t = 0; t < TRACKS - 2; t++) {
    const query = modelQuery({ seeds: [t, (t + 2) % (TRACKS - 2)] });
    const best = new Set(full.recommend(query, 10).tracks);
    const got = part.recommend(query, 10).tracks;
    assert.ok(got.length > 0, `seed ${t}`);
    agreed += [...got].filter((x) => best.has(x)).length / 10;
  }
  assert.ok(agreed / (TRACKS - 2) > 0.55, `${agreed / (TRACKS - 2)}`);
});

for (const part of [
  { form: 'owners' },
  { form: 'tracks' },
  { form: 'tracks', headTracks: 12, tailNeighbours: 8 },
  { form: 'sparse' },
  { form: 'sparse', neighbours: 5 },
]) {
  test(`what the seeds add sums to the score: ${JSON.stringify(part)}`, async () => {
    const d = smallDataset(40, 6);
    const model = await ease.fit(d, settings(part), { rng: new Rng(1) });
    const out = new Float32Array(TRACKS);
    const sum = new Float64Array(TRACKS);
    for (const seed of [0, 2, 4]) {
      model.score(modelQuery({ seeds: [seed] }), out);
      for (let t = 0; t < TRACKS; t++) sum[t]! += out[t]!;
    }
    const query = modelQuery({ seeds: [0, 2, 4] });
    model.score(query, out);
    for (let t = 0; t < TRACKS; t++) assert.ok(Math.abs(out[t]! - sum[t]!) < 1e-4);
    const best = model.recommend(query, 1).tracks[0]!;
    assert.equal(model.explain!(query, best)[0]!.kind, 'songs');
  });

  test(`reasons name the seeds that add most, for every track: ${JSON.stringify(part)}`, async () => {
    const d = smallDataset(40, 6);
    const model = await ease.fit(d, settings(part), { rng: new Rng(1) });
    const all = Array.from({ length: TRACKS }, (_, t) => t);
    const alone = all.map((seed) => {
      const out = new Float32Array(TRACKS);
      model.score(modelQuery({ seeds: [seed] }), out);
      return out;
    });
    for (const seeds of [all, [0, 2, 4], [TRACKS - 2]]) {
      const query = modelQuery({ seeds });
      for (const track of all) {
        const added = seeds.map((seed) => alone[seed]![track]!).filter((value) => value > 1e-6);
        const best = added.sort((a, b) => b - a).slice(0, 5);
        const named = model.explain!(query, track)[0]?.tracks ?? [];
        for (const [i, value] of best.entries())
          assert.ok(Math.abs(alone[named[i]!]![track]! - value) < 1e-5, `${track} ${i}`);
      }
    }
  });

  test(`saved and loaded it answers the same: ${JSON.stringify(part)}`, async () => {
    const d = smallDataset(40, 7);
    const model = await ease.fit(d, settings(part), { rng: new Rng(1) });
    const loaded = ease.load(decodeArtifact(encodeArtifact(model.toArtifact()), 'test'), d);
    for (const seeds of [[], [TRACKS - 1], [3], [0, 1, 2, 3]]) {
      const query = modelQuery({ seeds });
      assert.deepEqual(loaded.recommend(query, 10), model.recommend(query, 10));
    }
    assert.equal(model.recommend(modelQuery({}), 5).tracks.length, 0);
    assert.equal(model.recommend(modelQuery({ seeds: [TRACKS - 1] }), 5).tracks.length, 0);
  });
}

test('one-track lists, a track in every list, an owner of 3,000 tracks', async () => {
  const builder = new DatasetBuilder();
  const n = 3000;
  builder.add({
    tracks: Array.from({ length: n }, (_, t) => ({ uri: `t:${t}`, name: `Song ${t}` })),
    artists: [],
    owners: [
      { id: 'all', kind: 'person', items: Int32Array.from({ length: n }, (_, t) => t) },
      { id: 'one', kind: 'playlist', items: [0] },
      ...Array.from({ length: 20 }, (_, u) => ({ id: `u:${u}`, kind: 'playlist' as const, items: [0, u, u + 1] })),
    ],
    rejections: [],
  });
  const d = builder.finish();
  for (const part of [{ form: 'owners' }, { form: 'tracks', headTracks: 50 }, { form: 'sparse', neighbours: 50 }]) {
    const model = await ease.fit(d, settings(part), { rng: new Rng(1) });
    const { tracks, scores } = model.recommend(modelQuery({ seeds: [5] }), 10);
    assert.ok(tracks.length > 0);
    assert.ok(scores.every(Number.isFinite));
  }
});

test('more owners than maxOwners are too many for the form "owners"', async () => {
  const d = smallDataset(60, 5);
  const formOf = async (maxOwners: number): Promise<unknown> =>
    (await ease.fit(d, settings({ maxOwners }), { rng: new Rng(1) })).info!().form;
  assert.equal(await formOf(60), 'owners');
  assert.equal(await formOf(59), 'sparse');
});

test('with few neighbours a track is regressed on the closest alone', async () => {
  const d = smallDataset(60, 5);
  const neighbours = 4;
  const model = await ease.fit(d, settings({ form: 'sparse', neighbours }), { rng: new Rng(1) });
  const scale = (t: number): number => Math.max(1, d.ownersOf(t)) ** CONFIG.popularityExponent;
  const gram = (i: number, j: number): number => {
    let sum = 0;
    for (let u = 0; u < d.owners.count; u++) {
      const row = d.tracksOf(u);
      if (row.includes(i) && row.includes(j)) sum += row.length ** (-2 * CONFIG.ownerExponent);
    }
    return sum / (scale(i) * scale(j));
  };
  const out = new Float32Array(TRACKS);
  const answers = Array.from({ length: TRACKS }, (_, seed) => {
    model.score(modelQuery({ seeds: [seed] }), out);
    return Float64Array.from(out);
  });
  for (const track of [0, 7, 19]) {
    const closeness = Array.from({ length: TRACKS }, (_, t) =>
      t === track ? 0 : (gram(t, track) * scale(t)) / Math.sqrt(Math.max(1, d.ownersOf(t))),
    );
    const near = closeness
      .map((value, t) => ({ value, t }))
      .sort((a, b) => b.value - a.value)
      .slice(0, neighbours)
      .map(({ t }) => t);
    const b = near.map((seed) => (answers[seed]![track]! * scale(seed)) / scale(track));
    // (G_NN + λI) b = G_Nj
    near.forEach((i) => {
      const left = near.reduce((sum, j, k) => sum + (gram(i, j) + (i === j ? 1.5 : 0)) * b[k]!, 0);
      assert.ok(Math.abs(left - gram(i, track)) < 1e-4, `track ${track}, neighbour ${i}: ${left}`);
    });
    for (let seed = 0; seed < TRACKS; seed++) if (!near.includes(seed)) assert.equal(answers[seed]![track], 0);
  }
});

test('cancelled training throws CANCELLED', async () => {
  const stop = new AbortController();
  stop.abort();
  await assert.rejects(ease.fit(smallDataset(20, 1), settings({}), { rng: new Rng(1), signal: stop.signal }), {
    code: 'CANCELLED',
  });
});

test('a singular system is refused with the row and the remedy', async () => {
  const builder = new DatasetBuilder();
  builder.add({
    tracks: Array.from({ length: 4 }, (_, t) => ({ uri: `t:${t}` })),
    artists: [],
    // The same list three times, and next to no regularisation.
    owners: Array.from({ length: 3 }, (_, u) => ({ id: `u:${u}`, kind: 'playlist' as const, items: [0, 1, 2, 3] })),
    rejections: [],
  });
  const d = builder.finish();
  for (const form of ['owners', 'tracks', 'sparse'])
    await assert.rejects(
      ease.fit(d, settings({ form, regularisation: 1e-30, ownerExponent: 0, popularityExponent: 0 }), {
        rng: new Rng(1),
      }),
      (error: { code: string; message: string }) => {
        assert.equal(error.code, 'UNSOLVABLE');
        assert.match(error.message, /(row|system) \d+/);
        assert.match(error.message, /regulari[sz]ation/);
        return true;
      },
    );
});
