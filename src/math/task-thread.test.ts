import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import type { Progress } from './progress.ts';
import { share, TaskThread, type TaskThreadOptions, withThreads } from './task-thread.ts';

/** Tasks that do what their names say. */
const source = `
import { askParent, serveTasks } from '${new URL('./task-worker.ts', import.meta.url)}';
import { SegueError } from '${new URL('../errors.ts', import.meta.url)}';
let running = 0;
let most = 0;
serveTasks({
  echo: async (value, { onProgress }) => {
    most = Math.max(most, ++running);
    onProgress({ fraction: 0.5, note: 'on it' });
    await null;
    running--;
    return value;
  },
  most: () => most,
  exit: () => process.exit(3),
  crash: () => new Promise(() => setImmediate(() => { throw new Error('out of luck'); })),
  refuse: () => { throw new SegueError('UNSOLVABLE', { got: 'Row 3', remedy: 'Another row' }); },
  fail: () => { throw new RangeError('no'); },
  hang: () => new Promise(() => {}),
  ask: (question) => askParent(question),
  move: (length, { move }) => { const array = new Float32Array(length).fill(2); move(array.buffer); return array; },
});`;
type Work = {
  echo(value: number): number;
  most(input: null): number;
  exit(input: null): void;
  crash(input: null): void;
  refuse(input: null): void;
  fail(input: null): void;
  hang(input: null): void;
  ask(question: string): string;
  move(length: number): Float32Array;
};
const open = (options?: TaskThreadOptions): TaskThread<Work> =>
  new TaskThread(new URL(`data:text/javascript,${encodeURIComponent(source)}`), null, 'The test', options);

test('tasks are performed one after the other, and tell how far they are', async () => {
  const thread = open();
  const seen: Progress[] = [];
  const results = await Promise.all([1, 2, 3].map((n) => thread.run('echo', n, (progress) => seen.push(progress))));
  assert.deepEqual(results, [1, 2, 3]);
  assert.deepEqual(seen, new Array(3).fill({ fraction: 0.5, note: 'on it' }));
  assert.equal(await thread.run('most', null), 1);
  assert.deepEqual(await thread.run('move', 3), Float32Array.of(2, 2, 2));
  await thread.end();
});

test('a thread that exits, breaks or is ended settles all of its tasks and every later one', async () => {
  const failures: ['exit' | 'crash' | 'hang', string, RegExp][] = [
    ['exit', 'INTERNAL', /exit code 3/],
    ['crash', 'INTERNAL', /out of luck/],
    ['hang', 'CANCELLED', /was stopped/],
  ];
  for (const [task, code, message] of failures) {
    const thread = open();
    const refused = [thread.run(task, null), thread.run('echo', 1)].map((run) =>
      assert.rejects(run, { code, message }),
    );
    if (task === 'hang') await thread.end();
    await Promise.all(refused);
    await thread.ended;
    await assert.rejects(thread.run('echo', 1), { code, message });
    await thread.end();
  }
});

test('an error keeps its code and remedy over the border, a defect its stack; each fails its task alone', async () => {
  const thread = open();
  await assert.rejects(thread.run('refuse', null), { code: 'UNSOLVABLE', got: 'Row 3', remedy: 'Another row' });
  await assert.rejects(thread.run('fail', null), { message: 'no', stack: /RangeError: no/ });
  assert.equal(await thread.run('echo', 5), 5);
  await thread.end();
});

test('a worker can ask its parent, and is told when that fails', async () => {
  const thread = open({
    answer: async (question) => {
      if (question === 'no') throw new RangeError('never heard');
      return `${question}!`;
    },
  });
  assert.equal(await thread.run('ask', 'yes'), 'yes!');
  await assert.rejects(thread.run('ask', 'no'), /never heard/);
  await thread.end();
});

test('pieces are shared: each is done once, and a failure ends the work', async () => {
  const threads = [open(), open()];
  const done: number[] = [];
  await withThreads(threads, undefined, () =>
    share(threads, 9, async (thread, piece) => void done.push(await thread.run('echo', piece)), 2),
  );
  assert.deepEqual(
    done.sort((a, b) => a - b),
    [0, 1, 2, 3, 4, 5, 6, 7, 8],
  );
});

test('an abort ends the threads; no listener stays behind', async () => {
  const stop = new AbortController();
  const threads = [open(), open()];
  const work = withThreads(threads, stop.signal, () => Promise.all(threads.map((t) => t.run('hang', null))));
  assert.equal(getEventListeners(stop.signal, 'abort').length, 1);
  stop.abort();
  await assert.rejects(work, { code: 'CANCELLED' });
  const other = new AbortController();
  const thread = open();
  assert.equal(await withThreads([thread], other.signal, () => thread.run('echo', 7)), 7);
  assert.equal(getEventListeners(other.signal, 'abort').length, 0);
});
