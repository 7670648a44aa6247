import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { TaskThread, withThreads } from './task-thread.ts';

/** Echoes numbers, after a note; "exit", "throw" and "hang" do as they say. */
const source = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', (task) => {
  if (task === 'exit') process.exit(3);
  if (task === 'throw') throw new Error('out of luck');
  if (task === 'hang') return;
  parentPort.postMessage({ note: 'on it' });
  parentPort.postMessage({ value: task });
});`;
type Message = { note?: string; value?: unknown };
const open = (): TaskThread<unknown, Message> =>
  new TaskThread(new URL(`data:text/javascript,${encodeURIComponent(source)}`), null, 'The test');
const result = ({ value }: Message): unknown => value;

test('tasks are answered one after the other; what comes before the result is read too', async () => {
  const thread = open();
  const notes: string[] = [];
  for (const task of [1, 2, 3]) {
    const got = await thread.run(task, (message) => {
      if (message.note) notes.push(message.note);
      return message.value;
    });
    assert.equal(got, task);
  }
  assert.equal(notes.length, 3);
  await thread.end();
});

test('a thread that exits, throws or is ended settles its task and every later one', async () => {
  const failures: [string, string, RegExp][] = [
    ['exit', 'INTERNAL', /exit code 3/],
    ['throw', 'INTERNAL', /out of luck/],
    ['hang', 'CANCELLED', /was stopped/],
  ];
  for (const [task, code, message] of failures) {
    const thread = open();
    const run = thread.run(task, result);
    const refused = assert.rejects(run, { code, message });
    if (task === 'hang') await thread.end();
    await refused;
    await assert.rejects(thread.run(1, result), { code, message });
    await thread.end();
  }
});

test('a reader that throws fails its task alone', async () => {
  const thread = open();
  const refuse = (): never => {
    throw new RangeError('no');
  };
  await assert.rejects(thread.run(1, refuse), RangeError);
  await thread.end();
});

test('an abort ends the threads; no listener stays behind', async () => {
  const stop = new AbortController();
  const threads = [open(), open()];
  const work = withThreads(threads, stop.signal, () => Promise.all(threads.map((t) => t.run('hang', result))));
  assert.equal(getEventListeners(stop.signal, 'abort').length, 1);
  stop.abort();
  await assert.rejects(work, { code: 'CANCELLED' });
  const other = new AbortController();
  const thread = open();
  assert.equal(await withThreads([thread], other.signal, () => thread.run(7, result)), 7);
  assert.equal(getEventListeners(other.signal, 'abort').length, 0);
});
