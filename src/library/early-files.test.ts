import assert from 'node:assert/strict';
import { cp, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { demo, demoBatches } from '../sources/demo/demo.ts';
import { dropEarly, readEarly, takeEarly } from './early-files.ts';
import { datasetFile, modelFile } from './file-names.ts';
import { Library } from './library.ts';

async function demoLibrary(dir: string): Promise<{ library: Library; dataset: string; model: string }> {
  const library = await Library.open(dir);
  await library.importBatches(demo, 'demo', demoBatches({ tracks: 60, playlists: 20, seed: 1 }));
  await library.saveModel('example', Uint8Array.of(1, 2, 3));
  return { library, dataset: datasetFile(dir, (await library.datasetId())!), model: modelFile(dir, 'example') };
}

test('files that are read early are taken once, by whoever opens the library', () =>
  withTemporary(async (dir) => {
    const { library, dataset, model } = await demoLibrary(dir);
    readEarly(dir, 'example', new Set());
    assert.deepEqual(Buffer.from((await takeEarly(dataset))!), await readFile(dataset));
    assert.equal(takeEarly(dataset), null);
    assert.deepEqual([...(await library.loadModel('example', new Set()))!], [1, 2, 3]);
    assert.equal(takeEarly(model), null);
  }));

test('a file that was replaced meanwhile is not taken, nor one of another library', () =>
  withTemporary(async (dir) => {
    const { dataset, model } = await demoLibrary(join(dir, 'a'));
    readEarly(join(dir, 'a'), 'example', new Set());
    await cp(dataset, `${dataset}.copy`);
    await rename(`${dataset}.copy`, dataset);
    assert.equal(takeEarly(dataset), null);
    dropEarly();
    assert.equal(takeEarly(model), null);
  }));

test('without a library, or with a damaged one, nothing is read', () =>
  withTemporary(async (dir) => {
    readEarly(join(dir, 'none'), 'example', new Set());
    for (const text of ['', '{', 'null', '{"base":"../../secret"}', '{"base":null}']) {
      await writeFile(join(dir, 'manifest.json'), text);
      readEarly(dir, 'example', new Set());
    }
    dropEarly();
  }));
