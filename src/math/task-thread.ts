import { type ResourceLimits, Worker } from 'node:worker_threads';
import { SegueError } from '../errors.ts';
import type { OnProgress } from './progress.ts';
import {
  errorOf,
  type FromWorker,
  failureOf,
  type TaskInput,
  type TaskResult,
  type Tasks,
  type ToWorker,
} from './task-protocol.ts';

interface Pending {
  readonly onProgress: OnProgress | undefined;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export interface TaskThreadOptions {
  /** Does not keep the process alive. */
  readonly background?: boolean;
  /** Answers the worker's `askParent` questions. */
  readonly answer?: (question: unknown) => Promise<unknown>;
  /** Limits of its heap; V8's defaults when omitted. */
  readonly limits?: ResourceLimits;
  /** An already started worker that has its `workerData`. */
  readonly worker?: Worker | undefined;
}

/**
 * A worker thread that performs tasks (`serveTasks` in its file). However the thread ends (an error, running out of memory, `process.exit`, `end`),
 * all its present and later tasks are settled, so nobody waits for a thread that is gone.
 */
export class TaskThread<T extends Tasks> {
  private readonly worker: Worker;
  private readonly what: string;
  private readonly pending = new Map<number, Pending>();
  private given = 0;
  private lost: SegueError | null = null;
  /** Resolves when the thread has ended. */
  readonly ended: Promise<void>;

  /** @param what name of the work in messages: "Training of the model "hybrid"" */
  constructor(file: URL, workerData: unknown, what: string, options: TaskThreadOptions = {}) {
    const { background = false, answer, limits } = options;
    this.what = what;
    // Flags of the main thread such as --test are not passed on to workers.
    this.worker =
      options.worker ?? new Worker(file, { workerData, execArgv: [], ...(limits && { resourceLimits: limits }) });
    this.worker.on('message', (message: FromWorker) => {
      if (message.type === 'question') void this.reply(message.id, message.question, answer);
      else this.receive(message);
    });
    this.worker.on('error', (cause: unknown) =>
      this.lose(`broke: ${cause instanceof Error ? cause.message : String(cause)}`, cause),
    );
    this.ended = new Promise((resolve) => {
      this.worker.on('exit', (code) => {
        this.lose(`ended by itself with exit code ${code}`);
        resolve();
      });
    });
    if (background) this.worker.unref();
  }

  /** True once it has failed or ended: later tasks are rejected. */
  get over(): boolean {
    return this.lost !== null;
  }

  /**
   * Queues a task for the thread.
   * @throws the task's error; SegueError INTERNAL when the thread fails or ends, CANCELLED when `end` was called
   */
  run<Name extends keyof T & string>(
    name: Name,
    input: TaskInput<T, Name>,
    onProgress?: OnProgress,
  ): Promise<TaskResult<T, Name>> {
    if (this.lost) return Promise.reject(this.lost);
    const id = this.given++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { onProgress, resolve: (value) => resolve(value as TaskResult<T, Name>), reject });
      this.worker.postMessage({ type: 'task', id, name, input } satisfies ToWorker);
    });
  }

  /** Milliseconds of processor time that the thread has used; 0 when it is over. */
  async processorMs(): Promise<number> {
    const usage = await this.worker.cpuUsage().catch(() => null);
    return usage === null ? 0 : (usage.user + usage.system) / 1000;
  }

  /** Ends the thread; its tasks are CANCELLED. */
  async end(): Promise<void> {
    const remedy = 'Run the same command again to resume';
    this.settleAll(new SegueError('CANCELLED', { got: `${this.what} was stopped`, remedy }));
    await this.worker.terminate();
  }

  private receive(message: Exclude<FromWorker, { type: 'question' }>): void {
    const task = this.pending.get(message.id);
    if (message.type === 'progress') {
      task?.onProgress?.(message.progress);
      return;
    }
    this.pending.delete(message.id);
    if (message.type === 'result') task?.resolve(message.value);
    else task?.reject(errorOf(message.failure));
  }

  private async reply(id: number, question: unknown, answer: TaskThreadOptions['answer']): Promise<void> {
    const send = (part: { value?: unknown; failure?: ReturnType<typeof failureOf> }): void =>
      this.worker.postMessage({ type: 'answer', id, ...part } satisfies ToWorker);
    try {
      send({ value: await answer?.(question) });
    } catch (error) {
      send({ failure: failureOf(error) });
    }
  }

  private lose(how: string, cause?: unknown): void {
    this.settleAll(new SegueError('INTERNAL', { got: `${this.what}: a thread ${how}`, cause }));
  }

  private settleAll(error: SegueError): void {
    this.lost ??= error;
    for (const task of this.pending.values()) task.reject(this.lost);
    this.pending.clear();
  }
}

/** Performs the work, and ends the threads when it completes, fails or the signal aborts. */
export async function withThreads<Result>(
  threads: readonly { end(): Promise<void> }[],
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const endAll = async (): Promise<void> => {
    await Promise.all(threads.map((thread) => thread.end()));
  };
  const stop = (): void => void endAll();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await work();
  } finally {
    signal?.removeEventListener('abort', stop);
    await endAll();
  }
}

/**
 * Distributes `count` pieces of work over threads in order; a free thread takes the next piece.
 * @param ahead pieces that a thread has at a time: with 2 it need not wait for this thread between pieces
 */
export async function share<Thread>(
  threads: readonly Thread[],
  count: number,
  work: (thread: Thread, piece: number) => Promise<void>,
  ahead = 1,
): Promise<void> {
  let next = 0;
  const lane = async (thread: Thread): Promise<void> => {
    while (next < count) await work(thread, next++);
  };
  await Promise.all(Array.from({ length: ahead }, () => threads.map(lane)).flat());
}
