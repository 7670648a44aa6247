import { open } from 'node:fs/promises';
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
 */
export class DiskLog {
  private readonly file: string;
  private moving: Promise<void> | null = null;
  private movedAt = Number.NEGATIVE_INFINITY;
  /** Whether changes wait for the disk before they count as made. */
  waits = true;

  /** @param file of the database */
  constructor(file: string) {
    this.file = file;
  }

  /** Resolves when all that was committed before is on the disk. */
  async flush(): Promise<void> {
    // Some systems flush only what may be written to.
    const log = await open(`${this.file}-wal`, 'r+').catch((error: NodeJS.ErrnoException) => {
      // Who has taken the folder away needs nothing of it.
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    try {
      await log?.datasync();
      if (((await log?.stat())?.size ?? 0) > LONG) this.move();
    } finally {
      await log?.close();
    }
  }

  /** Resolves when nothing is being moved. */
  async close(): Promise<void> {
    await this.moving;
  }

  private move(): void {
    if (this.moving || performance.now() - this.movedAt < AGAIN) return;
    const thread = new TaskThread<CheckpointTasks>(CHECKPOINT, this.file, 'Moving changes to the database');
    this.moving = withThreads([thread], undefined, () => thread.run('checkpoint', null))
      // SQLite does it itself when the log has become much longer, and says then what is wrong.
      .catch(() => {})
      .finally(() => {
        this.moving = null;
        this.movedAt = performance.now();
      });
  }
}
