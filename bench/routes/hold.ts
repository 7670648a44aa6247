import { isMainThread } from 'node:worker_threads';

/** What held the main thread of a server since the last question. */
export interface Hold {
  /** Longest time between two turns of its event loop, in milliseconds. */
  readonly ms: number;
  /** Longest processor time of the main thread between two turns, in milliseconds: that part of `ms` that is no wait for a core or a disk. */
  readonly processorMs: number;
  /** Processor time of the main thread in all, in milliseconds. */
  readonly totalMs: number;
}

/** Milliseconds between two turns of an event loop that nothing holds. */
const TICK = 1;

// Loaded before a server that is measured; threads and jobs load it too.
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
    // The message itself does not count.
    [at, processor] = [performance.now(), processorTime()];
    [ms, processorMs, totalMs] = [0, 0, 0];
  });
  process.channel?.unref();
}

function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
