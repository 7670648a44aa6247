import { isMainThread } from 'node:worker_threads';

/** What blocked a server's main thread since the last query. */
export interface Hold {
  /** Longest time between two turns of its event loop, in milliseconds. */
  readonly ms: number;
  /** Longest processor time of the main thread between two turns, in milliseconds: the part of `ms` that is not waiting for a core or a disk. */
  readonly processorMs: number;
  /** Total processor time of the main thread, in milliseconds. */
  readonly totalMs: number;
}

/** Milliseconds between two turns of an idle event loop. */
const TICK = 1;

// Preloaded into the measured server; its threads and jobs load this file, too.
if (isMainThread && process.argv.includes('serve') && process.send) {
  let [at, processor] = [performance.now(), processorTime()];
  let [ms, processorMs, totalMs] = [0, 0, 0];
  const turn = (): void => {
    const [now, used] = [performance.now(), processorTime()];
    ms = Math.max(ms, now - at - TICK);
    processorMs = Math.max(processorMs, used - processor);
    totalMs += used - processor;
    [at, processor] = [now, used];
  };
  setInterval(turn, TICK).unref();
  process.on('message', (message) => {
    if (message !== 'hold') return;
    process.send!({ ms, processorMs, totalMs } satisfies Hold);
    // Exclude this message itself.
    [at, processor] = [performance.now(), processorTime()];
    [ms, processorMs, totalMs] = [0, 0, 0];
  });
  process.channel?.unref();
}

function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
