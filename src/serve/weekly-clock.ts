import { waitFor } from '../connect/wait.ts';
import type { Weekly } from '../connect/weekly/weekly.ts';

/** Interval of checking whether lists are due, which only reads the store. */
const LOOK_MS = 60_000;

/**
 * Sends weekly lists when they are due; lists missed while no server ran are sent at the start.
 * @param weekly null = no connection was ever made @param onError receives errors that belong to no connection @param wait the clock: resolves after
 * so many milliseconds, rejects when the signal is aborted @returns a function that stops the clock; writing in progress stops and resumes at the
 * next start
 */
export function startWeeklyClock(
  weekly: () => Promise<Pick<Weekly, 'writeDue'> | null>,
  onError: (error: unknown) => void,
  wait: (ms: number, signal: AbortSignal) => Promise<void> = waitFor,
): () => Promise<void> {
  const stop = new AbortController();
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        await (await weekly())?.writeDue(stop.signal);
      } catch (error) {
        if (!stop.signal.aborted) onError(error);
      }
      await wait(LOOK_MS, stop.signal).catch(() => {});
    }
  };
  const running = run();
  return () => {
    stop.abort();
    return running;
  };
}
