import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { kafkaLacks } from '../support/kafka.ts';
import { freePort } from '../support/server-process.ts';
import { ROOT } from '../support/source-files.ts';

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('the demo of streaming answers simulated listeners over a real broker, and an interrupt ends all of its processes', {
  skip: kafkaLacks(),
}, async () => {
  const port = await freePort();
  const demo = spawn(process.execPath, [`${ROOT}scripts/stream-demo.ts`], {
    env: { ...process.env, SEGUE_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pids: number[] = [];
  let said = '';
  try {
    for await (const line of createInterface({ input: demo.stdout })) {
      said += `${line}\n`;
      const started = /^Broker \S+ \(process (\d+)\), server (\d+), stream (\d+)$/.exec(line);
      if (started) pids.push(...started.slice(1).map(Number));
      if (Number(/, (\d+) recommendations received$/.exec(line)?.[1]) > 0) {
        const listeners = await fetch(`http://127.0.0.1:${port}/api/listeners`).then((r) => r.json());
        assert.ok((listeners as { listeners: unknown[] }).listeners.length > 0, 'events made listeners');
        demo.kill('SIGINT');
      }
    }
    if (demo.exitCode === null) await once(demo, 'exit');
    assert.equal(demo.exitCode, 0, said);
    assert.match(said, /Everything has ended\.\n$/);
    assert.equal(pids.length, 3);
    assert.deepEqual(pids.filter(alive), []);
  } finally {
    demo.kill('SIGTERM');
  }
});
