import { open } from 'node:fs/promises';

/**
 * The log of changes of an SQLite file (`-wal`), as far as the disk has it. SQLite itself would wait for the disk on the thread that commits, on a busy one
 * for a tenth of a second, and nobody would be answered meanwhile; here the system's threads wait. A commit without its last pages on the disk is none
 * after a loss of power: pages of the log carry sums, and what comes after a wrong one is not there.
 */
export class DiskLog {
  private readonly path: string;
  /** Whether changes wait for the disk before they count as made. */
  waits = true;

  /** @param file of the database */
  constructor(file: string) {
    this.path = `${file}-wal`;
  }

  /** Resolves when all that was committed before is on the disk. */
  async flush(): Promise<void> {
    // Some systems flush only what may be written to.
    const log = await open(this.path, 'r+').catch((error: NodeJS.ErrnoException) => {
      // Who has taken the folder away needs nothing of it.
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    try {
      await log?.datasync();
    } finally {
      await log?.close();
    }
  }
}
