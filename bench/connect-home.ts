import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import createPlugin, { type CallContext } from '@extism/extism';
import { connectedWorld } from '../test/support/connected-world.ts';
import { type Bench, lineOf, once, processorTime, quantile } from './harness.ts';

const WASM = fileURLToPath(new URL('../build/navidrome/plugin.wasm', import.meta.url));
const SONGS = 20_000;
const MIXES = 100;
const WARM_UP = 3;

export const connectHome: Bench = {
  id: 'connect-home',
  title:
    'A music server: 20,000 songs read from the fake (goal ≤ 30 s), instant mix through the plugin (goal p95 ≤ 150 ms)',
  async run({ say }) {
    say('making a demo world and reading the server');
    const world = await connectedWorld({ tracks: SONGS, playlists: 4000, every: 1 });
    try {
      const { connections } = world.connected;
      await connections.disconnect(world.connection);
      const { fake } = world;
      const { id } = await connections.connect('subsonic', 'alice', {
        address: fake.address,
        user: fake.user,
        password: fake.password,
      });
      const startOfSync = processorTime();
      const sync = await once(() => connections.sync(id));
      const syncBusy = processorTime() - startOfSync;
      const again = await once(() => connections.sync(id));
      const address = await world.app.listen({ host: '127.0.0.1', port: 0 });
      const plugin = await createPlugin(
        { wasm: [{ data: readFileSync(WASM) }] },
        {
          useWasi: false,
          runInWorker: true,
          config: { url: address, token: world.token },
          functions: {
            'extism:host/user': {
              async http_send(context: CallContext, offset: bigint): Promise<bigint> {
                const { request } = context.read(offset)!.json() as {
                  request: { url: string; headers: Record<string, string>; body: string };
                };
                const answer = await fetch(request.url, {
                  method: 'POST',
                  headers: request.headers,
                  body: Buffer.from(request.body, 'base64'),
                });
                const body = Buffer.from(await answer.arrayBuffer()).toString('base64');
                return context.store(JSON.stringify({ result: { statusCode: answer.status, body } }));
              },
            },
          },
        },
      );
      const times: number[] = [];
      const busy: number[] = [];
      let songs = 0;
      for (let i = 0; i < MIXES; i++) {
        const { id: song, title, artist } = fake.songs[(i * 197) % SONGS]!;
        const start = performance.now();
        const busyBefore = processorTime();
        const answer = await plugin.call(
          'nd_get_similar_songs_by_track',
          JSON.stringify({ id: song, name: title, artist, count: 100 }),
        );
        if (i >= WARM_UP) {
          times.push(performance.now() - start);
          busy.push(processorTime() - busyBefore);
        }
        songs += (answer!.json() as { songs: unknown[] }).songs.length;
      }
      await plugin.close();
      const p95 = quantile(times, 0.95);
      return [
        lineOf('first sync', [sync], {
          rate: `${Math.round((SONGS / sync) * 1000)} songs/s, ${(syncBusy / 1000).toFixed(1)} s of processor time, the fake's included`,
          goal: { text: '≤ 30 s', met: sync <= 30_000 },
        }),
        lineOf('sync with nothing new', [again]),
        lineOf('instant mix of 100 through the plugin', times, {
          // On a busy machine, wall-clock time includes the work of others.
          rate: `p95 ${p95.toFixed(0)} ms; of processor time ${quantile(busy, 0.5).toFixed(0)} ms, p95 ${quantile(busy, 0.95).toFixed(0)} ms`,
          quality: `${(songs / MIXES).toFixed(0)} songs a mix`,
          goal: { text: 'p95 ≤ 150 ms', met: p95 <= 150 },
        }),
      ];
    } finally {
      await world.close();
    }
  },
};
