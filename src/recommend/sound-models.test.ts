import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryForFile } from '../math/kernels/file-memory.ts';
import { Rng } from '../math/rng.ts';
import { encodeArtifact } from '../models/artifact.ts';
import { modelQuery } from '../models/model.ts';
import { popularity } from '../models/popularity.ts';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { ModelStore } from './model-store.ts';

/** Enough bytes for the file to get a checksum. */
const PADDING = new Uint8Array(64 << 20);

test('a large model that was found right is not checked again; one that differs in a bit, or another catalogue, is', async () => {
  const dataset = demoDataset({ tracks: 300, playlists: 120, seed: 4 });
  const fitted = await popularity.fit(dataset, {}, { rng: new Rng(1) });
  const artifact = fitted.toArtifact();
  const query = modelQuery({ seeds: dataset.tracksOf(9).slice(0, 6) });
  const sound = new Set<string>();
  const asked: boolean[] = [];
  const load = async (bytes: Uint8Array, from = dataset): Promise<unknown> => {
    const memory = memoryForFile(bytes.length)!;
    memory.bytes.set(bytes);
    const library = {
      loadModel: async () => memory.bytes,
      isSound: async (key: string) => {
        asked.push(sound.has(key));
        return sound.has(key);
      },
      keepSound: async (...keys: readonly string[]) => {
        for (const key of keys) sound.add(key);
      },
    };
    const store = new ModelStore(library, from, [{ id: popularity.id, bytes: bytes.length, savedAt: 1 }]);
    // A rejected model is trained again.
    await store.get(popularity.id).catch(() => {});
    return store.refusal(popularity.id)?.code ?? (await store.get(popularity.id)).recommend(query, 20);
  };
  const bytes = encodeArtifact({ ...artifact, arrays: { ...artifact.arrays, padding: PADDING } });
  const expected = fitted.recommend(query, 20);
  assert.deepEqual([await load(bytes), await load(bytes)], [expected, expected]);
  assert.deepEqual(asked.splice(0), [false, true]);
  const damaged = bytes.slice();
  damaged[damaged.length - 9]! ^= 1;
  assert.equal(await load(damaged), 'FILE_UNREADABLE');
  assert.equal(await load(damaged), 'FILE_UNREADABLE', 'what was refused is not remembered');
  await load(bytes, dataset.withOwners(Int32Array.from({ length: 119 }, (_, o) => o)));
  assert.deepEqual(asked, [false, false, false]);
});
