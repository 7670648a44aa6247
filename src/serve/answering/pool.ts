import { Worker } from 'node:worker_threads';
import { SegueError } from '../../errors.ts';
import type { EngineOptions } from '../../recommend/engine.ts';
import type { Metrics } from '../../recommend/metrics.ts';
import { Admission, type Ticket } from './admission.ts';
import { errorOf, failureOf } from './failure.ts';
import type { FromThread, ThreadSetup, ToThread } from './protocol.ts';
import type { Answer, Answering, Input, Kind } from './question.ts';
import type { SharedFiles } from './shared-files.ts';

const THREAD = new URL('./thread.ts', import.meta.url);
/** A question that takes longer ends its thread, in milliseconds. */
const LONGEST = 60_000;

interface Work {
  kind: Kind;
  input: unknown;
}

interface Thread {
  worker: Worker;
  busy: Ticket<Work> | null;
  timer: NodeJS.Timeout | null;
  refreshed: (() => void)[];
  ready: boolean;
}

export interface PoolOptions {
  readonly threads: number;
  /** Questions that may wait, in all. */
  readonly waiting: number;
  /** Milliseconds that one may wait. */
  readonly patience: number;
  readonly engine: EngineOptions;
}

/**
 * Answers on threads over one shared copy of the dataset and the model files, so that the main thread is free to accept, refuse and tell how it
 * is. A thread has one question at a time; the others wait in a bounded queue.
 */
export class AnsweringPool implements Answering {
  private readonly threads: Thread[] = [];
  private readonly admission: Admission<Work>;
  private readonly files: SharedFiles;
  private readonly metrics: Metrics;
  private readonly setup: ThreadSetup;
  private readonly sweep: NodeJS.Timeout;
  private idle: (() => void)[] = [];
  private closing = false;
  private closed = false;
  /** Models that some thread has loaded. */
  readonly loaded = new Set<string>();

  constructor(files: SharedFiles, library: string, metrics: Metrics, options: PoolOptions) {
    this.files = files;
    this.metrics = metrics;
    this.setup = { library, options: options.engine };
    this.admission = new Admission(options);
    for (let t = 0; t < options.threads; t++) this.threads.push(this.start());
    this.sweep = setInterval(() => this.admission.dropLate(), options.patience / 4);
    this.sweep.unref();
  }

  /** For those who scale. */
  get queue(): { waiting: number; limit: number; refused: number } {
    const { waiting, limit, refused } = this.admission;
    return { waiting, limit, refused };
  }

  async ask<K extends Kind>(kind: K, input: Input<K>, gone?: AbortSignal): Promise<Answer<K>> {
    const answer = this.admission.enter(`${kind} ${JSON.stringify(input)}`, { kind, input }, gone);
    this.give();
    return (await answer) as Answer<K>;
  }

  /** Whether a thread is ready and none of this is ending. */
  ready(): boolean {
    return !this.closing && this.threads.some(({ ready }) => ready);
  }

  /** Every thread takes up what changed on disk. */
  async refresh(): Promise<void> {
    await Promise.all(
      this.threads.map(
        (thread) =>
          new Promise<void>((resolve) => {
            thread.refreshed.push(resolve);
            thread.worker.postMessage({ type: 'refresh' } satisfies ToThread);
          }),
      ),
    );
  }

  /** Lets what was asked be answered, then ends the threads. */
  async close(): Promise<void> {
    this.closing = true;
    if (this.threads.some(({ busy }) => busy) || this.admission.waiting > 0)
      await new Promise<void>((resolve) => this.idle.push(resolve));
    this.closed = true;
    clearInterval(this.sweep);
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }

  private give(): void {
    for (const thread of this.threads) {
      if (thread.busy) continue;
      const ticket = this.admission.next();
      if (!ticket) break;
      thread.busy = ticket;
      thread.timer = setTimeout(() => void thread.worker.terminate(), LONGEST);
      thread.worker.postMessage({ type: 'ask', ...ticket.work } satisfies ToThread);
    }
    if (this.admission.waiting === 0 && this.threads.every(({ busy }) => !busy)) {
      for (const resolve of this.idle) resolve();
      this.idle = [];
    }
  }

  private start(): Thread {
    // Flags of the parent such as --input-type would end a thread that runs a file.
    const worker = new Worker(THREAD, { workerData: this.setup, execArgv: [] });
    const thread: Thread = { worker, busy: null, timer: null, refreshed: [], ready: false };
    worker.on('message', (message: FromThread) => this.heard(thread, message));
    // The exit that follows says the rest.
    worker.on('error', () => this.metrics.count('threads that failed'));
    worker.on('exit', () => this.replace(thread));
    worker.unref();
    return thread;
  }

  private heard(thread: Thread, message: FromThread): void {
    if (message.type === 'ready') thread.ready = true;
    else if (message.type === 'share') void this.share(thread.worker, message);
    else if (message.type === 'refreshed') thread.refreshed.shift()?.();
    else if (message.type === 'answer') {
      const { answer, failure, seen } = message;
      for (const [name, value, timed] of seen.events)
        if (timed) this.metrics.record(name, value);
        else this.metrics.count(name, value);
      for (const id of seen.loaded) this.loaded.add(id);
      const ticket = this.free(thread);
      if (failure) ticket?.reject(errorOf(failure));
      else ticket?.resolve(answer);
      this.give();
    }
  }

  private free(thread: Thread): Ticket<Work> | null {
    const ticket = thread.busy;
    if (thread.timer) clearTimeout(thread.timer);
    thread.busy = null;
    if (ticket) this.admission.done(ticket);
    return ticket;
  }

  /** A thread that ended, by a defect or for taking too long, is replaced; its question gets an error. */
  private replace(thread: Thread): void {
    if (this.closed) return;
    this.free(thread)?.reject(
      new SegueError('OVERLOADED', {
        got: 'The query took too long or needed too much memory',
        remedy: 'Ask for fewer songs at a time',
      }),
    );
    for (const resolve of thread.refreshed) resolve();
    this.threads[this.threads.indexOf(thread)] = this.start();
    this.give();
  }

  private async share(worker: Worker, { number, what }: Extract<FromThread, { type: 'share' }>): Promise<void> {
    const reply = (message: Omit<Extract<ToThread, { type: 'shared' }>, 'type' | 'number'>): void =>
      worker.postMessage({ type: 'shared', number, ...message } satisfies ToThread);
    try {
      reply({ value: 'model' in what ? await this.files.model(what.model) : await this.files.dataset() });
    } catch (error) {
      reply({ value: null, failure: failureOf(error) });
    }
  }
}
