import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { plainApp } from '../../test/support/plain-app.ts';
import { randomDataset } from '../../test/support/small-dataset.ts';
import { SegueError } from '../errors.ts';
import { Engine } from '../recommend/engine.ts';
import { MemoryLibrary } from '../recommend/memory-library.ts';

test('a response waits until changes of connections are on the disk, and reports a failure', async () => {
  const engine = await Engine.open(new MemoryLibrary(randomDataset(3, 30, 12)));
  let wait: Promise<void> | null = null;
  const app = await plainApp(engine, undefined, {}, () => wait);
  assert.equal((await app.inject('/api/metrics')).statusCode, 200);

  const disk = Promise.withResolvers<void>();
  wait = disk.promise;
  let told = false;
  const answer = app.inject('/api/metrics').then((response) => {
    told = true;
    return response;
  });
  for (let i = 0; i < 20; i++) await turn();
  assert.ok(!told);
  disk.resolve();
  assert.equal((await answer).statusCode, 200);

  wait = Promise.reject(new SegueError('DISK_FAILED', { got: 'The disk failed' }));
  wait.catch(() => {});
  const failed = await app.inject('/api/metrics');
  assert.deepEqual([failed.statusCode, failed.json().error.code], [500, 'DISK_FAILED']);
  await app.close();
});
