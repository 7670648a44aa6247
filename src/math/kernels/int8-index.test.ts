import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { Rng } from '../rng.ts';
import { type FileMemory, fileMemoryOf, memoryForFile } from './file-memory.ts';
import { Int8Index, type Int8Rows, int8Stride, roundQuery } from './int8-index.ts';
import { Region } from './memory.ts';

// Not a multiple of the rows read at a time.
const COUNT = 9003;
const rng = new Rng(3);
const random = (length: number): Float32Array => Float32Array.from({ length }, () => rng.normal());

/** The same scores, computed number by number. */
function naive({ rows, scales }: Int8Rows, query: Float32Array): Float32Array {
  const stride = int8Stride(query.length);
  const rounded = new Int16Array(stride);
  const unit = Math.fround(roundQuery(query, rounded));
  return scales.map((scale, r) => {
    let sum = 0;
    for (let j = 0; j < stride; j++) sum += rows[r * stride + j]! * rounded[j]!;
    return Math.fround(Math.fround(sum) * scale) * unit;
  });
}

/** Rows as stored in the memory of a file. */
function inFile({ rows, scales }: Int8Rows): Int8Rows & { readonly memory: FileMemory } {
  const memory = memoryForFile(rows.length + scales.byteLength)!;
  const { buffer, byteOffset } = memory.bytes;
  memory.bytes.set(new Uint8Array(rows.buffer, rows.byteOffset, rows.length));
  memory.bytes.set(new Uint8Array(scales.buffer, scales.byteOffset, scales.byteLength), rows.length);
  const placed = { rows: new Int8Array(buffer, byteOffset, rows.length) };
  return { memory, ...placed, scales: new Float32Array(buffer, byteOffset + rows.length, scales.length) };
}

for (const d of [8, 20, 192])
  test(`rows of ${d}: rounded, saved or in a file's memory, all score as one number after the other does`, () => {
    const query = random(d);
    const made = new Int8Index(random(COUNT * d), d);
    const saved = made.toRows();
    const expected = naive(saved, query);
    const region = new Region();
    const items = region.place(
      Int32Array.from({ length: COUNT >> 1 }, (_, i) => (i % 7 === 0 ? -1 : (i * 37) % COUNT)),
    );
    const found = region.float32(items.length);
    const { memory, ...read } = inFile(saved);
    for (const index of [made, new Int8Index(saved, d), new Int8Index(read, d)]) {
      const all = new Float32Array(COUNT);
      index.scoresFast(query, all);
      assert.deepEqual(all, expected);
      index.scoresAt(query, items, found);
      items.forEach((item, i) => {
        assert.equal(found[i], item < 0 ? 0 : expected[item]);
      });
      const other = random(d);
      const others = naive(saved, other);
      const both = [new Float32Array(COUNT), new Float32Array(COUNT + 3)] as const;
      index.scoresOfTwo([query, other], both);
      assert.deepEqual([both[0], both[1].subarray(0, COUNT)], [expected, others]);
      const second = region.float32(items.length).fill(7);
      index.scoresOfTwoAt([query, other], items, [found.fill(7), second]);
      items.forEach((item, i) => {
        assert.deepEqual([found[i], second[i]], item < 0 ? [0, 0] : [expected[item], others[item]]);
      });
      const again = index.toRows();
      assert.deepEqual([again.rows, again.scales], [saved.rows, saved.scales]);
      index.dispose();
      assert.throws(() => index.scoresFast(query, all), { code: 'INTERNAL' });
    }
    assert.equal(fileMemoryOf(read.rows), memory);
    region.free();
  });

test('rows that do not fit the dimension, and a query of another, are refused', () => {
  assert.throws(() => new Int8Index(new Float32Array(17), 8), { code: 'INTERNAL' });
  assert.throws(() => new Int8Index({ rows: new Int8Array(16), scales: new Float32Array(2) }, 8), { code: 'INTERNAL' });
  const index = new Int8Index(random(80), 8);
  assert.throws(() => index.scoresFast(random(7), new Float32Array(10)), { code: 'INTERNAL' });
  index.dispose();
});

test('threads have scratch of their own behind a file, and tell each other that it was checked', async () => {
  const memory = memoryForFile(100)!;
  memory.bytes.fill(9);
  const mine = memory.scratch(1000);
  new Uint8Array(mine.buffer, mine.at, 1000).fill(1);
  assert.equal(memory.scratch(500).at, mine.at);
  const module = new URL('./file-memory.ts', import.meta.url).href;
  const worker = new Worker(
    `const { workerData, parentPort } = require('node:worker_threads');
    import('${module}').then(({ FileMemory }) => {
      const memory = new FileMemory(workerData);
      const { at, buffer } = memory.scratch(1000);
      new Uint8Array(buffer, at, 1000).fill(2);
      memory.setChecked();
      parentPort.postMessage({ at, first: memory.bytes[0] });
    });`,
    { eval: true, workerData: memory.parts },
  );
  assert.equal(memory.checked, false);
  const [told] = (await once(worker, 'message')) as [{ at: number; first: number }];
  assert.ok(Math.abs(told.at - mine.at) >= 1000);
  assert.equal(told.first, 9);
  assert.ok(memory.checked);
  assert.ok(new Uint8Array(mine.buffer, mine.at, 1000).every((byte) => byte === 1));
  await worker.terminate();
  assert.equal(memoryForFile(2 ** 32 - 1000), null);
});
