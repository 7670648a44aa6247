import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { plainApp } from '../../test/support/plain-app.ts';
import { randomDataset } from '../../test/support/small-dataset.ts';
import { withTemporary } from '../../test/support/temporary.ts';
import type { SegueError } from '../errors.ts';
import { Library } from '../library/library.ts';
import { Engine } from '../recommend/engine.ts';
import { MemoryLibrary } from '../recommend/memory-library.ts';
import { demo, demoBatches } from '../sources/demo/demo.ts';
import { startServer } from './server.ts';

test('requests wait until the library is read; /healthz and /readyz do not', async () => {
  const engine = Engine.unopened(new MemoryLibrary(randomDataset(3, 30, 20)));
  const read = Promise.withResolvers<void>();
  const app = await plainApp(engine, undefined, { opened: read.promise });
  const early = await app.inject('/readyz');
  assert.deepEqual([early.statusCode, early.json()], [503, { ready: false, waitingFor: ['library'] }]);
  const unread = (await app.inject('/healthz')).json<{ ok: boolean; library: null; models: null }>();
  assert.deepEqual([unread.ok, unread.library, unread.models], [false, null, null]);
  let answered = false;
  const library = app.inject('/api/library').then((answer) => {
    answered = true;
    return answer;
  });
  // Another answer has come meanwhile.
  await app.inject('/readyz');
  assert.equal(answered, false);
  await engine.open();
  read.resolve();
  assert.deepEqual((await app.inject('/readyz')).json(), { ready: true, waitingFor: [] });
  assert.equal((await library).statusCode, 200);
  assert.equal((await app.inject('/healthz')).json<{ library: { tracks: number } }>().library.tracks, 30);
  await app.close();
});

test('requests that wait for a damaged library get its error', async () => {
  const engine = Engine.unopened(new MemoryLibrary(randomDataset(3, 30, 20)));
  const read = Promise.withResolvers<void>();
  const app = await plainApp(engine, undefined, { opened: read.promise });
  const library = app.inject('/api/library');
  read.reject(new Error('damaged'));
  assert.equal((await library).statusCode, 500);
  await app.close();
});

test('a server with a damaged or empty library reports the problem and leaves the port free', () =>
  withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    await assert.rejects(startServer(library, { host: '127.0.0.1', port: 0 }), { code: 'LIBRARY_EMPTY' });
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 100, playlists: 20, seed: 1 }));
    const file = (await readdir(library.dir)).find((name) => name.startsWith('dataset-'))!;
    await writeFile(join(library.dir, file), 'damaged');
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const start = async (): Promise<string> => {
      const opened = await Library.open(library.dir);
      return startServer(opened, { host: '127.0.0.1', port }).then(
        () => 'started',
        ({ code }: SegueError) => code,
      );
    };
    assert.equal(await start(), 'USAGE');
    taken.close();
    await once(taken, 'close');
    assert.equal(await start(), 'FILE_UNREADABLE');
    const again = createServer().listen(port, '127.0.0.1');
    await once(again, 'listening');
    again.close();
  }));
