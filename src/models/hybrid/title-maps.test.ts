import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { communities, titleOf, uriOf } from '../../../test/contract/worlds.ts';
import { Rng } from '../../math/rng.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { decodeArtifact, encodeArtifact } from '../artifact.ts';
import { modelQuery } from '../model.ts';
import { fitBaseModels, loadBaseModels, saveBaseModels } from './base-models.ts';
import { UNBOUNDED } from './bounds.ts';
import { hybridCatalogue } from './catalogue.ts';
import { hybrid } from './hybrid.ts';
import { RetrieverScores } from './retriever-scores.ts';
import { loadSpectralTitles, loadTitleMaps, saveSpectralTitles, saveTitleMaps } from './title-maps.ts';

const dataset = communities(false);
const catalogue = hybridCatalogue(dataset);
const baseModels = await fitBaseModels(dataset, { rng: new Rng(1) }, null);
const maps = baseModels.titleMaps!;

test('a title alone is scored by both base models at its points, every track of the catalogue', () => {
  const scores = new RetrieverScores(dataset, catalogue, baseModels, UNBOUNDED);
  const { table, d } = baseModels.als.distinctVectors;
  const near = new Float32Array(dataset.tracks.count);
  for (const title of [titleOf(1), 'jazz', titleOf(2)]) {
    scores.gather(modelQuery({ title }), new Map());
    baseModels.spectral.scorePoint(maps.spectral.encode(title)!, near);
    const point = maps.als.encode(title)!;
    const largest = Math.max(...near);
    let best = 0;
    for (let track = 0; track < dataset.tracks.count; track++) {
      if (dataset.ownersOf(track) === 0) continue;
      assert.ok(Math.abs(scores.scoreOf(track, 'spectral') - near[track]!) < 0.01 * largest, `spectral of ${track}`);
      const vector = table.subarray(baseModels.als.columnOf(track) * d, (baseModels.als.columnOf(track) + 1) * d);
      const dot = vector.reduce((sum, value, j) => sum + value * point[j]!, 0);
      best = Math.max(best, dot);
      assert.ok(Math.abs(scores.scoreOf(track, 'als') - dot) < 0.02, `als of ${track}: ${dot}`);
    }
    assert.ok(best > 0.2, `${best}`);
    assert.ok(scores.active.has('spectral') && scores.active.has('als'));
  }
  scores.gather(modelQuery({ title: 'ДЖАЗ' }), new Map());
  assert.ok(!scores.active.has('spectral') && !scores.active.has('als'));
  scores.dispose();
});

test('a catalogue so small that its space has a rank of its own, no multiple of 4, has maps too', async () => {
  const small = demoDataset({ tracks: 26, playlists: 60, seed: 8 });
  const { spectral, titleMaps } = await fitBaseModels(small, { rng: new Rng(1) }, null);
  assert.ok(spectral.dimensions > 0 && spectral.dimensions % 4 !== 0, `rank ${spectral.dimensions}`);
  const point = titleMaps!.spectral.encode(small.owners.titles.get(0))!;
  assert.ok(point.length === spectral.dimensions && point.every(Number.isFinite));
});

test('without titles there are no maps, and nothing of them is saved', async () => {
  const people = await fitBaseModels(communities(true), { rng: new Rng(1) }, null);
  assert.equal(people.titleMaps, null);
  assert.ok(!Object.keys(saveBaseModels(people).arrays).some((name) => /titles/i.test(name)));
});

test('a title beside seeds leaves the base models to the seeds, and so does one that is not to be asked as points', () => {
  const scores = new RetrieverScores(dataset, catalogue, baseModels, UNBOUNDED);
  const without = new RetrieverScores(dataset, catalogue, { ...baseModels, titleMaps: null }, UNBOUNDED);
  const query = modelQuery({ seeds: [dataset.tracks.vocabulary.indexOf(uriOf(1, 2))], title: titleOf(2) });
  for (const one of [scores, without]) one.gather(query, new Map());
  assert.deepEqual(scores.rows.table.slice(), without.rows.table.slice());
  scores.gather(modelQuery({ title: titleOf(2) }), new Map(), 500, false);
  without.gather(modelQuery({ title: titleOf(2) }), new Map(), 500);
  assert.deepEqual(scores.rows.table.slice(), without.rows.table.slice());
  assert.deepEqual(scores.active, without.active);
  scores.dispose();
  without.dispose();
});

test('saved and loaded the maps place titles alike; one map alone is none; arrays that do not fit are refused', () => {
  const arrays = { ...saveTitleMaps(maps), other: Int32Array.of(1) };
  const loaded = loadTitleMaps(arrays, baseModels)!;
  for (const space of ['spectral', 'als'] as const)
    assert.deepEqual(loaded[space].encode(titleOf(1)), maps[space].encode(titleOf(1)));
  const former = Object.fromEntries(Object.entries(arrays).filter(([name]) => !name.startsWith('alsTitles.')));
  assert.equal(loadTitleMaps(former, baseModels), null);
  assert.deepEqual(loadSpectralTitles(former, baseModels.spectral)!.encode('jazz'), maps.spectral.encode('jazz'));
  assert.deepEqual(saveTitleMaps(null), {});
  assert.deepEqual(saveSpectralTitles(null), {});
  assert.deepEqual(Object.keys(saveSpectralTitles(maps.spectral)), Object.keys(former).slice(0, -1));
  assert.equal(loadSpectralTitles({ other: arrays.other }, baseModels.spectral), null);
  for (const name of ['alsTitles.map', 'alsTitles.mean', 'titles.map']) {
    const short = (saveTitleMaps(maps)[name] as Float32Array).subarray(1);
    assert.throws(() => loadTitleMaps({ ...arrays, [name]: short }, baseModels), { code: 'FILE_UNREADABLE' }, name);
  }
  const again = loadBaseModels(saveBaseModels(baseModels), dataset);
  assert.deepEqual(again.titleMaps!.als.encode('jazz'), maps.als.encode('jazz'));
});

test('hybrid: a title alone is why its songs are found; a model of version 12, which had no map into the space of als, still loads and answers', async () => {
  const config = { ...Value.Create(hybrid.config), folds: 2, trees: 20, leastOwners: 10 };
  const fitted = await hybrid.fit(dataset, config, { rng: new Rng(1) });
  const artifact = decodeArtifact(encodeArtifact(fitted.toArtifact()), 'hybrid');
  assert.equal(artifact.modelVersion, 13);
  const alone = modelQuery({ title: titleOf(1) });
  assert.deepEqual(hybrid.load(artifact, dataset).recommend(alone, 10), fitted.recommend(alone, 10));
  const reasons = fitted.explain!(alone, fitted.recommend(alone, 10).tracks[0]!);
  assert.equal(reasons[0]?.kind, 'title');
  assert.ok(reasons[0].share > 0.6, `${reasons[0].share}`);
  const own = Object.entries(artifact.arrays).filter(([name]) => !name.startsWith('alsTitles.'));
  assert.ok(own.length < Object.keys(artifact.arrays).length);
  const former = hybrid.load({ ...artifact, modelVersion: 12, arrays: Object.fromEntries(own) }, dataset);
  assert.equal(former.recommend(alone, 10).tracks.length, 10);
  const seeded = modelQuery({ seeds: [dataset.tracks.vocabulary.indexOf(uriOf(1, 2))], title: titleOf(1) });
  assert.deepEqual(former.recommend(seeded, 20), fitted.recommend(seeded, 20));
});
