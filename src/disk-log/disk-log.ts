import { closeSync, existsSync, fdatasyncSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { SegueError } from '../errors.ts';
import { TaskThread, withThreads } from '../math/task-thread.ts';
import type { CheckpointTasks } from './checkpoint-thread.ts';

const CHECKPOINT = new URL('./checkpoint-thread.ts', import.meta.url);
/** A longer log, in bytes, is moved to the database. The next change starts it anew, and SQLite shortens its file to this length. */
const LONG = 4 << 20;
/** A log that changes have kept from being started anew is emptied at this length, although nothing can be changed meanwhile. */
const TOO_LONG = 8 * LONG;
/** Milliseconds until that is tried again. */
const AGAIN = 1000;
/** Pages after which SQLite moves the log itself, on the thread that commits: a limit in case the thread of this class cannot. */
const LONGEST = 16_384;

/** Settings of a connection whose changes a `DiskLog` makes last. */
export const WITH_DISK_LOG = `pragma synchronous = normal; pragma wal_autocheckpoint = ${LONGEST}; pragma journal_size_limit = ${LONG}`;

/**
 * Makes the changes of an SQLite file last, without SQLite waiting for the disk on the thread that commits: on a busy disk that can take more than a
 * tenth of a second, during which nobody is answered. Instead, the file is used as in `WITH_DISK_LOG`, the write-ahead log (`-wal`) is flushed
 * in the background, and another thread moves a long log to the database. After a loss of power, SQLite ignores a commit that is not on the disk in
 * full: the pages of the log carry checksums.
 *
 * When a flush fails, the system reports that once and then treats the pages as written, although later commits depend on them. So after a failure
 * nothing counts as saved until the whole log has been moved to the database and flushed there.
 */
export class DiskLog {
  private readonly file: string;
  private readonly what: string;
  private moving: Promise<void> | null = null;
  private movedAt = Number.NEGATIVE_INFINITY;
  /** Whether pages of the log may be missing on the disk. */
  private doubtful = false;
  private renewing: Promise<void> | null = null;
  /** Whether there were changes since the latest `settle`. */
  private changed = false;
  /** The latest `settle` that has not resolved; earlier changes wait for it, too. */
  private settling: Promise<void> | null = null;
  /** Whether `flush` is called after each commit. */
  waits = true;

  /** @param file path of the database @param what it stores, for messages */
  constructor(file: string, what: string) {
    this.file = file;
    this.what = what;
  }

  /** Resolves when all commits so far are on the disk. @throws SegueError DISK_FULL, DISK_FAILED: they are visible, but may not last */
  async flush(): Promise<void> {
    try {
      const bytes = await this.flushed();
      if (bytes > LONG) this.move(bytes > TOO_LONG ? 'empty' : 'move');
      // Checked here because another flush may have met the failure.
      if (this.doubtful) await (this.renewing ??= this.renew());
    } catch (cause) {
      this.doubtful = true;
      throw notOnDisk(this.what, cause as NodeJS.ErrnoException);
    }
  }

  /** Records a change that has to last, for `settle`. */
  note(): void {
    this.changed = true;
  }

  /**
   * Resolves when all noted changes are on the disk; null when they are already.
   * @throws SegueError DISK_FULL, DISK_FAILED, and the next call tries again
   */
  settle(): Promise<void> | null {
    if (!this.changed) return this.settling;
    this.changed = false;
    const settling = this.flush()
      .catch((error: unknown) => {
        this.changed = true;
        throw error;
      })
      .finally(() => {
        if (this.settling === settling) this.settling = null;
      });
    this.settling = settling;
    return settling;
  }

  /** As `settle`, but blocks the thread; for a process that is about to exit. @throws SegueError DISK_FULL, DISK_FAILED */
  settleNow(): void {
    const file = `${this.file}-wal`;
    if (!this.changed || !existsSync(file)) return;
    try {
      const log = openSync(file, 'r+');
      try {
        fdatasyncSync(log);
      } finally {
        closeSync(log);
      }
      this.changed = false;
    } catch (cause) {
      throw notOnDisk(this.what, cause as NodeJS.ErrnoException);
    }
  }

  /** Moves the log to the database and empties it, so that deleted data is in neither; pages that another process is reading stay. */
  async empty(): Promise<void> {
    await this.moving;
    await this.onThread('empty');
  }

  /** Resolves when nothing is being moved. */
  async close(): Promise<void> {
    await this.moving;
  }

  /** @returns bytes of the log */
  private async flushed(): Promise<number> {
    // Some systems flush only files that are open for writing.
    const log = await open(`${this.file}-wal`, 'r+').catch((error: NodeJS.ErrnoException) => {
      // The folder has been removed, so there is nothing to keep.
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (!log) return 0;
    try {
      await log.datasync();
      return (await log.stat()).size;
    } finally {
      await log.close();
    }
  }

  /** Moves the whole log to the database; commits made meanwhile are in the database or on fresh pages of the log. */
  private async renew(): Promise<void> {
    try {
      await this.moving;
      await this.onThread('renew');
      this.doubtful = false;
    } finally {
      this.renewing = null;
    }
  }

  private move(how: 'move' | 'empty'): void {
    if (this.moving || performance.now() - this.movedAt < AGAIN) return;
    this.moving = this.onThread(how)
      // At LONGEST SQLite moves it itself and reports what is wrong.
      .catch(() => {})
      .finally(() => {
        this.moving = null;
        this.movedAt = performance.now();
      });
  }

  private onThread(task: keyof CheckpointTasks): Promise<void> {
    const thread = new TaskThread<CheckpointTasks>(CHECKPOINT, this.file, 'Moving changes to the database');
    return withThreads([thread], undefined, () => thread.run(task, null));
  }
}

/** Codes of the system for a lack of space. */
const FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT'];

function notOnDisk(what: string, cause: NodeJS.ErrnoException): SegueError {
  const full = FULL.includes(cause.code) || (cause instanceof SegueError && cause.code === 'DISK_FULL');
  return new SegueError(full ? 'DISK_FULL' : 'DISK_FAILED', {
    got: full
      ? `The disk that stores ${what} is full: the change is visible, but a loss of power would undo it`
      : `The disk that stores ${what} failed (${cause.code ?? cause.message}): the change is visible, but a loss of power would undo it`,
    expected: 'a disk that stores what is written to it',
    remedy: full ? 'Free some space and make the change again' : 'Check the disk, then make the change again',
    cause,
  });
}
