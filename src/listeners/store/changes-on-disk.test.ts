import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { replaceFlush } from '../../../test/support/replace-flush.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import { openRepository } from '../open.ts';
import { DATABASE_FILE } from './sqlite.ts';

/** From now on each flush of a file asks `failure` with what it fails: an error's code, or null. */
const failing = (t: TestContext, failure: () => string | null): void =>
  replaceFlush(t, async (flush) => {
    const code = failure();
    if (code !== null) throw Object.assign(new Error(`${code}: fdatasync`), { code });
    await flush();
  });

/** What the database holds without its log. */
const names = (file: string): unknown[] => {
  const database = new DatabaseSync(new URL(`${pathToFileURL(file)}?immutable=1`), { readOnly: true });
  try {
    // The tables lie in the log too, at first.
    if (!database.prepare(`select 1 from sqlite_schema where name = 'listeners'`).get()) return [];
    return database
      .prepare('select name from listeners order by name')
      .all()
      .map(({ name }) => name);
  } finally {
    database.close();
  }
};

for (const [system, code] of [
  ['EIO', 'DISK_FAILED'],
  ['ENOSPC', 'DISK_FULL'],
] as const)
  test(`a change that the disk did not take (${system}) says so, and the next one waits until it lies in the database`, (t) =>
    withTemporary(async (dir) => {
      let fails: string | null = null;
      failing(t, () => fails);
      const repository = await openRepository(dir);
      const file = join(dir, DATABASE_FILE);
      const add = (name: string) => repository.listeners.add({ name });
      await add('Ada');
      fails = system;
      await assert.rejects(add('Bob'), {
        code,
        message: /is visible, but a loss of power would undo it.*make the change again/,
      });
      fails = null;
      assert.ok(!names(file).includes('Bob'), 'it lies in the log, of which nobody knows what the disk has');
      // The system says it once: of Bob the next flush is told nothing.
      await add('Cy');
      assert.deepEqual(names(file), ['Ada', 'Bob', 'Cy']);
      assert.equal(fs.statSync(`${file}-wal`).size, 0);
      await add('Di');
      assert.ok(!names(file).includes('Di'), 'later ones lie in the log again');
      await repository.close();
    }));

test('while the log cannot be emptied nothing counts as made', (t) =>
  withTemporary(async (dir) => {
    let fails: string | null = null;
    failing(t, () => fails);
    const repository = await openRepository(dir);
    const add = (name: string) => repository.listeners.add({ name });
    await add('Ada');
    const reader = new DatabaseSync(join(dir, DATABASE_FILE), { readOnly: true });
    reader.exec('begin');
    reader.prepare('select * from listeners').all();
    fails = 'EIO';
    await assert.rejects(add('Bob'), { code: 'DISK_FAILED' });
    fails = null;
    await assert.rejects(add('Cy'), { code: 'DISK_FAILED' });
    reader.exec('rollback');
    reader.close();
    await add('Di');
    assert.deepEqual(names(join(dir, DATABASE_FILE)), ['Ada', 'Bob', 'Cy', 'Di']);
    await repository.close();
  }));
