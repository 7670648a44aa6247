import type { JobProgress, JobWork } from './jobs.ts';

/** What the server sends to the job's process. */
export interface JobOrder {
  library: string;
  request: JobWork;
}

/** Messages from the process. */
export type JobMessage =
  | { type: 'progress'; progress: JobProgress }
  | { type: 'done' }
  | { type: 'failed'; code: string; got: string; expected?: string; remedy?: string }
  | { type: 'defect'; text: string };

/** Start data of the thread that starts the process. */
export interface JobThreadSetup {
  readonly order: JobOrder;
  /** Arguments of Node itself for the process. */
  readonly execArgv: readonly string[];
}

/** Messages that the thread passes on, and the end of the process. */
export type FromJobThread = JobMessage | { type: 'ended'; code: number | null; killedBy: string | null };
