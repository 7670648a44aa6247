import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainApp } from '../../../test/support/plain-app.ts';
import { randomDataset } from '../../../test/support/small-dataset.ts';
import { Engine, type EngineLibrary } from '../../recommend/engine.ts';
import { MemoryLibrary } from '../../recommend/memory-library.ts';

interface Health {
  library: { tracks: number };
  models: { trained: string[]; default: string | null };
}

test('/healthz checks for new models and imports, and waits neither for the check nor for data being read', async () => {
  const [before, after] = [randomDataset(3, 30, 20), randomDataset(4, 40, 20)];
  const reading = Promise.withResolvers<void>();
  let [id, saved] = ['before', [] as { id: string; bytes: number; savedAt: number }[]];
  const library: EngineLibrary = {
    ...new MemoryLibrary(before),
    datasetId: async () => id,
    dataset: async () => {
      if (id === 'before') return before;
      await reading.promise;
      return after;
    },
    listModels: async () => saved,
    loadModel: async () => null,
    addWaiting: async () => 0,
    waitingCount: async () => 0,
  };
  const engine = await Engine.open(library, { ahead: 'none', lookEvery: 0 });
  const app = await plainApp(engine);
  const health = async (): Promise<Health> => (await app.inject('/healthz')).json<Health>();
  assert.deepEqual((await health()).models.trained, []);
  saved = [{ id: 'hybrid', bytes: 1, savedAt: 1 }];
  await health();
  await engine.settled();
  assert.deepEqual((await health()).models, { trained: ['hybrid'], loaded: [], default: 'hybrid' });
  id = 'after';
  await health();
  assert.equal((await health()).library.tracks, 30, 'of what is read already');
  reading.resolve();
  await engine.settled();
  assert.equal((await health()).library.tracks, 40);
  await app.close();
});
