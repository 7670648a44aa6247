import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import { serveTasks } from '../../math/task-worker.ts';

/** How long who reads may keep the log from being emptied, in milliseconds: nobody changes anything meanwhile. */
const PATIENCE = 50;
/** The same where nothing counts as made before it is empty. */
const RENEWAL = 2000;

const tasks = {
  /** Moves what the log of changes holds to the database, while others go on, and empties the log where nobody reads in it. */
  async checkpoint(_: null): Promise<void> {
    const database = new DatabaseSync(workerData as string, { timeout: PATIENCE });
    try {
      database.exec('pragma synchronous = normal; pragma wal_checkpoint(passive); pragma wal_checkpoint(truncate)');
    } finally {
      database.close();
    }
  },

  /** Moves the whole log to the database, on the disk when it is done, and empties the log. @throws where who reads, or the disk, does not let it */
  async renew(_: null): Promise<void> {
    const database = new DatabaseSync(workerData as string, { timeout: RENEWAL });
    try {
      database.exec('pragma synchronous = full');
      const { busy } = database.prepare('pragma wal_checkpoint(truncate)').get() as { busy: number };
      if (busy) throw new Error('the log of changes could not be emptied: another process reads in it');
    } finally {
      database.close();
    }
  },
};
export type CheckpointTasks = typeof tasks;
serveTasks(tasks);
