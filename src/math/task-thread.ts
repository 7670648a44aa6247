import { Worker } from 'node:worker_threads';
import { SegueError } from '../errors.ts';

interface Waiting {
  receive(message: unknown): void;
  fail(error: SegueError): void;
}

/**
 * A worker thread that performs one task at a time. Whatever ends the thread — an error, running out of memory, `process.exit` in it, `end` — settles the
 * task that it was performing and all later ones, so nobody waits for a thread that is gone.
 */
export class TaskThread<Task, Message> {
  private readonly worker: Worker;
  private readonly what: string;
  private waiting: Waiting | null = null;
  private gone: SegueError | null = null;

  /** @param what the work as a person would name it, for messages: "Training of the model "hybrid"" */
  constructor(file: URL, workerData: unknown, what: string) {
    this.what = what;
    // Flags of the main thread such as --test are not for workers.
    this.worker = new Worker(file, { workerData, execArgv: [] });
    this.worker.on('message', (message: Message) => this.waiting?.receive(message));
    this.worker.on('error', (cause: unknown) =>
      this.lose(`broke: ${cause instanceof Error ? cause.message : String(cause)}`, cause),
    );
    this.worker.on('exit', (code) => this.lose(`ended by itself with exit code ${code}`));
  }

  /**
   * Gives the thread a task. @param read called with each message until it returns something else than undefined: the result; what it throws fails the task
   * @throws SegueError INTERNAL when the thread breaks or ends, CANCELLED when `end` was called
   */
  run<Result>(task: Task, read: (message: Message) => Result | undefined): Promise<Result> {
    if (this.gone === null) this.worker.postMessage(task);
    return this.expect(read);
  }

  /** As `run`, for what the thread says unasked. */
  expect<Result>(read: (message: Message) => Result | undefined): Promise<Result> {
    if (this.gone) return Promise.reject(this.gone);
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        this.waiting = null;
        act();
      };
      this.waiting = {
        receive: (message) => {
          try {
            const result = read(message as Message);
            if (result !== undefined) settle(() => resolve(result));
          } catch (error) {
            settle(() => reject(error));
          }
        },
        fail: (error) => settle(() => reject(error)),
      };
    });
  }

  /** Ends the thread; its task is CANCELLED. */
  async end(): Promise<void> {
    this.settleAll(new SegueError('CANCELLED', { got: `${this.what} was stopped` }));
    await this.worker.terminate();
  }

  private lose(how: string, cause?: unknown): void {
    this.settleAll(new SegueError('INTERNAL', { got: `${this.what}: a thread ${how}`, cause }));
  }

  private settleAll(error: SegueError): void {
    this.gone ??= error;
    this.waiting?.fail(this.gone);
  }
}

/** Performs the work, and ends the threads when it is done, fails or the signal aborts. */
export async function withThreads<Result>(
  threads: readonly Pick<TaskThread<never, never>, 'end'>[],
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
