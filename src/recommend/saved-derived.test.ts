import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { Library } from '../library/library.ts';
import { decodeArtifact, encodeArtifact } from '../models/artifact.ts';
import { BY_ROWS } from '../models/by-rows.ts';
import { demo, demoBatches } from '../sources/demo/demo.ts';
import { ModelStore } from './model-store.ts';
import { SavedDerived } from './saved-derived.ts';
import { train } from './train.ts';

/** Files of at least this size have a checksum. */
const LARGE = 64 << 20;

async function trained(dir: string): Promise<Library> {
  const library = await Library.open(join(dir, 'library'));
  await library.importBatches(demo, 'demo', demoBatches({ tracks: 120, playlists: 60, seed: 1 }));
  await train(library, { models: ['spectral'] });
  return library;
}

test('what a large model derives is saved for the next start, and read by it', () =>
  withTemporary(async (dir) => {
    const library = await trained(dir);
    const [id, dataset] = [(await library.datasetId())!, await library.dataset()];
    const artifact = decodeArtifact((await library.loadModel('spectral'))!, 'spectral');
    const arrays = { ...artifact.arrays, padding: new Uint8Array(LARGE) };
    await library.saveModel('spectral', encodeArtifact({ ...artifact, arrays }));
    let saved = 0;
    const start = async (): Promise<void> => {
      const store = new ModelStore(
        {
          loadModel: (one) => library.loadModel(one, BY_ROWS),
          isSound: async () => false,
          loadDerived: (kind, of) => library.loadDerived(kind, of),
          saveDerived: (kind, of, pieces) => {
            saved++;
            return library.saveDerived(kind, of, pieces);
          },
          once: (_kind, _version, make) => make(),
        },
        dataset,
        await library.listModels(),
        id,
      );
      await store.get('spectral');
      await store.saveDerived();
    };
    await start();
    assert.equal(saved, 1);
    assert.ok((await readdir(library.dir)).includes(`model-spectral-${id}.bin`));
    await start();
    assert.equal(saved, 1, 'the second start derives nothing');
    // Another model under the same name.
    arrays.padding[0] = 1;
    await library.saveModel('spectral', encodeArtifact({ ...artifact, arrays }));
    await start();
    assert.equal(saved, 2);
  }));

test('a damaged file is passed over, and each model has its own', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 60, playlists: 20, seed: 1 }));
    const id = (await library.datasetId())!;
    const of = (model: string): SavedDerived => new SavedDerived(library, id, model, 'sum');
    await of('title-encoder').write({ a: Int32Array.of(1) });
    await of('title').write({ a: Int32Array.of(2) });
    assert.deepEqual(await of('title-encoder').read(), { a: Int32Array.of(1) });
    assert.deepEqual(await of('title').read(), { a: Int32Array.of(2) });
    assert.equal(await of('none').read(), null);
    assert.equal(await new SavedDerived(library, id, 'title', 'another sum').read(), null);
    const file = join(library.dir, `model-title-${id}.bin`);
    const bytes = await readFile(file);
    bytes[bytes.length - 8]! ^= 1;
    await writeFile(file, bytes);
    assert.equal(await of('title').read(), null);
  }));
