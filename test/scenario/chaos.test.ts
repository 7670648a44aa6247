import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Library } from '../../src/library/library.ts';
import { openRepository } from '../../src/listeners/open.ts';
import { Rng } from '../../src/math/rng.ts';
import { train } from '../../src/recommend/train.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { postgresLacks, startPostgres } from '../support/postgres.ts';
import { ServerProcess } from '../support/server-process.ts';
import { ROOT } from '../support/source-files.ts';
import { withTemporary } from '../support/temporary.ts';

/** Crashes of the broker are tested in test/engines/kafka.test.ts. */
const KILLS = Number(process.env.SEGUE_KILLS ?? 20);
const OUTAGE_MS = 10_000;
const CLIENTS = 3;
const BATCH = 20;

/** A small library with one listener. @returns the listener and the songs */
async function prepare(dir: string, url?: string): Promise<{ listener: string; songs: readonly string[] }> {
  const library = await Library.open(dir);
  await library.importBatches(demo, 'demo', demoBatches({ tracks: 200, playlists: 60, seed: 1 }));
  await train(library, { models: ['popularity'] });
  const repository = await openRepository(dir, url);
  const { id } = await repository.listeners.add({ name: 'Ada' });
  await repository.close();
  const { vocabulary } = (await library.dataset()).tracks;
  return { listener: id, songs: Array.from({ length: 200 }, (_, t) => vocabulary.id(t)) };
}

/**
 * Clients that send events without pausing, and one that requests recommendations. A batch that was not acknowledged is sent again unchanged, as
 * every client should do; the server's response is recorded.
 */
class Load {
  readonly acknowledged = new Set<string>();
  /** Answered batches and lists, and errors by code. */
  batches = 0;
  lists = 0;
  readonly refused = new Map<string, number>();
  /** The error that a client found in a response. */
  private failure: unknown;
  private stopped = false;
  private readonly running: Promise<void>[];

  constructor(server: ServerProcess, { listener, songs }: { listener: string; songs: readonly string[] }) {
    const events = Array.from({ length: CLIENTS }, (_, client) => this.send(server, listener, songs, client));
    this.running = [...events, this.ask(server, songs)].map((client) =>
      client.catch((error: unknown) => {
        this.failure ??= error;
      }),
    );
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.running);
  }

  private async send(server: ServerProcess, listener: string, songs: readonly string[], client: number): Promise<void> {
    for (let n = 0; !this.stopped; n++) {
      const events = Array.from({ length: BATCH }, (_, i) => ({
        ...{
          id: `${client}-${n}-${i}`,
          listener,
          kind: 'play',
          at: 1_700_000_000_000 + n * 1000 + i,
          msPlayed: 200_000,
        },
        song: songs[(n * BATCH + i + client) % songs.length]!,
      }));
      while (!this.stopped) {
        const answer = await server.post('/api/events', { events });
        if (answer?.ok) {
          const { recorded, known } = (await answer.json()) as { recorded: number; known: number };
          assert.equal(recorded + known, BATCH);
          for (const { id } of events) this.acknowledged.add(id);
          this.batches++;
          break;
        }
        await this.note(answer);
      }
    }
  }

  private async ask(server: ServerProcess, songs: readonly string[]): Promise<void> {
    for (let n = 0; !this.stopped; n++) {
      const seeds = [{ track: songs[n % songs.length]! }];
      const answer = await server.post('/api/recommendations', { seeds, n: 10 });
      const items = answer?.ok ? ((await answer.json()) as { tracks: unknown[] }).tracks : [];
      if (items.length === 10) this.lists++;
      else await this.note(answer);
    }
  }

  private async note(answer: Response | null): Promise<void> {
    const body = (await answer?.json().catch(() => null)) as { error?: { code: string } } | null;
    const code = answer ? (body?.error?.code ?? String(answer.status)) : 'nobody answered';
    this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
    await sleep(20);
  }

  /** Waits until this many more batches and lists have been answered. */
  async answers(server: ServerProcess, batches: number, lists: number): Promise<void> {
    const [wantedBatches, wantedLists] = [this.batches + batches, this.lists + lists];
    while (this.batches < wantedBatches || this.lists < wantedLists) {
      this.check(server);
      await sleep(10);
    }
  }

  /** @throws the error that a client found, or that the server has ended */
  check(server: ServerProcess): void {
    if (this.failure) throw this.failure;
    assert.ok(server.alive, server.printed);
  }
}

/** Asserts that every acknowledged event is stored exactly once, both as an event and as a play. */
async function assertAllOnce(load: Load, dir: string, listener: string, url?: string): Promise<void> {
  const repository = await openRepository(dir, url);
  const stored: string[] = [];
  let after: string | undefined;
  do {
    const page = await repository.events.page(listener, { limit: 1000, ...(after && { after }) });
    stored.push(...page.items.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after);
  let plays = 0;
  for await (const batch of repository.plays.inOrder(listener)) plays += batch.length;
  await repository.close();
  const kept = new Set(stored);
  assert.equal(kept.size, stored.length, 'no event is there twice');
  assert.equal(plays, stored.length, 'each event is one play');
  assert.deepEqual(
    [...load.acknowledged].filter((id) => !kept.has(id)),
    [],
  );
  assert.ok(load.acknowledged.size > 0);
}

test(`a server killed ${KILLS} times under load loses no acknowledged event and recovers by itself`, () =>
  withTemporary(async (folder) => {
    const dir = join(folder, 'library');
    const world = await prepare(dir);
    const server = await ServerProcess.start(dir);
    const load = new Load(server, world);
    const rng = new Rng(5);
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        await load.answers(server, 1, 1);
        await sleep(rng.uniform() * 150);
        await server.end();
        await server.run();
      }
      await load.answers(server, CLIENTS, 1);
    } finally {
      await load.stop();
      await server.end();
    }
    assert.deepEqual([...load.refused.keys()], ['nobody answered'], 'a kill cuts connections and spoils nothing');
    await assertAllOnce(load, dir, world.listener);
  }));

test(
  'PostgreSQL stops for ten seconds: events are refused with the reason, lists still work, and the server recovers by itself',
  {
    skip: postgresLacks,
  },
  () =>
    withTemporary(async (folder) => {
      const dir = join(folder, 'library');
      const postgres = await startPostgres();
      try {
        const world = await prepare(dir, postgres.url);
        const server = await ServerProcess.start(dir, { env: { SEGUE_DATABASE_URL: postgres.url } });
        const load = new Load(server, world);
        try {
          await load.answers(server, CLIENTS, 1);
          postgres.crash();
          const before = load.lists;
          await sleep(OUTAGE_MS);
          assert.ok(load.lists > before, 'lists that need no database are answered');
          assert.ok((await server.get('/readyz'))?.ok);
          postgres.start();
          await load.answers(server, 2 * CLIENTS, 1);
        } finally {
          await load.stop();
          await server.end();
        }
        assert.deepEqual([...load.refused.keys()], ['DATABASE_UNREACHABLE'], server.printed);
        assert.doesNotMatch(server.printed, /postgres:\/\//);
        await assertAllOnce(load, dir, world.listener, postgres.url);
      } finally {
        postgres.stop();
      }
    }),
);

/** Why the disk cannot be filled here; false when it can. */
function mountFails(): string | false {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'a small disk to fill is mounted by root, where namespaces are allowed';
  }
}

test(
  'the disk is full: events are refused with the reason, lists still work, and the server recovers when there is room',
  { skip: mountFails() },
  () =>
    withTemporary(async (folder) => {
      const disk = join(folder, 'disk');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]);
      try {
        const library = join(disk, 'library');
        const world = await prepare(library);
        const server = await ServerProcess.start(library, { env: { NODE_COMPILE_CACHE: join(folder, 'compiled') } });
        const load = new Load(server, world);
        try {
          await load.answers(server, CLIENTS, 1);
          const filler = join(disk, 'filler');
          try {
            for (;;) writeFileSync(filler, Buffer.alloc(64 * 1024), { flag: 'a' });
          } catch (error) {
            assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
          }
          const before = load.lists;
          while (!load.refused.has('DISK_FULL') || load.lists === before) {
            assert.ok(server.alive, server.printed);
            await sleep(10);
          }
          rmSync(filler);
          await load.answers(server, 2 * CLIENTS, 1);
        } finally {
          await load.stop();
          await server.end('SIGTERM');
        }
        assert.deepEqual([...load.refused.keys()], ['DISK_FULL'], server.printed);
        await assertAllOnce(load, library, world.listener);
      } finally {
        execFileSync('umount', [disk]);
      }
    }),
);

test('the clock is set back by an hour: nothing is refused, and events sent before count once', () =>
  withTemporary(async (folder) => {
    const dir = join(folder, 'library');
    const world = await prepare(dir);
    const server = await ServerProcess.start(dir, { node: ['--import', `${ROOT}test/support/clock-set-back.ts`] });
    const load = new Load(server, world);
    try {
      await load.answers(server, CLIENTS, 1);
      server.signal('SIGUSR2');
      await load.answers(server, 2 * CLIENTS, 10);
    } finally {
      await load.stop();
      await server.end('SIGTERM');
    }
    assert.deepEqual([...load.refused.keys()], []);
    await assertAllOnce(load, dir, world.listener);
  }));
