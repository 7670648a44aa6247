import assert from 'node:assert/strict';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';

const MODULE = JSON.stringify(new URL('./give-way.ts', import.meta.url).href);

test('lowering a thread’s priority affects the processes it starts, but no other thread', {
  skip: process.platform !== 'linux' && 'priorities of threads are those of Linux',
}, async () => {
  const before = getPriority();
  const thread = new Worker(
    `import { execFileSync } from 'node:child_process';
     import { parentPort } from 'node:worker_threads';
     import { giveWay } from ${MODULE};
     giveWay(${before + 3});
     parentPort.postMessage(Number(execFileSync('nice').toString()));`,
    { eval: true, execArgv: ['--input-type=module'] },
  );
  assert.deepEqual(await once(thread, 'message'), [before + 3]);
  assert.equal(getPriority(), before);
});
