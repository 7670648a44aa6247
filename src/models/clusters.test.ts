import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { datasetOf, sound, track } from '../../test/support/content.ts';
import type { Dataset } from '../dataset/dataset.ts';
import type { TrackRow } from '../dataset/rows.ts';
import { largestRemainder } from '../math/apportion.ts';
import { Rng } from '../math/rng.ts';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { encodeArtifact } from './artifact.ts';
import { balanced } from './balanced.ts';
import { clusters } from './clusters.ts';
import type { FittedClusters } from './fitted-clusters.ts';
import { type Fitted, modelQuery } from './model.ts';

const fit = async (dataset: Dataset, config: Record<string, unknown> = {}, seed = 1): Promise<FittedClusters> =>
  (await clusters.fit(dataset, { ...(Value.Default(clusters.config, {}) as object), ...config } as never, {
    rng: new Rng(seed),
  })) as FittedClusters;

/** Three styles far from each other, 120 tracks each. */
function styles(): Dataset {
  const rng = new Rng(4);
  const rows: TrackRow[] = [];
  const kinds = [
    { energy: 0.1, tempo: 80, year: 1968, genres: ['folk', 'acoustic blues'] },
    { energy: 0.9, tempo: 128, year: 2018, genres: ['techno', 'house'] },
    { energy: 0.55, tempo: 100, year: 1994, genres: ['hip hop', 'boom bap'] },
  ];
  kinds.forEach((kind, k) => {
    for (let i = 0; i < 120; i++) {
      const energy = Math.min(1, Math.max(0, kind.energy + 0.05 * rng.normal()));
      rows.push(
        track(k * 120 + i, {
          year: kind.year + rng.below(5),
          popularity: 40,
          genres: kind.genres,
          features: sound(energy, kind.tempo + 4 * rng.normal(), { valence: rng.uniform() }),
        }),
      );
    }
  });
  return datasetOf(rows);
}

const styleOf = (t: number): number => Math.floor(t / 120);

test('a mixed list is divided in the shares of its styles; one mean vector is not', async () => {
  const dataset = styles();
  const seeds = [
    ...Array(12).keys(),
    ...Array.from({ length: 6 }, (_, i) => 120 + i),
    ...Array.from({ length: 2 }, (_, i) => 240 + i),
  ];
  const count = (model: Fitted): number[] => {
    const places = [0, 0, 0];
    for (const t of model.recommend(modelQuery({ seeds }), 50).tracks) places[styleOf(t)]!++;
    return places;
  };
  const divided = count(await fit(dataset, { k: 3 }));
  assert.deepEqual(divided, [...largestRemainder([12, 6, 2], 50)], 'shares 60, 30 and 10 %');
  const mean = count(await balanced.fit(dataset, Value.Default(balanced.config, {}) as never, { rng: new Rng(1) }));
  assert.ok(
    mean.some((places) => places === 0),
    `one mean vector covers ${mean}`,
  );
});

test('on joined playlists of the demo world clusters cover more styles, nearer to their shares, than one mean vector', async () => {
  const dataset = demoDataset({ tracks: 4000, playlists: 300, seed: 11 });
  const models = [
    await fit(dataset),
    await balanced.fit(dataset, Value.Default(balanced.config, {}) as never, { rng: new Rng(1) }),
  ];
  const reference = models[0] as FittedClusters;
  const distance = [0, 0];
  for (let pair = 0; pair < 40; pair++) {
    const seeds = [
      ...new Set([...dataset.tracksOf(pair * 2).subarray(0, 30), ...dataset.tracksOf(pair * 2 + 1).subarray(0, 30)]),
    ];
    const share = (tracks: Iterable<number>): Float64Array => {
      const shares = new Float64Array(reference.state.k);
      let n = 0;
      for (const t of tracks) {
        const c = reference.state.clusterOf[t]!;
        if (c < 0) continue;
        shares[c]!++;
        n++;
      }
      return shares.map((value) => value / Math.max(1, n));
    };
    const wanted = share(seeds);
    models.forEach((model, m) => {
      const got = share(model.recommend(modelQuery({ seeds }), 50).tracks);
      // Total variation: the part of the list that would have to change.
      distance[m]! += got.reduce((sum, value, c) => sum + Math.abs(value - wanted[c]!), 0) / 2 / 40;
    });
  }
  assert.ok(distance[0]! < 0.05 && distance[1]! > 4 * distance[0]!, `clusters ${distance[0]}, one mean ${distance[1]}`);
});

test('sections say the share of each cluster and sum to one; places follow the largest remainders', async () => {
  const model = await fit(styles(), { k: 3 });
  const { sections, sectionOf, tracks } = model.recommend(modelQuery({ seeds: [0, 1, 2, 120, 240] }), 7);
  assert.equal(tracks.length, 7);
  assert.deepEqual(
    sections!.map(({ share }) => share),
    [0.6, 0.2, 0.2],
  );
  const places = [0, 0, 0];
  for (const section of sectionOf!) places[section]!++;
  assert.deepEqual(places, [...largestRemainder([3, 1, 1], 7)]);
});

test('clusters have distinct names that say sound, genre and years', async () => {
  const { portraits } = (await fit(styles(), { k: 3 })).state;
  const names = portraits.map(({ name }) => name).sort();
  assert.equal(new Set(names).size, 3);
  assert.ok(
    names.some((name) => /quiet|acoustic|calm/.test(name) && /folk|blues/.test(name) && /1960s–70s/.test(name)),
    names.join('; '),
  );
  assert.ok(
    names.some((name) => /techno|house/.test(name) && /2010s–20s/.test(name)),
    names.join('; '),
  );
});

test('k is chosen where the clusters are, and the curve is kept', async () => {
  for (const choose of ['silhouette', 'elbow'] as const) {
    const model = await fit(styles(), { choose });
    const info = model.info() as { k: number; curve: { k: number }[]; silhouette: number; explained: number };
    assert.ok(info.curve.length > 5);
    assert.ok(info.k <= 8 && info.silhouette > 0.3 && info.explained > 0.5, JSON.stringify({ ...info, clusters: 0 }));
  }
});

test('the same seed gives the same clusters', async () => {
  const bytes = async (seed: number): Promise<Uint8Array> =>
    encodeArtifact((await fit(styles(), {}, seed)).toArtifact());
  assert.deepEqual(await bytes(5), await bytes(5));
});

test('k beyond the number of tracks, seeds without features and tracks without anything are answered', async () => {
  const few = datasetOf([track(0, { year: 1990 }), track(1, { year: 1991 }), track(2)]);
  const model = await fit(few, { k: 200 });
  assert.ok(model.state.k <= 2);
  assert.equal(model.state.clusterOf[2], -1);
  assert.equal(model.recommend(modelQuery({ seeds: [2] }), 10).tracks.length, 0);
  const scores = new Float32Array(3).fill(1);
  model.score(modelQuery({ seeds: [2] }), scores);
  assert.deepEqual([...scores], [0, 0, 0]);
});

test('a catalogue of which nothing is known is refused with a reason', () => {
  assert.match(clusters.unusable!(datasetOf([track(0)]))!, /import track features or artists first/);
  assert.equal(clusters.unusable!(datasetOf([track(0, { year: 1990 })])), null);
});
