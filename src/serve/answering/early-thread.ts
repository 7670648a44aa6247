import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';

const THREAD = new URL('./first-thread.ts', import.meta.url);

/** Size of V8's young generation in an answering thread. An answer allocates some 3 MB; by default, V8 would take up to 96 MB per thread. */
export const LIMITS = { maxYoungGenerationSizeMb: 12 };

/** A thread that loads its modules before its library is known. */
export interface EarlyThread {
  readonly worker: Worker;
  /** Receives the thread's start data. */
  readonly setup: MessagePort;
}

let early: EarlyThread | null = null;

/**
 * Starts the first answering thread before everything else, because its modules take as long to load as those of the command that needs it.
 * @param library the library it will most likely read; null when unknown
 */
export function startEarly(library: string | null): Worker {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(THREAD, {
    workerData: { setup: port2, library },
    transferList: [port2],
    execArgv: [],
    resourceLimits: LIMITS,
  });
  worker.unref();
  // Whatever ends the thread so early will also fail in the command or in the replacement thread, and is reported there.
  worker.on('error', () => {});
  port1.unref();
  early = { worker, setup: port1 };
  return worker;
}

/** Hands over the thread that was started early, once; null without one, or when it has ended. */
export function takeEarly(): EarlyThread | null {
  const taken = early;
  early = null;
  return taken && taken.worker.threadId >= 0 ? taken : null;
}
