import { Worker } from 'node:worker_threads';
import { ERRORS, type ErrorCode, SegueError } from '../errors.ts';
import type { FromJobThread, JobMessage, JobThreadSetup } from './job-protocol.ts';
import type { JobRunner } from './jobs.ts';

const THREAD = new URL('./job-thread.ts', import.meta.url);

/**
 * Runs jobs in separate processes, so that answering stays fast and a crash affects nothing else. A thread starts each process, so that the main
 * thread does not wait for that either.
 * @param library folder of the library
 */
export const processRunner =
  (library: string): JobRunner =>
  (request, onProgress, signal) =>
    new Promise((resolve, reject) => {
      const setup: JobThreadSetup = { order: { library, request }, execArgv: process.execArgv };
      const thread = new Worker(THREAD, { workerData: setup, execArgv: [] });
      let outcome: JobMessage | null = null;
      let ended: Extract<FromJobThread, { type: 'ended' }> | null = null;
      const cancel = (): void => thread.postMessage('cancel');
      signal.addEventListener('abort', cancel, { once: true });
      if (signal.aborted) cancel();
      thread.on('message', (message: FromJobThread) => {
        if (message.type === 'progress') onProgress(message.progress);
        else if (message.type === 'ended') ended = message;
        else outcome = message;
      });
      thread.on('error', reject);
      thread.on('exit', () => {
        signal.removeEventListener('abort', cancel);
        if (outcome?.type === 'done') resolve();
        else reject(failure(outcome, ended?.code ?? null, ended?.killedBy ?? null));
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
