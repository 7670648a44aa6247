import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, sql } from '#kysely';
import { withTemporary } from '../../../test/support/temporary.ts';
import { Database } from './database.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

test('a commit is on the disk before it is confirmed, unless it need not be, whatever came before it; what only reads waits for nothing', (t) =>
  withTemporary(async (dir) => {
    const { dialect, database: native, log } = openSqlite(dir);
    const database = new Database('embedded', new Kysely<Tables>({ dialect }), native, log);
    const order: string[] = [];
    t.mock.method(log!, 'flush', async () => {
      assert.ok(!native.isTransaction, 'committed before');
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push('flushed');
    });
    const insert = sql`insert into t values (1)`;
    const kept = (): unknown => native.prepare('select count(*) as n from t').get()!.n;
    const told = (name: string) => (): number => order.push(name);
    try {
      await sql`create table t (n)`.execute(database.db);
      for (let round = 0; round < 2; round++) {
        order.length = 0;
        await Promise.all([
          database.transaction((tx) => insert.execute(tx), { flush: false }).then(told('quick')),
          database.transaction((tx) => insert.execute(tx)).then(told('waiting')),
        ]);
        assert.deepEqual(order, ['quick', 'flushed', 'waiting']);
        await insert.execute(database.db);
        assert.deepEqual(order.slice(3), ['flushed'], 'a statement of its own is a commit');
        order.length = 0;
        await sql`select * from t`.execute(database.db);
        const undone = async (): Promise<never> => {
          throw new Error('undone');
        };
        await assert.rejects(database.transaction(undone, { flush: false }), /undone/);
        await assert.rejects(database.transaction(undone), /undone/);
        assert.deepEqual(order, []);
        await database.transaction((tx) => insert.execute(tx));
        assert.deepEqual(order, ['flushed']);
        assert.equal(kept(), 4 * (round + 1));
      }
    } finally {
      await database.db.destroy();
    }
  }));

test('a commit that the disk does not take is not confirmed, and the next one goes on', (t) =>
  withTemporary(async (dir) => {
    const { dialect, database: native, log } = openSqlite(dir);
    const database = new Database('embedded', new Kysely<Tables>({ dialect }), native, log);
    try {
      await sql`create table t (n)`.execute(database.db);
      t.mock.method(log!, 'flush', async () => {
        throw new Error('the disk is broken');
      });
      await assert.rejects(
        database.transaction((tx) => sql`insert into t values (1)`.execute(tx)),
        /the disk is broken/,
      );
      t.mock.restoreAll();
      await database.transaction((tx) => sql`insert into t values (2)`.execute(tx));
      assert.ok(!native.isTransaction);
    } finally {
      await database.db.destroy();
    }
  }));

test('a long log of changes is moved to the database beside the thread that changes, and started anew', () =>
  withTemporary(async (dir) => {
    const { dialect, database: native, log } = openSqlite(dir);
    const database = new Database('embedded', new Kysely<Tables>({ dialect }), native, log);
    const file = join(dir, 'listeners.db');
    const bytes = async (of: string): Promise<number> => (await stat(of)).size;
    try {
      await sql`create table t (n)`.execute(database.db);
      assert.ok((await bytes(`${file}-wal`)) > 0, 'a short one stays');
      await database.transaction((tx) => sql`insert into t values (zeroblob(5000000))`.execute(tx));
      await log!.close();
      assert.ok((await bytes(file)) > 5_000_000, 'it is in the database');
      await database.transaction((tx) => sql`insert into t values (1)`.execute(tx));
      assert.ok((await bytes(`${file}-wal`)) < 4_500_000, 'the next change starts it anew');
      assert.equal(native.prepare('select count(*) as n from t').get()!.n, 2);
    } finally {
      await database.db.destroy();
    }
  }));

test('changes can be made while a log is moved, also while somebody reads it', () =>
  withTemporary(async (dir) => {
    const { dialect, database: native, log } = openSqlite(dir);
    const database = new Database('embedded', new Kysely<Tables>({ dialect }), native, log);
    const file = join(dir, 'listeners.db');
    const [reader, other] = [new DatabaseSync(file, { readOnly: true }), new DatabaseSync(file, { timeout: 0 })];
    try {
      await sql`create table t (n)`.execute(database.db);
      reader.exec('begin');
      reader.prepare('select * from t').all();
      await database.transaction((tx) => sql`insert into t values (zeroblob(5000000))`.execute(tx));
      let moved = false;
      const moving = log!.close().then(() => (moved = true));
      let changes = 0;
      for (; !moved; await sleep(1)) {
        other.exec('begin immediate; insert into t values (1); commit');
        changes++;
      }
      await moving;
      assert.ok(changes > 0);
    } finally {
      for (const one of [reader, other]) one.close();
      await database.db.destroy();
    }
  }));
