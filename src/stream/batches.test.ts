import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batches } from './batches.ts';

const LONG = 60_000;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('full batches, the rest in a smaller one, an empty one when nothing arrives', async () => {
  let more = (): void => undefined;
  const opened = new Promise<void>((resolve) => (more = resolve));
  async function* numbers(): AsyncGenerator<number> {
    yield* [1, 2, 3, 4, 5];
    await opened;
    yield 6;
  }
  const seen: number[][] = [];
  for await (const batch of batches(numbers(), { most: 2, waitMs: 1, idleMs: 1 })) {
    seen.push(batch);
    if (batch.length === 0) more();
  }
  assert.deepEqual(seen.slice(0, 4), [[1, 2], [3, 4], [5], []]);
  assert.deepEqual(seen.at(-1), [6]);
});

test('a stream that breaks while a full batch is being processed ends reading, not the process', async () => {
  async function* broken(): AsyncGenerator<number> {
    yield* [1, 2];
    throw new Error('the broker went away');
  }
  const all = batches(broken(), { most: 2, waitMs: LONG, idleMs: LONG });
  assert.deepEqual((await all.next()).value, [1, 2]);
  // The work on the batch; an unhandled rejection would end the process here.
  for (let i = 0; i < 5; i++) await turn();
  await assert.rejects(all.next(), /went away/);
});
