import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { DatasetBuilder } from '../../dataset/builder.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { fromRows } from '../../math/csr.ts';
import { Rng } from '../../math/rng.ts';
import { decodeArtifact, encodeArtifact } from '../artifact.ts';
import { modelQuery } from '../model.ts';
import { als } from './als.ts';
import { confidence } from './confidence.ts';
import { unobservedWeightFor } from './config.ts';
import type { FittedAls } from './fitted.ts';

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

type Rows = number[][];

/** Gaussian elimination with pivoting. */
function solve(a: Rows, b: number[]): number[] {
  const n = b.length;
  const m = a.map((row, i) => [...row, b[i]!]);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(m[i]![k]!) > Math.abs(m[best]![k]!)) best = i;
    [m[k], m[best]] = [m[best]!, m[k]!];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const f = m[i]![k]! / m[k]![k]!;
      for (let j = k; j <= n; j++) m[i]![j]! -= f * m[k]![j]!;
    }
  }
  return m.map((row, i) => row[n]! / row[i]!);
}

/** One row's normal equations written out over ALL columns of the other side: weight α₀ everywhere, 1 more where there is an entry. */
function naiveRow(y: Rows, entries: Map<number, { c: number; p: number }>, alpha0: number, lambda: number): number[] {
  const d = y[0]!.length;
  const a: Rows = Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => (i === j ? lambda : 0)));
  const b: number[] = new Array(d).fill(0);
  y.forEach((row, t) => {
    const entry = entries.get(t);
    const weight = alpha0 + (entry ? entry.c : 0);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) a[i]![j]! += weight * row[i]! * row[j]!;
      if (entry) b[i]! += entry.c * entry.p * row[i]!;
    }
  });
  return solve(a, b);
}

const CONFIG = { factors: 8, iterations: 3, unobservedWeight: 0.05, regularisation: 0.02, regularisationExponent: 0.7 };
const settings = (part: Record<string, unknown>) => ({ ...Value.Create(als.config), ...CONFIG, ...part }) as never;
const tableOf = (data: Float32Array, d: number): Rows =>
  Array.from({ length: data.length / d }, (_, r) => [...data.subarray(r * d, (r + 1) * d)]);

test('training agrees with normal equations over the dense matrix', async () => {
  // Eight owners: several tracks have only one.
  const d = smallDataset(8, 3);
  const singles = Array.from({ length: TRACKS }, (_, t) => d.ownersOf(t)).filter((n) => n === 1);
  assert.ok(singles.length >= 3);
  const model = await als.fit(d, settings({ solver: 'cholesky' }), { rng: new Rng(9) });
  // The same start as the model's: only tracks of the same owner start equal.
  const rng = new Rng(9);
  const started = new Map<string, number[]>();
  let y: Rows = Array.from({ length: TRACKS }, (_, t) => {
    const owners = d.byTrack.idx.subarray(d.byTrack.ptr[t]!, d.byTrack.ptr[t + 1]!);
    if (owners.length === 0) return new Array(8).fill(0);
    const key = owners.length === 1 ? `owner ${owners[0]}` : `track ${t}`;
    if (!started.has(key))
      started.set(
        key,
        Array.from({ length: 8 }, () => (0.1 / Math.sqrt(8)) * rng.normal()),
      );
    return started.get(key)!;
  });
  let x: Rows = [];
  const entries = (list: Int32Array) => new Map(Array.from(list, (t) => [t, { c: 1, p: 1 }]));
  for (let i = 0; i < CONFIG.iterations; i++) {
    const lambda = (count: number, others: number) =>
      CONFIG.regularisation * (count + CONFIG.unobservedWeight * others) ** 0.7;
    x = Array.from({ length: d.owners.count }, (_, u) =>
      naiveRow(y, entries(d.tracksOf(u)), CONFIG.unobservedWeight, lambda(d.tracksOf(u).length, TRACKS)),
    );
    y = y.map((_, t) => {
      const owners = d.byTrack.idx.subarray(d.byTrack.ptr[t]!, d.byTrack.ptr[t + 1]!);
      if (owners.length === 0) return new Array(8).fill(0);
      return naiveRow(x, entries(owners), CONFIG.unobservedWeight, lambda(owners.length, d.owners.count));
    });
  }
  const got = tableOf(model.vectors!().data, 8);
  got.forEach((row, t) => {
    row.forEach((value, j) => {
      assert.ok(Math.abs(value - y[t]![j]!) < 2e-3 * (1 + Math.abs(y[t]![j]!)), `track ${t}: ${value} for ${y[t]![j]}`);
    });
  });
});

test('a new owner is folded in exactly, dislikes pulled towards 0', async () => {
  const d = smallDataset(25, 4);
  const model = (await als.fit(d, settings({}), { rng: new Rng(1) })) as FittedAls;
  const y = tableOf(model.vectors().data, 8);
  const seeds = Int32Array.of(1, 4, 6, 9);
  const weights = Float32Array.of(1, 2, -1.5, 0.5);
  const entries = new Map(Array.from(seeds, (t, i) => [t, { c: Math.abs(weights[i]!), p: weights[i]! > 0 ? 1 : 0 }]));
  const lambda = CONFIG.regularisation * (5 + CONFIG.unobservedWeight * TRACKS) ** 0.7;
  const expected = naiveRow(y, entries, CONFIG.unobservedWeight, lambda);
  model.foldIn(seeds, weights).forEach((value, j) => {
    assert.ok(Math.abs(value - expected[j]!) < 1e-3 * (1 + Math.abs(expected[j]!)));
  });
});

test('the rotated way gives the scores of Cholesky, in another basis', async () => {
  // Tracks have more than the 48 owners that are solved exactly, so that conjugate gradients take part.
  const d = smallDataset(300, 5);
  assert.ok(Array.from({ length: TRACKS }, (_, t) => d.ownersOf(t)).some((n) => n > 48));
  const [a, b] = await Promise.all(
    ['cholesky', 'conjugate gradients'].map((solver) =>
      als.fit(d, settings({ solver, iterations: 20, regularisation: 0.1 }), { rng: new Rng(1) }),
    ),
  );
  for (const seeds of [[0], [1, 3], [0, 2, 4]]) {
    const exact = new Float32Array(TRACKS);
    const near = new Float32Array(TRACKS);
    a!.score!(modelQuery({ seeds }), exact);
    b!.score!(modelQuery({ seeds }), near);
    exact.forEach((score, t) => {
      assert.ok(Math.abs(near[t]! - score) < 0.02, `track ${t}: ${near[t]} for ${score}`);
    });
  }
});

test('what the seeds add sums to the score', async () => {
  const d = smallDataset(40, 6);
  const model = await als.fit(d, settings({}), { rng: new Rng(1) });
  const query = modelQuery({ seeds: [0, 2, 4] });
  const best = model.recommend(query, 1).tracks[0]!;
  const [reason] = model.explain!(query, best);
  assert.equal(reason!.kind, 'songs');
  assert.ok(Math.abs(reason!.share - 1) < 1e-9);
  assert.ok(reason!.tracks!.every((t) => [0, 2, 4].includes(t)));
  assert.deepEqual(model.explain!(query, TRACKS - 1), []);
});

test('neighbours of a song come from its half of the catalogue', async () => {
  const d = smallDataset(80, 7);
  const model = await als.fit(d, settings({ iterations: 15, regularisation: 0.3, regularisationExponent: 1 }), {
    rng: new Rng(1),
  });
  const { tracks, scores } = model.similar!(2, 6);
  assert.ok(!tracks.includes(2));
  assert.ok([...tracks].filter((t) => t % 2 === 0).length >= 5);
  for (let i = 1; i < scores.length; i++) assert.ok(scores[i]! <= scores[i - 1]!);
});

test('empty and unknown queries, saved and loaded, same seed same bytes', async () => {
  const d = smallDataset(25, 8);
  const model = await als.fit(d, settings({}), { rng: new Rng(1) });
  assert.equal(model.recommend(modelQuery({}), 10).tracks.length, 0);
  assert.equal(model.recommend(modelQuery({ seeds: [TRACKS - 1] }), 10).tracks.length, 0);
  const bytes = encodeArtifact(model.toArtifact());
  const loaded = als.load(decodeArtifact(bytes, 'test'), d);
  const query = modelQuery({ seeds: [1, 3] });
  assert.deepEqual(loaded.recommend(query, 10), model.recommend(query, 10));
  const again = await als.fit(d, settings({}), { rng: new Rng(1) });
  assert.deepEqual(encodeArtifact(again.toArtifact()), bytes);
});

test('all unobserved pairs weigh at most fifty times the entries, in training, in a fold-in and once saved', async () => {
  const rng = new Rng(3);
  const builder = new DatasetBuilder();
  builder.add({
    tracks: Array.from({ length: 200 }, (_, t) => ({ uri: `t:${t}` })),
    artists: [],
    owners: Array.from({ length: 200 }, (_, u) => ({
      id: `u:${u}`,
      kind: 'playlist' as const,
      items: Array.from(rng.sample(100, 2), (t) => 2 * t + (u % 2)),
    })),
    rejections: [],
  });
  const d = builder.finish();
  // 50 · 400 entries / 40,000 pairs
  const [less, most] = [0.3, 0.5];
  assert.equal(unobservedWeightFor(settings({ unobservedWeight: less }), d.byOwner), less);
  assert.equal(unobservedWeightFor(settings({ unobservedWeight: 1 }), d.byOwner), most);
  const fit = (unobservedWeight: number) => als.fit(d, settings({ unobservedWeight }), { rng: new Rng(1) });
  const [bounded, same, other] = [await fit(1), await fit(most), await fit(less)];
  assert.deepEqual(bounded.vectors(), same.vectors());
  assert.notDeepEqual(bounded.vectors(), other.vectors());
  const query = modelQuery({ seeds: [1, 3] });
  assert.deepEqual(bounded.recommend(query, 20), same.recommend(query, 20));
  const loaded = als.load(decodeArtifact(encodeArtifact(bounded.toArtifact()), 'test'), d);
  assert.deepEqual(loaded.recommend(query, 20), same.recommend(query, 20));
  assert.equal(same.toArtifact().meta.unobservedWeight, undefined);
});

test('a singular system is refused with the row and the remedy', async () => {
  const d = smallDataset(25, 8);
  await assert.rejects(
    als.fit(d, settings({ regularisation: 0, unobservedWeight: 0, solver: 'cholesky' }), { rng: new Rng(1) }),
    (error: { code: string; message: string }) => {
      assert.equal(error.code, 'UNSOLVABLE');
      assert.match(error.message, /row \d+/);
      assert.match(error.message, /regulari[sz]ation/);
      return true;
    },
  );
});

test('an owner of 10,000 tracks and cancelled training', async () => {
  const builder = new DatasetBuilder();
  const n = 10_000;
  builder.add({
    tracks: Array.from({ length: n }, (_, t) => ({ uri: `t:${t}` })),
    artists: [],
    owners: [
      { id: 'all', kind: 'person', items: Int32Array.from({ length: n }, (_, t) => t) },
      ...Array.from({ length: 20 }, (_, u) => ({ id: `u:${u}`, kind: 'playlist' as const, items: [u, u + 1, 0] })),
    ],
    rejections: [],
  });
  const d = builder.finish();
  const model = await als.fit(d, settings({ iterations: 2 }), { rng: new Rng(1) });
  const most = modelQuery({ seeds: Int32Array.from({ length: n - 5 }, (_, t) => t) });
  const { tracks } = model.recommend(most, 10);
  assert.ok(tracks.length > 0 && tracks.every((t) => t >= n - 5));
  const stop = new AbortController();
  await assert.rejects(
    als.fit(d, settings({}), { rng: new Rng(1), signal: stop.signal, onProgress: () => stop.abort() }),
    { code: 'CANCELLED' },
  );
});

test('confidence of play counts: the median counts 1, extremes are bounded', () => {
  const matrix = { ...fromRows([[0, 1, 2, 3, 4]], 5), values: Float32Array.of(1, 5, 5, 5, 1e9) };
  const { values } = confidence(matrix, 1);
  assert.ok(Math.abs(values![1]! - 1) < 1e-6);
  assert.ok(Math.abs(values![0]! - 0.1) < 1e-6);
  assert.equal(values![4], 10);
  assert.equal(confidence(matrix, 0).values, null);
});

test('factors that the data cannot fill are 0, not numbers whose products are denormal', async () => {
  const dataset = smallDataset(60, 3);
  const config = { ...Value.Create(als.config), factors: 64, iterations: 12 };
  const fitted = (await als.fit(dataset, config, { rng: new Rng(1) })) as FittedAls;
  const { table } = fitted.distinctVectors;
  assert.ok(table.every((value) => value === 0 || Math.abs(value) >= 1e-15));
  assert.ok(table.includes(0) && table.some((value) => Math.abs(value) > 0.01));
});
