import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { datasetOf, sound, track } from '../../test/support/content.ts';
import type { TrackRow } from '../dataset/rows.ts';
import { Rng } from '../math/rng.ts';
import { audio } from './audio.ts';
import { autoencoder } from './autoencoder/autoencoder.ts';
import { balanced } from './balanced.ts';
import { clusters } from './clusters.ts';
import { genreFirst } from './genre-first.ts';
import { loadModel } from './grown-catalogue.ts';
import { modelQuery } from './model.ts';

const rows: TrackRow[] = Array.from({ length: 60 }, (_, n) =>
  track(n, {
    year: n % 2 ? 2015 : 1970,
    genres: n % 2 ? ['techno', 'house'] : ['folk'],
    features: sound(n % 2 ? 0.8 + n / 600 : 0.1 + n / 600, n % 2 ? 128 : 84 + (n % 9)),
  }),
);
const newcomer = { ...rows[31]!, uri: 't:new', name: 'New' };

for (const model of [balanced, genreFirst, audio, clusters, autoencoder]) {
  test(`${model.id} recommends a track that came after the training as soon as it has features`, async () => {
    const before = datasetOf(rows);
    const config = Value.Default(model.config, {}) as Record<string, unknown>;
    const artifact = (await model.fit(before, config as never, { rng: new Rng(1) })).toArtifact();
    const after = datasetOf([...rows, newcomer, track(99)]);
    const loaded = model.load(artifact, after);
    const query = modelQuery({ seeds: [31] });
    assert.equal(loaded.recommend(query, 1).tracks[0], 60, 'the newcomer is the seed’s twin');
    assert.ok(!loaded.recommend(query, 100).tracks.includes(61), 'nothing is known of the other newcomer');
    // A different catalogue, or one that lost tracks, is rejected.
    for (const dataset of [datasetOf([...rows].reverse().concat(newcomer)), datasetOf(rows.slice(1))])
      assert.throws(() => model.load(artifact, dataset), { code: 'MODEL_MISMATCH' });
  });
}

test('settings are checked when a saved model is loaded', async () => {
  const dataset = datasetOf(rows);
  const config = Value.Default(clusters.config, {}) as Record<string, unknown>;
  const artifact = (await clusters.fit(dataset, config as never, { rng: new Rng(1) })).toArtifact();
  assert.equal(loadModel(clusters, artifact, dataset).modelId, 'clusters');
  for (const name of Object.keys(config)) {
    const { [name]: _, ...fewer } = config;
    for (const wrong of [fewer, { ...config, [name]: 'much' }, { ...config, [name]: -1e9 }])
      assert.throws(() => loadModel(clusters, { ...artifact, config: wrong }, dataset), {
        code: 'MODEL_MISMATCH',
        message: /settings.*segue train clusters/s,
      });
  }
});

test('a model saved under former names of its settings is loaded with them, and what it no longer has is left out', async () => {
  const dataset = datasetOf(rows);
  const config = Value.Default(clusters.config, {}) as Record<string, unknown>;
  const artifact = (await clusters.fit(dataset, config as never, { rng: new Rng(1) })).toArtifact();
  const [[first, value], ...rest] = Object.entries(artifact.config) as [[string, unknown], ...[string, unknown][]];
  const saved = { ...artifact, config: { former: value, gone: 1, ...Object.fromEntries(rest) } };
  assert.throws(() => loadModel(clusters, saved, dataset), { code: 'MODEL_MISMATCH' });
  const renamed = { ...clusters, formerSettings: { former: first } };
  assert.deepEqual(loadModel(renamed, saved, dataset).toArtifact().config, artifact.config);
});
