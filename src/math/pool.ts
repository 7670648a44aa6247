import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { SegueError } from '../errors.ts';
import { load } from './kernels/kernels.ts';
import {
  ACTIVE,
  ARGUMENTS,
  ARGUMENTS_OFFSET,
  CONTROL_WORDS,
  FAILED,
  GRAIN,
  KERNEL,
  LIMIT,
  NEXT,
  SEQUENCE,
  TOTAL,
  takeChunks,
} from './pool-protocol.ts';

/**
 * Fork-join over the kernels' shared memory: a range [0, total) is divided into chunks of `grain`, and threads take chunks until none is left. The
 * caller's thread takes part and returns when all are done. Chunks do not depend on the number of threads, so a kernel that writes per chunk gives
 * the same bytes on every machine.
 */
interface Pool {
  control: Int32Array;
  args: Float64Array;
  names: string[];
  workers: Worker[];
}

let pool: Pool | null = null;
let wanted = Math.max(1, Math.trunc(Number(process.env.SEGUE_THREADS)) || availableParallelism());

/** Sets how many threads kernels may use, including the caller's. Default: all cores, or SEGUE_THREADS. @param n ≥ 1 */
export function setThreads(n: number): void {
  if (!Number.isInteger(n) || n < 1)
    throw new SegueError('OUT_OF_RANGE', { got: `${n} threads`, expected: 'a whole number ≥ 1' });
  wanted = n;
}

export const threads = (): number => wanted;

function open(): Pool {
  const { memory, kernels } = load();
  return {
    control: new Int32Array(memory.buffer, 0, CONTROL_WORDS),
    args: new Float64Array(memory.buffer, ARGUMENTS_OFFSET, ARGUMENTS),
    names: Object.keys(kernels).sort(),
    workers: [],
  };
}

/** Starts workers up to `wanted` − 1. They join open work when they are ready; nobody waits for them. */
function recruit({ names, workers }: Pool): void {
  const { memory, module } = load();
  while (workers.length < wanted - 1) {
    const worker = new Worker(new URL('./pool-worker.ts', import.meta.url), {
      workerData: { memory, module, names, slot: workers.length + 1 },
      // Flags of the main thread such as --test are not passed on to workers.
      execArgv: [],
    });
    worker.unref();
    workers.push(worker);
  }
}

/**
 * Runs `kernel(slot, from, to, …args)` over [0, total) in chunks of `grain`, on all threads when there is more than one chunk.
 * Blocks until done. slot is in [0, threads()).
 */
export function parallel(kernel: string, total: number, grain: number, args: readonly number[]): void {
  const { kernels } = load();
  const run = kernels[kernel];
  if (!run) throw new SegueError('INTERNAL', { got: `There is no kernel "${kernel}"`, remedy: 'Run `npm run build`' });
  if (total <= 0) return;
  if (wanted === 1 || total <= grain) {
    for (let from = 0; from < total; from += grain) run(0, from, Math.min(total, from + grain), ...args);
    return;
  }
  pool ??= open();
  recruit(pool);
  const { control } = pool;
  pool.args.set(args);
  Atomics.store(control, KERNEL, pool.names.indexOf(kernel));
  Atomics.store(control, TOTAL, total);
  Atomics.store(control, GRAIN, grain);
  Atomics.store(control, NEXT, 0);
  Atomics.store(control, LIMIT, wanted);
  Atomics.store(control, FAILED, 0);
  // An odd sequence number marks work as open.
  Atomics.add(control, SEQUENCE, 1);
  Atomics.notify(control, SEQUENCE);
  try {
    takeChunks(control, run, 0, args);
  } finally {
    // Close the work and wait for all workers to leave even if the kernel trapped here; otherwise they could read the next work while it is being
    // written.
    Atomics.add(control, SEQUENCE, 1);
    for (;;) {
      const active = Atomics.load(control, ACTIVE);
      if (active === 0) break;
      Atomics.wait(control, ACTIVE, active);
    }
  }
  if (Atomics.load(control, FAILED) !== 0) throw new SegueError('INTERNAL', { got: `The kernel "${kernel}" failed` });
}
