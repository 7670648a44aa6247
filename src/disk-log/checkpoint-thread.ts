import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import { serveTasks } from '../math/task-worker.ts';

/** How long readers may keep the log from being emptied, in milliseconds: meanwhile no change can be made. */
const PATIENCE = 50;
/** The same where nothing counts as saved until the log is empty. */
const RENEWAL = 2000;

const tasks = {
  /** Moves the log to the database without blocking anybody: unlike when the log is emptied, changes can be made while the disk is flushed. */
  async move(_: null): Promise<void> {
    const database = new DatabaseSync(workerData as string, { timeout: PATIENCE });
    try {
      database.exec('pragma synchronous = normal; pragma wal_checkpoint(passive)');
    } finally {
      database.close();
    }
  },

  /** Moves the log to the database and empties it unless somebody is reading it. */
  async empty(_: null): Promise<void> {
    const database = new DatabaseSync(workerData as string, { timeout: PATIENCE });
    try {
      database.exec('pragma synchronous = normal; pragma wal_checkpoint(passive); pragma wal_checkpoint(truncate)');
    } finally {
      database.close();
    }
  },

  /** Moves the whole log to the database, flushes that, and empties the log. @throws when a reader or the disk prevents it */
  async renew(_: null): Promise<void> {
    const database = new DatabaseSync(workerData as string, { timeout: RENEWAL });
    try {
      database.exec('pragma synchronous = full');
      const { busy } = database.prepare('pragma wal_checkpoint(truncate)').get() as { busy: number };
      if (busy) throw new Error('the log of changes could not be emptied: another process is reading it');
    } finally {
      database.close();
    }
  },
};
export type CheckpointTasks = typeof tasks;
serveTasks(tasks);
