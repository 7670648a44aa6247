import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SegueError } from '../errors.ts';
import { InteractionTable } from './interaction-table.ts';

const KIND = { weights: false, times: false, rating: false };
const BOUNDS = { rows: 1000, items: 700 };
/** A user and an item by the number of the row. */
type Row = (i: number) => readonly [user: unknown, item: unknown];

function take(rows: number, row: Row): number {
  const table = new InteractionTable(KIND, 'folder/plays.csv', BOUNDS);
  for (let i = 0; i < rows; i++) {
    const [user, item] = row(i);
    table.add(`${user}`, `${item}`, 1, Number.NaN);
    table.check();
  }
  return [...table.batches('p', 's')].reduce((sum, { ownerColumns }) => sum + ownerColumns!.items.idx.length, 0);
}

const fails = (rows: number, row: Row): string => {
  try {
    take(rows, row);
  } catch (error) {
    if (error instanceof SegueError && error.code === 'FILE_UNREADABLE') return error.message;
    throw error;
  }
  return 'no error';
};

test('a table in which no two rows share a user or an item is refused as soon as it has many', () => {
  assert.equal(
    fails(1000, (i) => [i, i]),
    'plays.csv has 1,000 users and 1,000 items in its first 1,000 rows. Expected users with several items, which others have too. Name the columns with --option user=… --option item=…, or leave the file out.',
  );
  assert.match(
    fails(1100, (i) => [i, i < 50 ? 0 : i]),
    /^plays\.csv has 1,0\d\d users and 9\d\d items/,
  );
  assert.equal(
    take(999, (i) => [i, i]),
    999,
  );
});

test('users or items that come again are enough', () => {
  assert.equal(
    take(3000, (i) => [i, i % 940]),
    3000,
  );
  assert.equal(
    take(3000, (i) => [i % 940, i]),
    3000,
  );
  assert.equal(
    take(3000, (i) => [i >> 1, i]),
    3000,
  );
});

test('a user of more items than anybody hears is refused, however often each comes', () => {
  const message = /^plays\.csv has a user with more than 700 items\. Expected .* Name the columns/;
  assert.match(
    fails(701, (i) => ['u', i]),
    message,
  );
  assert.equal(
    take(5000, (i) => ['u', i % 700]),
    700,
  );
});
