import { SegueError } from '../../errors.ts';
import { TaskThread } from '../../math/task-thread.ts';
import { undecodable } from './decoding.ts';
import type { TagTasks } from './tag-worker.ts';
import type { ReadTags } from './tags.ts';

/** What the tags of one file may take. */
interface Bounds {
  /** Milliseconds of processor time. */
  readonly ms: number;
  /** Megabytes of heap. */
  readonly mb: number;
}

/** Ordinary tags take milliseconds and a few megabytes. */
const MOST: Bounds = { ms: 5000, mb: 256 };
/** Milliseconds between two looks at the processor time. */
const LOOK = 250;
const WORKER = new URL('tag-worker.ts', import.meta.url);

/**
 * Reads tags on a thread of its own, which is ended and replaced when a file takes too much. In a dozen formats a tag may have millions of fields, or
 * none where a parser looks for them, and only a thread can be stopped in the middle of parsing.
 */
export class TagReader {
  private readonly bounds: Bounds;
  private readonly worker: URL;
  private thread: TaskThread<TagTasks> | null = null;
  private last: Promise<unknown> = Promise.resolve();

  /** @param worker file of the thread */
  constructor(bounds: Bounds = MOST, worker: URL = WORKER) {
    this.bounds = bounds;
    this.worker = worker;
  }

  /**
   * Reads one file at a time; others wait.
   * @param relative path from the folder of music, for files without tags
   * @throws SegueError FILE_UNREADABLE for what is no music file, takes too much or breaks the thread; errors of the system as they are
   */
  read(path: string, relative: string): Promise<ReadTags> {
    const read = this.last.then(() => this.next(path, relative));
    this.last = read.catch(() => {});
    return read;
  }

  private async next(path: string, relative: string): Promise<ReadTags> {
    const { ms, mb } = this.bounds;
    if (this.thread === null || this.thread.over) this.thread = start(this.worker, mb);
    const { thread } = this;
    let before: number | null = null;
    let late = false;
    // Without this timer nothing would keep the process alive: the thread is in the background, so that it need not be ended.
    const timer = setInterval(async () => {
      const spent = await thread.processorMs();
      before ??= spent;
      if (late || spent - before <= ms) return;
      late = true;
      await thread.end();
    }, LOOK);
    try {
      const read = await thread.run('read', { path, relative });
      if ('tags' in read) return read;
      throw Object.assign(new Error(read.message), read);
    } catch (error) {
      if (!thread.over) throw error;
      if (late) throw tooMuch(`${ms / 1000} s`, error);
      if (ranOutOfMemory(error)) throw tooMuch(`${mb} MB`, error);
      throw undecodable(
        error instanceof SegueError ? error.got : String(error),
        'Save its tags again with a tag editor, or leave the file out',
        error,
      );
    } finally {
      clearInterval(timer);
    }
  }
}

const tooMuch = (limit: string, cause: unknown): SegueError =>
  undecodable(`Its tags take more than ${limit} to read`, undefined, cause);

/** Whether a thread has ended because its heap was full. */
const ranOutOfMemory = (error: unknown): boolean =>
  error instanceof SegueError &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === 'ERR_WORKER_OUT_OF_MEMORY';

function start(worker: URL, mb: number): TaskThread<TagTasks> {
  return new TaskThread(worker, null, 'Reading tags', {
    background: true,
    limits: { maxOldGenerationSizeMb: mb },
  });
}

/** The reader that callers of this thread share. */
const shared = new TagReader();
export const readTags: TagReader['read'] = (path, relative) => shared.read(path, relative);
