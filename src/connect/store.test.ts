import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { turnsOf } from '../../test/support/turns.ts';
import { HeldSongs } from './songs.ts';
import { ConnectionStore } from './store.ts';
import { openStoreFile, storeFile } from './store-file.ts';

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
    again.remove('one');
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

test('a change that need not wait for the disk makes none after it less safe, even where it fails', () =>
  withTemporary(async (dir) => {
    const store = ConnectionStore.open(dir);
    const flushes = (): boolean => store.statement('PRAGMA synchronous').get()?.synchronous === 2;
    store.add(record('one'), { password: 'p' });
    store.together(() => assert.ok(!flushes()), { flush: false });
    assert.ok(flushes());
    store.note({ connection: 'one', origin: 'http://x', why: 'w', at: 1 });
    assert.ok(flushes());
    const fails = (): void => {
      throw new Error('stop');
    };
    assert.throws(() => store.together(fails, { flush: false }), /stop/);
    assert.ok(flushes());
    store.together(() => assert.ok(flushes()));
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
    openStoreFile(storeFile(dir), 0).close();
    holder.close();
    assert.throws(() => openStoreFile(dir), { code: 'FILE_UNREADABLE', message: /cannot be opened/ });
  }));
