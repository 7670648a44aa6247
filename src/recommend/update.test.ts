import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf, track } from '../../test/support/content.ts';
import type { TrackRow } from '../dataset/rows.ts';
import { Rng } from '../math/rng.ts';
import { MODELS } from '../models/registry.ts';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { Engine } from './engine.ts';
import { MemoryLibrary } from './memory-library.ts';
import { train } from './train.ts';
import { update } from './update.ts';

const whole = demoDataset({ tracks: 300, playlists: 150, seed: 4 });
const earlier = whole.withOwners(Int32Array.from({ length: 100 }, (_, o) => o));
const updatable = MODELS.filter((m) => m.updates !== undefined).map((m) => m.id);

test('an updated model answers exactly as one that is trained on the new playlists', async () => {
  const library = new MemoryLibrary(earlier);
  await train(library, { models: [...updatable, 'als'], set: { als: { iterations: 1, factors: 8 } } });
  library.replace(whole);
  const { exact, needTraining } = await update(library);
  assert.deepEqual(exact.map((m) => m.id).sort(), [...updatable].sort());
  assert.deepEqual(needTraining, [{ id: 'als', problem: null }]);
  const fresh = new MemoryLibrary(whole);
  await train(fresh, { models: updatable });
  const [updated, trained] = [await Engine.open(library), await Engine.open(fresh)];
  const rng = new Rng(9);
  for (const model of updatable)
    for (let i = 0; i < 5; i++) {
      const seeds = Array.from(rng.sample(300, 4), (t) => ({ track: whole.tracks.vocabulary.id(t) }));
      const request = { seeds, title: whole.owners.titles.get(110), model, n: 20 };
      assert.deepEqual((await updated.recommend(request)).tracks, (await trained.recommend(request)).tracks, model);
    }
});

test('where the catalogue has grown, the exact ones are made for it and the others are said to need training', async () => {
  const library = new MemoryLibrary(demoDataset({ tracks: 200, playlists: 80, seed: 4 }));
  await train(library, {
    models: ['popularity', 'playlist-neighbours', 'balanced', 'clusters', 'als'],
    set: { als: { iterations: 1, factors: 8 } },
  });
  library.replace(whole);
  const { exact, needTraining } = await update(library);
  assert.deepEqual(exact.map((m) => m.id).sort(), ['balanced', 'playlist-neighbours', 'popularity']);
  // The smaller demo world's songs are the first of the larger one's.
  assert.deepEqual(needTraining.map((m) => [m.id, m.problem?.code]).sort(), [
    ['als', undefined],
    ['clusters', undefined],
  ]);
  const engine = await Engine.open(library);
  const { models } = await engine.queries.models();
  assert.deepEqual(
    models
      .filter((m) => m.trained)
      .map((m) => m.id)
      .sort(),
    ['als', 'balanced', 'clusters', 'playlist-neighbours', 'popularity'],
  );
});

test('a model that can place newcomers answers on a catalogue that grew at its end; a damaged file is no reason to stop', async () => {
  const rows = (count: number): TrackRow[] =>
    Array.from({ length: count }, (_, n) => track(n, { year: 1970 + (n % 40), genres: [n % 2 ? 'folk' : 'techno'] }));
  const library = new MemoryLibrary(datasetOf(rows(60)));
  await train(library, { models: ['popularity', 'balanced', 'clusters'] });
  await library.saveModel('balanced', new Uint8Array(40));
  library.replace(datasetOf(rows(70)));
  const { exact, needTraining } = await update(library);
  assert.deepEqual(
    exact.map((m) => m.id),
    ['popularity'],
  );
  assert.deepEqual(needTraining.map((m) => [m.id, m.problem?.code]).sort(), [
    ['balanced', 'FILE_UNREADABLE'],
    ['clusters', undefined],
  ]);
});
