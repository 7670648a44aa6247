import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Library } from '../../src/library/library.ts';
import { train } from '../../src/recommend/train.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { freePort, ServerProcess } from '../support/server-process.ts';
import { ROOT } from '../support/source-files.ts';
import { withTemporary } from '../support/temporary.ts';

test('the health port answers while the rest of the server does not, and reports starting, hanging and stopping', () =>
  withTemporary(async (dir) => {
    const folder = join(dir, 'library');
    const library = await Library.open(folder);
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 300, playlists: 100, seed: 1 }));
    await train(library, { models: ['playlist-neighbours'] });
    const health = await freePort();
    const server = await ServerProcess.start(folder, {
      env: { SEGUE_HEALTH_PORT: String(health) },
      node: [`--import=${ROOT}test/support/blocked-main.ts`],
    });
    const probe = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${health}${path}`);
    const until = async (path: string, status: number): Promise<void> => {
      while ((await probe(path)).status !== status) await sleep(20);
    };
    try {
      await until('/readyz', 200);
      assert.equal((await probe('/api/models')).status, 404, 'nothing else is served there');

      server.signal('SIGUSR2');
      let stuck = true;
      // The signal has arrived when the server no longer responds.
      while (await Promise.race([server.get('/healthz'), sleep(1000, null)]));
      const main = server.get('/healthz').then(() => {
        stuck = false;
      });
      assert.equal((await probe('/healthz')).status, 200);
      await until('/readyz', 503);
      assert.equal((await probe('/healthz')).status, 200);
      assert.ok(stuck, 'its main thread has not answered meanwhile');
      await main;
      await until('/readyz', 200);

      const unfinished = connect(Number(new URL(server.address).port), '127.0.0.1').on('error', () => {});
      await once(unfinished, 'connect');
      unfinished.write('POST /api/recommendations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n');
      await server.get('/healthz');
      server.signal('SIGTERM');
      await until('/readyz', 503);
      assert.equal(((await (await probe('/readyz')).json()) as { stopping: boolean }).stopping, true);
      assert.equal((await probe('/healthz')).status, 200, 'what is stopping is alive');
      unfinished.destroy();
      while (server.alive) await sleep(20);
      await assert.rejects(probe('/healthz'));
    } finally {
      await server.end();
    }
  }));
