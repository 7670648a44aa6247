import type { Batch } from '../../dataset/rows.ts';
import { shareDataset } from '../../dataset/shared-dataset.ts';
import type { ForgetChoice } from '../../library/forget.ts';
import type { Library } from '../../library/library.ts';
import type { ForgetReport, ImportReport, Origin, SavedModel } from '../../library/library-types.ts';
import { TaskThread } from '../../math/task-thread.ts';
import type { BesideSetup, BesideTasks, NextBatch, SharedState } from './thread.ts';

const THREAD = new URL('./thread.ts', import.meta.url);
/** Milliseconds after which an idle thread is ended. */
const IDLE = 30_000;

type Batches = Iterable<Batch> | AsyncIterable<Batch>;

/**
 * Reads and changes a library on a thread of its own, started when needed, so that the main thread keeps answering. Every change by this process goes
 * through here, because the library's lock excludes other processes, not other threads.
 */
export class LibraryBeside {
  readonly dir: string;
  private readonly library: Library;
  private latest: SharedState | null = null;
  private thread: TaskThread<BesideTasks> | null = null;
  private readonly batches = new Map<number, Iterator<Batch> | AsyncIterator<Batch>>();
  private readonly running = new Set<Promise<unknown>>();
  private given = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(library: Library) {
    this.library = library;
    this.dir = library.dir;
  }

  /** Reads the dataset in this thread. */
  async readHere(): Promise<SharedState> {
    const { segments, dataset } = await this.library.state();
    return this.take({ segments, dataset: shareDataset(dataset) });
  }

  /** Takes a dataset that another thread has read. */
  take(state: SharedState): SharedState {
    this.latest = state;
    return state;
  }

  /** The current dataset; if an earlier state was read, only the new parts are read. @throws SegueError as `Library.dataset` */
  async read(): Promise<SharedState> {
    this.latest = await this.run((thread) => thread.run('read', null));
    return this.latest;
  }

  /** See `LibraryApi`; of the options, only the signal. */
  async importBatches(
    origin: Origin,
    name: string,
    batches: Batches,
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<ImportReport> {
    signal?.throwIfAborted();
    const id = this.given++;
    this.batches.set(
      id,
      Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator](),
    );
    const stop = (): void => void this.thread?.run('stop', id).catch(() => {});
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await this.run((thread) => thread.run('importBatches', { id, origin, name }));
    } finally {
      signal?.removeEventListener('abort', stop);
      const left = this.batches.get(id);
      this.batches.delete(id);
      await left?.return?.();
    }
  }

  /** See `LibraryApi`. */
  forget(choice: ForgetChoice): Promise<ForgetReport> {
    return this.run((thread) => thread.run('forget', choice));
  }

  listModels(): Promise<SavedModel[]> {
    return this.library.listModels();
  }

  removeModel(id: string): Promise<void> {
    return this.library.removeModel(id);
  }

  /** Ends the thread after its current work; imports are stopped. */
  async close(): Promise<void> {
    for (const id of this.batches.keys()) void this.thread?.run('stop', id).catch(() => {});
    await Promise.allSettled(this.running);
    await this.end();
  }

  private async end(): Promise<void> {
    clearTimeout(this.idle);
    const { thread } = this;
    this.thread = null;
    await thread?.end();
  }

  private async run<T>(task: (thread: TaskThread<BesideTasks>) => Promise<T>): Promise<T> {
    clearTimeout(this.idle);
    if (!this.thread || this.thread.over) this.thread = this.start();
    const result = task(this.thread);
    this.running.add(result);
    try {
      return await result;
    } finally {
      this.running.delete(result);
      if (this.running.size === 0) {
        this.idle = setTimeout(() => void this.end(), IDLE);
        this.idle.unref();
      }
    }
  }

  private start(): TaskThread<BesideTasks> {
    const setup: BesideSetup = { dir: this.dir, known: this.latest };
    return new TaskThread<BesideTasks>(THREAD, setup, 'A change of the library', {
      background: true,
      answer: (question) => this.nextOf((question as NextBatch).next),
    });
  }

  private async nextOf(id: number): Promise<Batch | null> {
    const { done, value } = (await this.batches.get(id)?.next()) ?? { done: true, value: null };
    if (!done) return value as Batch;
    this.batches.delete(id);
    return null;
  }
}
