import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { Library } from '../../library/library.ts';
import { demo, demoBatches } from '../../sources/demo/demo.ts';
import { startServer } from '../server.ts';

test('a telemetry collector is listed among the contacted hosts, if one is configured', async () => {
  await withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 100, playlists: 20, seed: 1 }));
    for (const otlpEndpoint of ['http://127.0.0.1:9/otel', undefined]) {
      const server = await startServer(library, { host: '127.0.0.1', port: 0, ...(otlpEndpoint && { otlpEndpoint }) });
      try {
        const answer = await fetch(`${server.address}/api/connections/hosts`);
        const { hosts } = (await answer.json()) as { hosts: { origin: string; inUse: boolean }[] };
        const told = hosts.map(({ origin, inUse }) => `${origin} ${inUse}`);
        assert.deepEqual(told, otlpEndpoint ? ['http://127.0.0.1:9 true'] : []);
      } finally {
        await server.close();
      }
    }
  });
});
