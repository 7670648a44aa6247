import type { JobProgress, JobWork } from './jobs.ts';

/** What the server sends to the job's process. */
export interface JobOrder {
  library: string;
  request: JobWork;
}

/** What the process answers. */
export type JobMessage =
  | { type: 'progress'; progress: JobProgress }
  | { type: 'done' }
  | { type: 'failed'; code: string; got: string; expected?: string; remedy?: string }
  | { type: 'defect'; text: string };

/** What the thread is started with that starts the process. */
export interface JobThreadSetup {
  readonly order: JobOrder;
  /** Arguments of Node itself for the process. */
  readonly execArgv: readonly string[];
}

/** What the thread passes on, and that the process has ended. */
export type FromJobThread = JobMessage | { type: 'ended'; code: number | null; killedBy: string | null };
