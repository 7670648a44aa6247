import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DatasetBuilder } from '../dataset/builder.ts';
import { encodeDataset, encodingSteps } from '../dataset/dataset-file.ts';
import { emptyBatch } from '../dataset/rows.ts';
import type { Steps } from '../dataset/steps.ts';
import { paced } from './paced.ts';

function* counting(steps: number, done: number[]): Steps<string> {
  for (let i = 0; i < steps; i++) {
    done.push(i);
    yield;
  }
  return 'all';
}

test('what is heard between two steps ends the work there', async () => {
  const done: number[] = [];
  let stopped = false;
  const check = (): void => {
    if (stopped) throw new Error('stopped');
  };
  assert.equal(await paced(counting(5, done), check), 'all');
  assert.deepEqual(done.splice(0), [0, 1, 2, 3, 4]);
  // A turn of the event loop is all that a signal needs.
  const work = paced(counting(1_000_000, done), check);
  setImmediate(() => (stopped = true));
  await assert.rejects(work, /stopped/);
  assert.ok(done.length < 10, `${done.length} steps`);
});

test('a dataset is finished and encoded in steps: the same bytes as at once', async () => {
  const built = (): DatasetBuilder => {
    const builder = new DatasetBuilder();
    const tracks = Array.from({ length: 50 }, (_, i) => ({
      uri: `t:${i}`,
      name: `Song ${i % 7}`,
      artists: [{ name: `A${i % 3}` }],
    }));
    builder.add({ ...emptyBatch(), tracks, owners: [{ id: 'o', kind: 'playlist', items: [3, 1, 2] }] });
    return builder;
  };
  let turns = 0;
  const dataset = await paced(built().finishing(), () => turns++);
  assert.ok(turns >= 8, `${turns} turns`);
  turns = 0;
  const pieces = await paced(encodingSteps(dataset), () => turns++);
  assert.equal(turns, 3);
  assert.deepEqual(Buffer.concat(pieces), Buffer.concat(encodeDataset(built().finish())));
});
