import { waitFor } from '../connect/wait.ts';
import type { Weekly } from '../connect/weekly/weekly.ts';

/** How often it is looked whether something is due: a question to the store alone. */
const LOOK_MS = 60_000;

/**
 * Sends weekly lists when they are due; those missed while no server ran are sent at the start.
 * @param weekly null = no connection was ever made @param onError told what no connection can be told of
 * @param wait the clock: resolves after so many milliseconds, rejects when the signal is aborted
 * @returns ends it; a writing in progress stops and goes on at the next start
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
