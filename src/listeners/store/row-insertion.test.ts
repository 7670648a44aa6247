import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { RowInsertion } from './row-insertion.ts';

const values = (ids: readonly number[]): (string | number)[] => ids.flatMap((id) => [`id${id}`, id]);

test('rows go in by the largest statements that they fill; what is there already is left out and not counted', () => {
  const native = new DatabaseSync(':memory:');
  native.exec('create table t (no integer primary key, id text unique, at integer)');
  const rows = new RowInsertion(
    native,
    (all) => `insert or fail into t (id, at) ${all} on conflict (id) do nothing`,
    '(?, ?)',
  );
  assert.deepEqual([1, 9, 10, 99, 100, 250].map(RowInsertion.size), [1, 1, 10, 10, 100, 100]);
  const ids = Array.from({ length: 100 }, (_, i) => i);
  assert.deepEqual(rows.run(10, values(ids.slice(0, 10))), { stored: 10, last: 10 });
  // Ten of a hundred are known.
  assert.deepEqual(rows.run(100, values(ids)), { stored: 90, last: 100 });
  assert.equal(rows.run(1, values([5])).stored, 0);
  const stored = native.prepare('select no, id, at from t order by no').all() as {
    no: number;
    id: string;
    at: number;
  }[];
  assert.deepEqual(
    stored.map(({ no, id, at }) => [no, id, at]),
    ids.map((i) => [i + 1, `id${i}`, i]),
  );
});

test('a row that the table refuses ends the statement with an error, and the transaction is undone as a whole', () => {
  const native = new DatabaseSync(':memory:');
  native.exec('create table t (no integer primary key, id text not null unique)');
  const rows = new RowInsertion(native, (all) => `insert or fail into t (id) ${all}`, '(?)');
  native.exec('begin');
  assert.throws(() => rows.run(10, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'a']), /UNIQUE/);
  native.exec('rollback');
  assert.deepEqual(native.prepare('select count(*) n from t').get(), Object.assign(Object.create(null), { n: 0 }));
});
