import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { makeSlow, turnsOf } from '../../../test/support/turns.ts';
import { openRepository } from '../open.ts';
import { evenCuts } from '../personal/history-cuts.ts';

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

test('what a deleted listener leaves is overwritten beside this thread, once what is being read has been read', (t) =>
  withTemporary(async (dir) => {
    const repository = await openRepository(dir, undefined);
    const [ada, bob] = [
      await repository.listeners.add({ name: 'Ada' }),
      await repository.listeners.add({ name: 'Bob' }),
    ];
    const plays = songs(300).map((song, i) => ({ ...song, id: `play-${i}`, at: at(i), source: 'test' }));
    await repository.plays.add(ada.id, plays);
    const here: string[] = [];
    const { exec } = DatabaseSync.prototype;
    t.mock.method(DatabaseSync.prototype, 'exec', function (this: DatabaseSync, text: string) {
      here.push(text);
      return exec.call(this, text);
    });
    makeSlow(t);
    const read = repository.songs.played(ada.id);
    await Promise.all([read, repository.listeners.remove(bob.id)]);
    assert.equal((await read).length, 300);
    assert.deepEqual(here, []);
    const { size } = await stat(join(dir, 'listeners.db-wal'));
    assert.equal(size, 0, 'the log of changes is empty');
    await repository.close();
  }));

test('histories are cut with rests', async (t) => {
  const plays = Array.from({ length: 400 }, (_, i) => ({ track: i % 150, at: at(i) }));
  makeSlow(t);
  let cuts = 0;
  const turns = await turnsOf(async () => {
    cuts = (await evenCuts([...plays, { track: 200, at: at(401) }], 2, 1e12)).length;
  });
  assert.equal(cuts, 2);
  assert.ok(turns >= 2 * 200, `${turns} turns`);
});
