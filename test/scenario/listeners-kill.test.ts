import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { importMine } from '../../src/listeners/import-mine/import-mine.ts';
import { openRepository } from '../../src/listeners/open.ts';
import type { ListenerRepository } from '../../src/listeners/repository.ts';
import { Rng } from '../../src/math/rng.ts';
import { LARGE_EXPORTS, writeLarge } from '../support/large-exports.ts';
import { stepOf } from '../support/listener-steps.ts';
import { postgresLacks, startPostgres } from '../support/postgres.ts';
import { withTemporary } from '../support/temporary.ts';

const IMPORTER = fileURLToPath(new URL('../support/own-importer.ts', import.meta.url));
const WRITER = fileURLToPath(new URL('../support/listener-writer.ts', import.meta.url));
/** SEGUE_KILLS=100 for the full number. */
const KILLS = Number(process.env.SEGUE_KILLS ?? 10);

/** Acknowledgements to wait for: the first step is one that may have been acknowledged before. */
const AT_LEAST = 2;

/** Lets a process write from a step on, and kills it at a random moment after it has made progress. @returns the last acknowledged step */
async function writeAndKill(dir: string, url: string, listener: string, first: number, rng: Rng): Promise<number> {
  const child = spawn(process.execPath, [WRITER, dir, url, listener, String(first)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let failure = '';
  child.stderr.on('data', (chunk: Buffer) => (failure += chunk));
  const closed = once(child, 'close');
  const began = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.split('\n').length > AT_LEAST) resolve();
    });
    child.on('exit', () => resolve());
  });
  await began;
  await setTimeout(rng.uniform() * 150);
  child.kill('SIGKILL');
  await closed;
  assert.equal(failure.replace(/.*ExperimentalWarning.*\n.*\n/g, ''), '');
  // A number truncated by the kill was not acknowledged completely.
  const lines = said
    .slice(0, said.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean);
  return lines.length > 0 ? Number(lines.at(-1)) : first - 1;
}

/** The stored ids of plays and events; each must be there once. */
async function stored(
  repository: ListenerRepository,
  id: string,
): Promise<{ plays: Set<string>; events: Set<string> }> {
  const plays: string[] = [];
  for await (const batch of repository.plays.inOrder(id)) plays.push(...batch.map((play) => play.id));
  const events: string[] = [];
  let after: string | undefined;
  do {
    const page = await repository.events.page(id, { limit: 1000, ...(after && { after }) });
    events.push(...page.items.map((event) => event.id));
    after = page.next ?? undefined;
  } while (after);
  assert.equal(new Set(plays).size, plays.length, 'no play is doubled');
  assert.equal(new Set(events).size, events.length, 'no event is doubled');
  return { plays: new Set(plays), events: new Set(events) };
}

async function survives(dir: string, url: string, kills: number): Promise<void> {
  const open = (): Promise<ListenerRepository> => openRepository(dir, url || undefined);
  let repository = await open();
  const { id } = await repository.listeners.add({ name: 'Ada' });
  const rng = new Rng(17);
  let acknowledged = -1;
  for (let kill = 0; kill < kills; kill++) {
    await repository.close();
    // Starts one step early, like a client who does not know whether the last one arrived.
    acknowledged = Math.max(acknowledged, await writeAndKill(dir, url, id, Math.max(0, acknowledged), rng));
    repository = await open();
    const { plays, events } = await stored(repository, id);
    for (let n = 0; n <= acknowledged + 1; n++) {
      const step = stepOf(n);
      const known = [
        ...step.plays.map((play) => plays.has(play.id)),
        ...step.events.map((event) => events.has(event.id) && (event.kind !== 'play' || plays.has(event.id))),
      ];
      if (n <= acknowledged)
        assert.ok(known.every(Boolean), `step ${n} was acknowledged and is not there (kill ${kill})`);
      else assert.ok(known.every(Boolean) || !known.some(Boolean), `step ${n} is there in part (kill ${kill})`);
    }
  }
  assert.ok(acknowledged >= kills - 1, 'the writers came forward');
  // The counts stored next to the plays must match the plays.
  const counted = new Map<string, number>();
  for await (const batch of repository.plays.inOrder(id))
    for (const { song, skipped } of batch) if (!skipped) counted.set(song, (counted.get(song) ?? 0) + 1);
  const songs = await repository.songs.played(id);
  assert.deepEqual(
    new Map(songs.filter(({ plays }) => plays > 0).map(({ song, plays }) => [song, plays])).size,
    counted.size,
  );
  for (const { song, plays } of songs) assert.equal(plays, counted.get(song) ?? 0, song);
  await repository.close();
}

test(`killed ${KILLS} times at any moment of import and feedback, the store loses nothing acknowledged and duplicates nothing`, () =>
  withTemporary((dir) => survives(dir, '', KILLS)));

test('the same with PostgreSQL', { skip: postgresLacks }, async () => {
  const postgres = await startPostgres();
  try {
    await survives('unused', postgres.url, Math.ceil(KILLS / 2));
  } finally {
    postgres.stop();
  }
});

/** Kills an import at some moments, while the store is open elsewhere; the next import completes everything. */
async function importsWhole(dir: string, url: string, moments: readonly string[]): Promise<void> {
  const path = join(dir, 'everything.csv');
  const rows = await writeLarge(LARGE_EXPORTS.find(({ format }) => format === 'lastfm-ghan')!, path, 150_000);
  const repository = await openRepository(dir, url || undefined);
  const { id } = await repository.listeners.add({ name: 'Ada' });
  for (const moment of moments) {
    const child = spawn(process.execPath, [IMPORTER, dir, url, id, path, moment], { stdio: 'ignore' });
    assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL']);
    assert.equal((await repository.listeners.counts(id)).plays, 0, `killed at ${moment}`);
    assert.deepEqual([await repository.imports.all(id), await repository.songs.unknown(id)], [[], []]);
  }
  await importMine(
    repository,
    { match: async (songs) => songs.map(() => ({ song: null, candidates: [] })) },
    [path],
    id,
  );
  assert.equal((await repository.listeners.counts(id)).plays, rows);
  await repository.close();
}

test('a killed import of an export leaves no part of it, and the next import stores it completely', () =>
  withTemporary((dir) => importsWhole(dir, '', ['2', 'last'])));

test('the same export with PostgreSQL', { skip: postgresLacks }, async () => {
  const postgres = await startPostgres();
  try {
    await withTemporary((dir) => importsWhole(dir, postgres.url, ['last']));
  } finally {
    postgres.stop();
  }
});

test('a PostgreSQL failure during writing is reported, and writing resumes when it is back', {
  skip: postgresLacks,
}, async () => {
  const postgres = await startPostgres();
  const repository = await openRepository('unused', postgres.url);
  try {
    const { id } = await repository.listeners.add({ name: 'Ada' });
    await repository.plays.add(id, stepOf(1).plays);
    postgres.crash();
    await assert.rejects(repository.plays.add(id, stepOf(2).plays), { code: 'DATABASE_UNREACHABLE' });
    await assert.rejects(repository.listeners.all(), (error: Error) => !error.message.includes('postgres://'));
    postgres.start();
    assert.equal((await repository.plays.add(id, stepOf(1).plays)).added, 0);
    assert.equal((await repository.plays.add(id, stepOf(2).plays)).added, 300);
  } finally {
    await repository.close();
    postgres.stop();
  }
});
