import { fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { giveWay } from './answering/give-way.ts';
import type { FromJobThread, JobMessage, JobThreadSetup } from './job-protocol.ts';

// The thread that starts a job's process and passes on its messages. To start a process, the system copies the page tables of the parent, and the
// calling thread waits until the new program runs: 30 ms of processor time with a gigabyte in memory, a second on a busy machine.

const PROCESS = fileURLToPath(new URL('job-process.ts', import.meta.url));
/** Training has a lower priority than answering, whose priority is itself lowered (`answering/give-way.ts`). */
const NICE = 15;
/** How long a cancelled job may take to clean up, in milliseconds. */
const GRACE = 5000;

const { order, execArgv } = workerData as JobThreadSetup;
// On Linux, the process and all its threads inherit the priority, including those that V8 starts first.
giveWay(NICE);
const tell = (message: FromJobThread): void => parentPort!.postMessage(message);
const child = fork(PROCESS, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [...execArgv] });
let timer: NodeJS.Timeout | undefined;
child.on('spawn', () => {
  try {
    if (child.pid !== undefined) setPriority(child.pid, NICE);
  } catch {
    // Where priorities cannot be set the job runs at the usual one.
  }
  child.send(order);
});
child.on('message', (message: JobMessage) => tell(message));
child.on('error', (error) => {
  tell({ type: 'defect', text: error.stack ?? error.message });
  // A process that was never started does not end either.
  if (child.pid === undefined) parentPort!.close();
});
child.on('exit', (code, killedBy) => {
  clearTimeout(timer);
  tell({ type: 'ended', code, killedBy });
  parentPort!.close();
});
// Any message means that the job is cancelled.
parentPort!.on('message', () => {
  child.kill('SIGTERM');
  timer ??= setTimeout(() => child.kill('SIGKILL'), GRACE);
});
