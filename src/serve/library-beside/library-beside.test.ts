import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { type Batch, emptyBatch } from '../../dataset/rows.ts';
import { fingerprint, openShared } from '../../dataset/shared-dataset.ts';
import { Library } from '../../library/library.ts';
import { demo, demoBatches } from '../../sources/demo/demo.ts';
import { SharedFiles } from '../answering/shared-files.ts';

const ORIGIN = { id: 'own', title: 'Own', licence: '', citation: '' };

const batchOf = (...names: readonly string[]): Batch => ({
  ...emptyBatch(),
  tracks: names.map((name) => ({ uri: `own:${name}`, name })),
});

async function filesOf(t: TestContext, dir: string): Promise<{ library: Library; files: SharedFiles }> {
  const library = await Library.open(join(dir, 'library'));
  await library.importBatches(demo, 'demo', demoBatches({ tracks: 100, playlists: 20, seed: 1 }));
  const files = new SharedFiles(library);
  t.after(() => files.beside.close());
  return { library, files };
}

test('new data is read and applied on another thread, as by the library itself', (t) =>
  withTemporary(async (dir) => {
    const { library, files } = await filesOf(t, dir);
    const before = await files.dataset();
    // From here on, this thread reads no data.
    t.mock.method(library, 'state', async () => assert.fail('read in this thread'));
    const own = [batchOf('a', 'b'), batchOf('c')];
    const [report] = await Promise.all([
      files.beside.importBatches(ORIGIN, 'one', own),
      files.beside.importBatches(
        ORIGIN,
        'two',
        (async function* () {
          yield batchOf('d');
        })(),
      ),
    ]);
    assert.equal(report.taken.tracks, 3);
    const after = await files.dataset();
    assert.notEqual(after, before);
    assert.equal(await files.dataset(), after);
    const read = openShared(after);
    assert.equal(read.tracks.count, openShared(before).tracks.count + 4);
    assert.equal(fingerprint(read), fingerprint(await (await Library.open(library.dir)).dataset()));
    await files.beside.forget({ source: 'own', files: [] });
    assert.equal(fingerprint(openShared(await files.dataset())), fingerprint(openShared(before)));
    // Another process changes the library once the thread has ended.
    await files.beside.close();
    await (await Library.open(library.dir)).importBatches(ORIGIN, 'three', [batchOf('e')]);
    assert.equal(openShared(await files.dataset()).tracks.count, openShared(before).tracks.count + 1);
  }));

test('an import that is stopped, ends with the server or fails on a row leaves the library unchanged and unlocked', (t) =>
  withTemporary(async (dir) => {
    const { library, files } = await filesOf(t, dir);
    const id = await library.datasetId();
    const { beside } = files;
    async function* endless(stop: () => void) {
      for (let i = 0; ; i++) {
        if (i === 3) stop();
        yield batchOf(`${i}`);
      }
    }
    const user = new AbortController();
    const stopped = beside.importBatches(
      ORIGIN,
      'one',
      endless(() => user.abort()),
      { signal: user.signal },
    );
    await assert.rejects(stopped, { code: 'CANCELLED' });
    const closed = Promise.withResolvers<void>();
    const ended = beside.importBatches(
      ORIGIN,
      'two',
      endless(() => closed.resolve(beside.close())),
    );
    await assert.rejects(ended, { code: 'CANCELLED' });
    await closed.promise;
    const wrong = (async function* () {
      yield batchOf('x');
      throw new TypeError('wrong rows');
    })();
    await assert.rejects(beside.importBatches(ORIGIN, 'three', wrong), /wrong rows/);
    assert.equal(await library.datasetId(), id);
    await beside.importBatches(ORIGIN, 'four', [batchOf('y')]);
    assert.notEqual(await library.datasetId(), id);
  }));
