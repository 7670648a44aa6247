import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';

const THREAD = new URL('./first-thread.ts', import.meta.url);

/** Room for the short-lived objects of an answering thread, some 3 MB an answer: V8 would take up to 96 MB in each. */
export const LIMITS = { maxYoungGenerationSizeMb: 12 };

/** A thread that loads its modules before anybody knows what it is to answer from. */
export interface EarlyThread {
  readonly worker: Worker;
  /** Where it is told what a thread is started with. */
  readonly setup: MessagePort;
}

let early: EarlyThread | null = null;

/**
 * Starts the first answering thread ahead of everything else: its modules take as long to load as those of the command that needs it.
 * @param library that it most likely is to read; null when that is not known
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
  // Whatever ends it so soon is met by the command, or by the thread that takes its place.
  worker.on('error', () => {});
  port1.unref();
  early = { worker, setup: port1 };
  return worker;
}

/** The thread that was started early, once; null without one, or when it has ended. */
export function takeEarly(): EarlyThread | null {
  const taken = early;
  early = null;
  return taken && taken.worker.threadId >= 0 ? taken : null;
}
