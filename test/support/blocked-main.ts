import { isMainThread } from 'node:worker_threads';

/** Milliseconds: longer than a server counts as ready without a sign of its main thread. */
export const BLOCKED = 14_000;

// Loaded before a server: on this signal its main thread does nothing for a while.
if (isMainThread && process.argv.includes('serve'))
  process.on('SIGUSR2', () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BLOCKED));
