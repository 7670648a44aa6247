import type { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import { SegueError } from '../../errors.ts';
import { serveTasks } from '../../math/task-worker.ts';
import { openSqlite, patiently } from './sqlite.ts';

/** Rewrites the file without free pages and empties its log. @throws SegueError LIBRARY_BUSY when another process is reading it */
function overwriteFreePages(database: DatabaseSync): void {
  database.exec('vacuum');
  const { busy } = database.prepare('pragma wal_checkpoint(truncate)').get() as { busy: number };
  if (busy)
    throw new SegueError('LIBRARY_BUSY', {
      got: 'The listener was deleted, but the change log could not be emptied because another process has the store open',
      remedy: 'Stop the other process and delete again; the log is removed when the last process closes the store',
    });
}

const tasks = {
  async overwrite(_: null): Promise<void> {
    const { database } = openSqlite(workerData as string);
    try {
      await patiently(() => overwriteFreePages(database));
    } finally {
      database.close();
    }
  },
};
export type OverwriteTasks = typeof tasks;
serveTasks(tasks);
