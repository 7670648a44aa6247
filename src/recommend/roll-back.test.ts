import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { SegueError } from '../errors.ts';
import { Library } from '../library/library.ts';
import { demo, demoBatches } from '../sources/demo/demo.ts';
import { rollBackModel } from './roll-back.ts';
import { train } from './train.ts';

const failsWith = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;

test('the version before the last training comes back, and a second rollback undoes the first', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(dir);
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 60, playlists: 30, seed: 1 }));
    await assert.rejects(rollBackModel(library, 'als'), failsWith('NOT_FOUND'));
    await assert.rejects(rollBackModel(library, 'nothing'), failsWith('UNKNOWN_MODEL'));
    const versions: Uint8Array[] = [];
    for (const seed of [1, 2, 3]) {
      await train(library, { models: ['als'], seed });
      versions.push((await library.loadModel('als'))!);
    }
    assert.notDeepEqual(versions[1], versions[2]);
    await rollBackModel(library, 'als');
    assert.deepEqual(await library.loadModel('als'), versions[1]);
    await rollBackModel(library, 'als');
    assert.deepEqual(await library.loadModel('als'), versions[2]);
    assert.deepEqual((await readdir(join(dir, 'models'))).sort(), ['als.model', 'als.model.previous']);
    assert.deepEqual(
      (await library.listModels()).map(({ id }) => id),
      ['als'],
    );
    await library.removeModel('als');
    assert.deepEqual(await readdir(join(dir, 'models')), []);
  }));

test('a version that cannot answer any more does not take over', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(dir);
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 60, playlists: 30, seed: 1 }));
    // Without a usable file, popularity would be computed again and the damaged file go unnoticed.
    for (const id of ['als', 'popularity']) {
      for (const seed of [1, 2]) await train(library, { models: [id], seed });
      const current = await library.loadModel(id);
      await writeFile(join(dir, 'models', `${id}.model.previous`), 'damaged');
      await assert.rejects(rollBackModel(library, id), failsWith('FILE_UNREADABLE'));
      assert.deepEqual(await library.loadModel(id), current);
    }
  }));

test('what learned from forgotten data does not come back', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(dir);
    await library.importBatches(demo, 'a', demoBatches({ tracks: 60, playlists: 30, seed: 1 }));
    await library.importBatches(demo, 'b', demoBatches({ tracks: 60, playlists: 30, seed: 2 }));
    for (const seed of [1, 2]) await train(library, { models: ['als'], seed });
    await library.forget({ files: ['b'] });
    assert.deepEqual(await readdir(join(dir, 'models')), ['als.model']);
    await assert.rejects(rollBackModel(library, 'als'), failsWith('NOT_FOUND'));
  }));
