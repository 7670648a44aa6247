import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { replaceFlush } from '../../test/support/replace-flush.ts';
import { withTemporary } from '../../test/support/temporary.ts';
import { turnsOf } from '../../test/support/turns.ts';
import { HeldSongs } from './songs.ts';
import { ConnectionStore } from './store.ts';
import { openStoreFile, storeFile } from './store-file.ts';

/** From now on each flush of a file lasts until it is let. */
function heldFlushes(t: TestContext): { next(): Promise<void>; let(): Promise<void> } {
  const begun: (() => void)[] = [];
  let told = Promise.withResolvers<void>();
  replaceFlush(t, async (flush) => {
    const held = Promise.withResolvers<void>();
    begun.push(held.resolve);
    told.resolve();
    await held.promise;
    await flush();
  });
  return {
    async next() {
      if (begun.length === 0) await told.promise;
      told = Promise.withResolvers<void>();
    },
    async let() {
      begun.shift()!();
    },
  };
}

const record = (id: string) => ({
  id,
  service: 'subsonic',
  listener: 'me',
  account: 'a',
  settings: { address: 'http://x' },
  createdAt: 5,
});

test('connections, progress, written lists and hosts are there after the store was opened again', () =>
  withTemporary(async (dir) => {
    const store = ConnectionStore.open(dir);
    store.add(record('one'), { password: 'p' });
    store.keepProgress('one', 'songs', { cursor: 'x', done: 3, total: null, complete: false, pass: 2 });
    store.keepWrittenList('one', 'weekly', '17');
    for (const at of [10, 20]) store.note({ connection: 'one', origin: 'http://x', why: 'w', at });
    store.synced('one', 99, null);
    store.close();
    const again = ConnectionStore.open(dir);
    assert.deepEqual(again.get('one'), { ...record('one'), syncedAt: 99, problem: null });
    assert.deepEqual(again.progress('one', 'songs'), { cursor: 'x', done: 3, total: null, complete: false, pass: 2 });
    assert.equal(again.writtenList('one', 'weekly'), '17');
    assert.deepEqual(again.hosts(), [
      { connection: 'one', origin: 'http://x', why: 'w', requests: 2, firstAt: 10, lastAt: 20 },
    ]);
    await again.remove('one');
    assert.deepEqual(
      [again.list(), again.progress('one', 'songs'), again.writtenList('one', 'weekly')],
      [[], null, null],
    );
    assert.equal(again.hosts().length, 1, 'what was contacted stays on record');
    again.close();
  }));

test('the songs of one connection are removed with rests, those of another stay', () =>
  withTemporary(async (dir) => {
    const store = ConnectionStore.open(dir);
    const held = new HeldSongs(store);
    const songs = Array.from({ length: 1100 }, (_, i) => ({ id: `${i}`, title: 'A', artists: [] }));
    for (const id of ['one', 'two']) {
      store.add(record(id), { password: 'p' });
      store.together(() => held.add(id, songs, 1));
    }
    assert.ok((await turnsOf(() => held.removeAll('one'))) >= 3);
    assert.deepEqual([held.any('one'), held.count('two').songs], [false, 1100]);
    store.close();
  }));

test('a change lasts once it is settled, and whoever made one before the wait for the disk began waits for it', (t) =>
  withTemporary(async (dir) => {
    const waits = heldFlushes(t);
    const store = ConnectionStore.open(dir);
    assert.equal(store.settle(), null, 'nothing was changed');
    store.add(record('one'), { password: 'p' });
    store.together(() => store.synced('one', 1, null));
    const [first, second] = [store.settle(), store.settle()];
    assert.ok(first && second);
    let settled = 0;
    for (const wait of [first, second]) void wait.then(() => settled++);
    await waits.next();
    assert.equal(settled, 0);
    store.synced('one', 2, null);
    const third = store.settle();
    assert.ok(third && third !== second, 'what was changed since waits for the disk again');
    await waits.let();
    await Promise.all([first, second]);
    await waits.next();
    await waits.let();
    await third;
    assert.equal(store.settle(), null);
    store.close();
  }));

test('who changes what need not last waits for no disk, and what failed or was undone leaves later changes as safe', () =>
  withTemporary(async (dir) => {
    const store = ConnectionStore.open(dir);
    store.add(record('one'), { password: 'p' });
    await store.settle();
    store.together(() => store.synced('one', 1, null), { flush: false });
    store.note({ connection: 'one', origin: 'http://x', why: 'w', at: 1 });
    assert.equal(store.settle(), null);
    const fails = (): void => {
      throw new Error('stop');
    };
    assert.throws(() => store.together(fails, { flush: false }), /stop/);
    store.synced('one', 2, null);
    assert.ok(store.settle());
    store.close();
  }));

test('while the disk fails nothing is settled, and afterwards everything is', (t) =>
  withTemporary(async (dir) => {
    let fails = true;
    replaceFlush(t, async (flush) => {
      if (fails) throw Object.assign(new Error('EIO: fdatasync'), { code: 'EIO' });
      await flush();
    });
    const store = ConnectionStore.open(dir);
    store.add(record('one'), { password: 'p' });
    for (let i = 0; i < 2; i++)
      await assert.rejects(store.settle()!, { code: 'DISK_FAILED', message: /stores the connections.*would undo it/ });
    fails = false;
    await store.settle();
    assert.equal(store.settle(), null);
    store.close();
  }));

test('signing in again keeps what was read', () =>
  withTemporary(async (dir) => {
    const store = ConnectionStore.open(dir);
    store.add(record('one'), { password: 'old' });
    store.keepProgress('one', 'songs', { cursor: 'x', done: 3, total: 9, complete: true, pass: 1 });
    store.synced('one', 7, 'The password was changed.');
    store.add(record('one'), { password: 'new' });
    assert.equal(store.secrets('one').password, 'new');
    assert.equal(store.get('one').problem, null);
    assert.equal(store.progress('one', 'songs')?.done, 3);
    store.close();
  }));

test('a failed change leaves nothing; a newer store and a damaged one are named', () =>
  withTemporary(async (dir) => {
    const store = ConnectionStore.open(dir);
    assert.throws(() =>
      store.together(() => {
        store.add(record('one'), { password: 'p' });
        throw new Error('stop');
      }),
    );
    assert.deepEqual(store.list(), []);
    const full = (): void =>
      store.together(() => {
        store.statement('PRAGMA max_page_count = 40').get();
        store.add(record('one'), { password: 'p'.repeat(10_000_000) });
      });
    assert.throws(full, /disk is full/);
    assert.deepEqual(store.list(), []);
    store.close();
    const db = new DatabaseSync(storeFile(dir));
    db.exec('PRAGMA user_version = 99');
    db.close();
    assert.throws(() => ConnectionStore.open(dir), { code: 'FORMAT_NEWER' });
    writeFileSync(storeFile(dir), 'no database '.repeat(1000));
    assert.throws(() => ConnectionStore.open(dir), { code: 'FILE_UNREADABLE', message: /is damaged.*backup/ });
  }));

test('a store that another process holds is busy, not damaged; one that cannot be made is neither', () =>
  withTemporary(async (dir) => {
    ConnectionStore.open(dir).close();
    const holder = new DatabaseSync(storeFile(dir));
    holder.exec('BEGIN EXCLUSIVE');
    assert.throws(() => openStoreFile(storeFile(dir), 0), { code: 'LIBRARY_BUSY' });
    holder.exec('ROLLBACK');
    openStoreFile(storeFile(dir), 0).db.close();
    holder.close();
    assert.throws(() => openStoreFile(dir), { code: 'FILE_UNREADABLE', message: /cannot be opened/ });
  }));
