import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import { serveTasks } from '../../math/task-worker.ts';

/** How long who reads may keep the log from being emptied, in milliseconds: nobody changes anything meanwhile. */
const PATIENCE = 50;

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
};
export type CheckpointTasks = typeof tasks;
serveTasks(tasks);
