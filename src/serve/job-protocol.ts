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
