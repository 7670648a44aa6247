import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { openShared } from '../../dataset/shared-dataset.ts';
import { datasetFile } from '../../library/file-names.ts';
import { Library } from '../../library/library.ts';
import { demo, demoBatches } from '../../sources/demo/demo.ts';
import { FirstReading, type FromReading } from './first-reading.ts';
import { SharedFiles } from './shared-files.ts';

const TRACKS = 100;

async function demoLibrary(dir: string, seed = 1): Promise<Library> {
  const library = await Library.open(join(dir, 'library'));
  await library.importBatches(demo, `demo ${seed}`, demoBatches({ tracks: TRACKS, playlists: 20, seed }));
  return library;
}

/** A reading, and what it has told once it has ended. */
async function reading(library: Library): Promise<{ first: FirstReading; told: FromReading[] }> {
  const told: FromReading[] = [];
  const both = Promise.withResolvers<void>();
  const first = new FirstReading(library, (what) => {
    told.push(what);
    if (told.length === 2) both.resolve();
  });
  await both.promise;
  return { first, told };
}

test('files read by the first thread are given to all: the main thread reads nothing', () =>
  withTemporary(async (dir) => {
    const library = await demoLibrary(dir);
    await library.saveModel('popularity', Uint8Array.of(1, 2, 3));
    const { first, told } = await reading(library);
    const files = new SharedFiles(library);
    files.expectReader();
    const asked = Promise.all([files.dataset(), files.model('popularity'), files.model('als')]);
    // Neither is read any more.
    await writeFile(datasetFile(library.dir, (await library.datasetId())!), 'damaged');
    for (const what of told) {
      if ('state' in what) files.giveState(what.state);
      if ('read' in what) files.giveModel(what.read);
    }
    const [dataset, model, other] = await asked;
    assert.equal(openShared(dataset).tracks.count, TRACKS);
    assert.deepEqual([[...model!], other], [[1, 2, 3], null]);
    assert.equal(await first.modelFile('als'), null);
    assert.equal(await first.modelFile('popularity').then((bytes) => bytes?.buffer), model!.buffer, 'one copy');
    assert.equal((await first.dataset())?.byOwner, dataset.byOwner, 'one copy');
    assert.deepEqual([await first.dataset(), await first.modelFile('popularity')], [null, null], 'each is given once');
    await files.beside.close();
  }));

test('files replaced meanwhile are used neither by the first thread nor by the others', () =>
  withTemporary(async (dir) => {
    const library = await demoLibrary(dir);
    await library.saveModel('popularity', Uint8Array.of(1));
    const { first, told } = await reading(library);
    await demoLibrary(dir, 2);
    await library.saveModel('popularity', Uint8Array.of(4, 5));
    assert.deepEqual([await first.dataset(), await first.modelFile('popularity')], [null, null]);
    const files = new SharedFiles(library);
    files.expectReader();
    for (const what of told) {
      if ('state' in what) files.giveState(what.state);
      if ('read' in what) files.giveModel(what.read);
    }
    assert.deepEqual([...(await files.model('popularity'))!], [4, 5]);
    const now = await (await Library.open(library.dir)).dataset();
    assert.equal(openShared(await files.dataset()).entriesChecksum, now.entriesChecksum);
    await files.beside.close();
  }));

test('what the first thread cannot read, or has not read when it ends, the main thread reads, and reports errors', () =>
  withTemporary(async (dir) => {
    const library = await demoLibrary(dir);
    const whole = new SharedFiles(library);
    whole.expectReader();
    const asked = whole.dataset();
    whole.giveUp();
    assert.equal(openShared(await asked).tracks.count, TRACKS);
    await whole.beside.close();
    await writeFile(datasetFile(library.dir, (await library.datasetId())!), 'damaged');
    const { first, told } = await reading(await Library.open(library.dir));
    assert.deepEqual(told.map((what) => Object.keys(what)[0]).sort(), ['read', 'unread']);
    assert.equal(await first.dataset(), null);
    const files = new SharedFiles(await Library.open(library.dir));
    files.expectReader();
    files.giveUp();
    await assert.rejects(files.dataset(), { code: 'FILE_UNREADABLE' });
    await files.beside.close();
  }));

test('a delivered model is taken without a request for it: the main thread checks its columns that are read on demand', () =>
  withTemporary(async (dir) => {
    const library = await demoLibrary(dir);
    await library.saveModel('popularity', Uint8Array.of(1));
    const { told } = await reading(library);
    const taken = Promise.withResolvers<void>();
    const watched: Library = Object.assign(Object.create(library) as Library, {
      listModels: () => {
        taken.resolve();
        return library.listModels();
      },
    });
    const files = new SharedFiles(watched);
    files.expectReader();
    for (const what of told) if ('read' in what) files.giveModel(what.read);
    await taken.promise;
    await files.beside.close();
  }));
