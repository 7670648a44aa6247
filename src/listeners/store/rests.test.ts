import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { openRepository } from '../open.ts';

/** How often other work of the process comes in meanwhile. */
async function turnsOf(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  const turn = (): void => {
    turns++;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  await work();
  clearImmediate(next);
  return turns;
}

/** Every look at the clock finds that it is time to rest. */
const makeSlow = (t: TestContext): void => {
  let now = 0;
  t.mock.method(performance, 'now', () => (now += 1000));
};

const songs = (n: number, from = 0) =>
  Array.from({ length: n }, (_, i) => ({ song: `song:${from + i}`, title: `Song ${from + i}`, artists: ['Ada'] }));
const at = (n: number): number => 1.6e12 + n * 1e6;

test('long histories are read and long changes made with rests', (t) =>
  withTemporary(async (dir) => {
    const repository = await openRepository(dir, undefined);
    const { id } = await repository.listeners.add({ name: 'Ada' });
    const plays = songs(1200).map((song, i) => ({ ...song, id: `play-${i}`, at: at(i), source: 'test' }));
    // Three slices, each stored and then counted.
    assert.ok((await turnsOf(() => repository.plays.add(id, plays))) >= 6);
    const events = songs(100, 2000).map((song, i) => ({ ...song, id: `event-${i}`, kind: 'like' as const, at: at(i) }));
    assert.ok((await turnsOf(() => repository.events.record(id, events))) >= 3);
    const list = { name: 'Long', songs: songs(100) };
    const saved = await repository.lists.save(id, list);
    assert.ok((await turnsOf(() => repository.lists.save(id, list))) >= 3);
    assert.ok((await turnsOf(() => repository.lists.version(id, saved.id))) >= 3);
    makeSlow(t);
    const reads = {
      played: [() => repository.songs.played(id), 1200],
      heard: [() => repository.songs.heard(id), 1200],
      'heard since': [() => repository.songs.heardSince(id, 0), 1200],
      liked: [() => repository.opinions.songs(id, 'like'), 100],
    } as const;
    for (const [name, [read, rows]] of Object.entries(reads)) {
      const found: unknown[][] = [];
      const turns = await turnsOf(async () => found.push(await read()));
      assert.equal(found[0]!.length, rows, name);
      assert.ok(turns >= rows, `${name}: ${turns} rests for ${rows} rows`);
    }
    await repository.close();
  }));
