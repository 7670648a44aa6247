import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Library } from '../../src/library/library.ts';
import { openRepository } from '../../src/listeners/open.ts';
import { train } from '../../src/recommend/train.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { postgresLacks, startPostgres } from '../support/postgres.ts';
import { ServerProcess } from '../support/server-process.ts';
import { ROOT } from '../support/source-files.ts';
import { withTemporary } from '../support/temporary.ts';

const MODEL = 'als';

/** The first songs that a server recommends for a song, as one text; a rejected request fails the test. */
async function listOf(server: ServerProcess, seed: string): Promise<string> {
  const answer = await server.post('/api/recommendations', { seeds: [{ track: seed }], n: 20, model: MODEL });
  assert.equal(answer?.status, 200);
  const { model, tracks } = (await answer!.json()) as { model: string; tracks: { uri: string }[] };
  assert.equal(model, MODEL);
  assert.ok(tracks.every(({ uri }) => uri));
  return tracks.map(({ uri }) => uri).join(' ');
}

/** Repeats a query without pausing until the list is the wanted one, or differs from the previous; no request may fail meanwhile. */
async function until(server: ServerProcess, seed: string, wanted: (list: string) => boolean): Promise<string> {
  for (;;) {
    const list = await listOf(server, seed);
    if (wanted(list)) return list;
    await sleep(20);
  }
}

async function job(server: ServerProcess, body: object): Promise<{ state: string; error: string | null }> {
  const { id } = (await (await server.post('/api/jobs', body))!.json()) as { id: string };
  for (;;) {
    const now = (await (await server.get(`/api/jobs/${id}`))!.json()) as { state: string; error: string | null };
    if (now.state !== 'running') return now;
    await sleep(20);
  }
}

test(
  'two servers over one library and one PostgreSQL: listeners are shared, a job runs once, models are swapped and rolled back without a dropped request',
  {
    skip: postgresLacks,
  },
  () =>
    withTemporary(async (folder) => {
      const dir = join(folder, 'library');
      const library = await Library.open(dir);
      await library.importBatches(demo, 'demo', demoBatches({ tracks: 300, playlists: 100, seed: 1 }));
      await train(library, { models: [MODEL], seed: 1 });
      const seed = (await library.dataset()).tracks.vocabulary.id(3);
      const postgres = await startPostgres();
      const env = { SEGUE_DATABASE_URL: postgres.url };
      const servers: ServerProcess[] = [];
      const repository = await openRepository(dir, postgres.url);
      try {
        const { id: listener } = await repository.listeners.add({ name: 'Ada' });
        for (let i = 0; i < 2; i++) servers.push(await ServerProcess.start(dir, { env }));
        const [one, two] = servers as [ServerProcess, ServerProcess];

        const event = { id: 'e1', listener, kind: 'play', song: seed, at: 1_700_000_000_000, msPlayed: 200_000 };
        assert.ok((await one.post('/api/events', { events: [event] }))?.ok);
        assert.deepEqual(await (await two.post('/api/events', { events: [event] }))!.json(), { recorded: 0, known: 1 });

        const first = await listOf(one, seed);
        assert.equal(await listOf(two, seed), first);
        const order = { kind: 'train', models: [MODEL], set: { [MODEL]: { factors: 16 } } };
        // A third server is at work: this process, holding the same lock.
        const refused = await repository.alone('jobs', () => Promise.all(servers.map((server) => job(server, order))));
        for (const { state, error } of refused) {
          assert.equal(state, 'failed');
          assert.match(error!, /^Another server of this library is running a job/);
        }
        assert.equal((await job(one, order)).state, 'done');

        const [second, other] = await Promise.all(servers.map((s) => until(s, seed, (list) => list !== first)));
        assert.equal(other, second, 'both answer with the new version');
        const rollBack = [`${ROOT}src/cli/main.ts`, '--library', dir, 'models', 'rollback', MODEL];
        assert.match(execFileSync(process.execPath, rollBack, { encoding: 'utf8' }), /before its last training/);
        await Promise.all(servers.map((server) => until(server, seed, (list) => list === first)));
        for (const server of servers) assert.equal(await server.end('SIGTERM'), 0, server.printed);
      } finally {
        for (const server of servers) await server.end();
        await repository.close();
        postgres.stop();
      }
    }),
);
