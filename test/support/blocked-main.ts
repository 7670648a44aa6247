import { isMainThread } from 'node:worker_threads';

/** Milliseconds: longer than a server counts as ready without a sign of life from its main thread. */
export const BLOCKED = 14_000;

// Preloaded into a server: on this signal, its main thread blocks for a while.
if (isMainThread && process.argv.includes('serve'))
  process.on('SIGUSR2', () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BLOCKED));
