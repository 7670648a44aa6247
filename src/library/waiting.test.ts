import assert from 'node:assert/strict';
import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import type { TrackRow } from '../dataset/rows.ts';
import { WAITING_LIMITS, WaitingStore } from './waiting.ts';

const rows = (count: number, from = 0): TrackRow[] =>
  Array.from({ length: count }, (_, n) => ({ uri: `query:${from + n}`, name: 'x'.repeat(20) }));

test('what waits is bounded in rows, in bytes and in the length of a row', () =>
  withTemporary(async (dir) => {
    const store = new WaitingStore(dir, { rows: 10, bytes: 1000, rowBytes: 200 });
    assert.equal(await store.add(rows(8)), 8);
    assert.equal(await store.add(rows(8, 100)), 10, 'no more rows than allowed');
    assert.equal(await new WaitingStore(dir, { rows: 10, bytes: 1000, rowBytes: 200 }).add(rows(8, 200)), 10);

    const narrow = new WaitingStore(join(dir, 'narrow'), { rows: 1000, bytes: 300, rowBytes: 200 });
    await narrow.add(rows(100));
    assert.ok((await stat(join(dir, 'narrow', 'waiting.jsonl'))).size <= 300);
    const short = new WaitingStore(join(dir, 'short'), { rows: 1000, bytes: 3000, rowBytes: 200 });
    assert.equal(await short.add([{ uri: 'query:long', name: 'x'.repeat(500) }, ...rows(1)]), 1);
  }));

test('requests of anybody cannot fill the disk: the default limits hold', () =>
  withTemporary(async (dir) => {
    const store = new WaitingStore(dir);
    for (let k = 0; k < 12; k++)
      await store.add(Array.from({ length: 3000 }, (_, n) => ({ uri: `query:${k}:${n}`, name: 'y'.repeat(300) })));
    assert.ok((await stat(join(dir, 'waiting.jsonl'))).size <= WAITING_LIMITS.bytes);
    assert.ok((await store.count()) <= WAITING_LIMITS.rows);
  }));

test('a torn line takes no other along, and another process is noticed', () =>
  withTemporary(async (dir) => {
    const store = new WaitingStore(dir);
    await store.add(rows(1));
    await appendFile(join(dir, 'waiting.jsonl'), '{"uri":"query:torn","na');
    assert.equal(await store.add(rows(1, 7)), 2);
    assert.deepEqual(
      (await new WaitingStore(dir).rows()).map(({ uri }) => uri),
      ['query:0', 'query:7'],
    );
    await new WaitingStore(dir).add(rows(1, 9));
    assert.equal(await store.count(), 3);
  }));

test('additions at the same time are all kept, each once', () =>
  withTemporary(async (dir) => {
    const store = new WaitingStore(dir);
    const counts = await Promise.all(Array.from({ length: 10 }, (_, k) => store.add(rows(20, k * 10))));
    assert.equal(Math.max(...counts), 110);
    assert.equal((await readFile(join(dir, 'waiting.jsonl'), 'utf8')).split('\n').length, 111);
  }));
