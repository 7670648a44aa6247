import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turn } from './turn.ts';

test('of many long works one goes on in each turn of the event loop, in their order', async () => {
  const resumed: number[] = [];
  const work = async (name: number): Promise<void> => {
    for (let piece = 0; piece < 5; piece++) {
      await turn();
      resumed.push(name);
    }
  };
  let running = true;
  let turns = 0;
  const watch = async (): Promise<void> => {
    for (let before = 0; running; turns++) {
      await new Promise(setImmediate);
      assert.ok(resumed.length - before <= 1, `${resumed.length - before} went on in one turn`);
      before = resumed.length;
    }
  };
  const names = Array.from({ length: 20 }, (_, name) => name);
  const works = Promise.all(names.map(work)).then(() => {
    running = false;
  });
  await Promise.all([works, watch()]);
  assert.deepEqual(resumed, Array.from({ length: 5 }, () => names).flat());
  assert.ok(turns >= 100);
});

test('whoever waits alone goes on in the next turn', async () => {
  const order: string[] = [];
  const first = turn().then(() => order.push('first'));
  setImmediate(() => order.push('immediate'));
  await first;
  await turn();
  assert.deepEqual(order, ['first', 'immediate']);
});
