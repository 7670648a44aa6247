import { fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ERRORS, type ErrorCode, SegueError } from '../errors.ts';
import type { JobMessage, JobOrder } from './job-protocol.ts';
import type { JobRunner } from './jobs.ts';

const PROCESS = fileURLToPath(new URL('job-process.ts', import.meta.url));
/** Training gives way to answering, which itself gives way (`answering/give-way.ts`). */
const NICE = 15;
/** How long a cancelled job may take to clean up, in milliseconds. */
const GRACE = 5000;

/** Runs jobs in separate processes, so that answering stays fast and a crash affects nothing else. @param library its folder */
export const processRunner =
  (library: string): JobRunner =>
  (request, onProgress, signal) =>
    new Promise((resolve, reject) => {
      const child = fork(PROCESS, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      let outcome: JobMessage | null = null;
      let timer: NodeJS.Timeout | undefined;
      const cancel = (): void => {
        child.kill('SIGTERM');
        timer = setTimeout(() => child.kill('SIGKILL'), GRACE);
      };
      signal.addEventListener('abort', cancel, { once: true });
      child.on('spawn', () => {
        try {
          if (child.pid !== undefined) setPriority(child.pid, NICE);
        } catch {
          // Where priorities cannot be set the job runs at the usual one.
        }
        child.send({ library, request } satisfies JobOrder);
        if (signal.aborted) cancel();
      });
      child.on('message', (message: JobMessage) => {
        if (message.type === 'progress') onProgress(message.progress);
        else outcome = message;
      });
      child.on('error', reject);
      child.on('exit', (code, killedBy) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        if (outcome?.type === 'done') resolve();
        else reject(failure(outcome, code, killedBy));
      });
    });

function failure(outcome: JobMessage | null, code: number | null, killedBy: string | null): Error {
  if (outcome?.type === 'failed') {
    const known = outcome.code in ERRORS ? (outcome.code as ErrorCode) : 'INTERNAL';
    return new SegueError(known, { got: outcome.got, expected: outcome.expected, remedy: outcome.remedy });
  }
  if (outcome?.type === 'defect') return new Error(outcome.text);
  return new SegueError('INTERNAL', {
    got: `The process of the job ended early (${killedBy ?? `exit code ${code}`})`,
    expected: 'enough free memory',
    remedy: 'Train fewer models at once, or close other programs',
  });
}
