import { closeSync, existsSync, fdatasyncSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { SegueError } from '../../errors.ts';
import { TaskThread, withThreads } from '../../math/task-thread.ts';
import type { CheckpointTasks } from './checkpoint-thread.ts';

const CHECKPOINT = new URL('./checkpoint-thread.ts', import.meta.url);
/** Bytes of a log that is moved to the database, and milliseconds before that is tried again where it could not be emptied. */
const LONG = 4 << 20;
const AGAIN = 1000;

/**
 * The log of changes of an SQLite file (`-wal`), as far as the disk has it. SQLite itself would wait for the disk on the thread that commits, and move a
 * long log to the database there: on a busy disk for a tenth of a second and more, and nobody would be answered meanwhile. Here other threads do. A
 * commit without its last pages on the disk is none after a loss of power: pages of the log carry sums, and what comes after a wrong one is not there.
 *
 * Where the disk fails, the system says so once and takes the pages for written: a later flush says nothing of them, though all after them depends on them.
 * From then on nothing counts as made until the whole log has been moved to the database and flushed there.
 */
export class DiskLog {
  private readonly file: string;
  private readonly what: string;
  private moving: Promise<void> | null = null;
  private movedAt = Number.NEGATIVE_INFINITY;
  /** Whether pages of the log may be missing on the disk. */
  private doubtful = false;
  private renewing: Promise<void> | null = null;
  /** Whether changes wait for the disk before they count as made. */
  waits = true;

  /** @param file of the database @param what it stores, for messages */
  constructor(file: string, what: string) {
    this.file = file;
    this.what = what;
  }

  /** Resolves when all that was committed before is on the disk. @throws SegueError DISK_FULL, DISK_FAILED: the change is made, but may not last */
  async flush(): Promise<void> {
    try {
      if ((await this.flushed()) > LONG) this.move();
      // Also where another flush has just met the failure.
      if (this.doubtful) await (this.renewing ??= this.renew());
    } catch (cause) {
      this.doubtful = true;
      throw notOnDisk(this.what, cause as NodeJS.ErrnoException);
    }
  }

  /** The same on this thread, for who ends. @throws SegueError DISK_FULL, DISK_FAILED */
  flushNow(): void {
    const file = `${this.file}-wal`;
    if (!existsSync(file)) return;
    try {
      const log = openSync(file, 'r+');
      try {
        fdatasyncSync(log);
      } finally {
        closeSync(log);
      }
    } catch (cause) {
      throw notOnDisk(this.what, cause as NodeJS.ErrnoException);
    }
  }

  /** @returns bytes of the log */
  private async flushed(): Promise<number> {
    // Some systems flush only what may be written to.
    const log = await open(`${this.file}-wal`, 'r+').catch((error: NodeJS.ErrnoException) => {
      // Who has taken the folder away needs nothing of it.
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

  /** Moves the log to the database and empties it, so that what was deleted is in neither, as far as nobody else reads in it. */
  async empty(): Promise<void> {
    await this.moving;
    await this.onThread('checkpoint');
  }

  /** Moves the whole log to the database: what was committed before is in it or, where it was committed meanwhile, in a log of fresh pages. */
  private async renew(): Promise<void> {
    try {
      await this.moving;
      await this.onThread('renew');
      this.doubtful = false;
    } finally {
      this.renewing = null;
    }
  }

  /** Resolves when nothing is being moved. */
  async close(): Promise<void> {
    await this.moving;
  }

  private move(): void {
    if (this.moving || performance.now() - this.movedAt < AGAIN) return;
    this.moving = this.onThread('checkpoint')
      // SQLite does it itself when the log has become much longer, and says then what is wrong.
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

/** What the system says where there is no room. */
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
