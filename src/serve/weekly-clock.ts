import { setTimeout as wait } from 'node:timers/promises';
import type { Weekly } from '../connect/weekly/weekly.ts';

/** How often it is looked whether something is due: a question to the store alone. */
const LOOK_MS = 60_000;

/**
 * Sends weekly lists when they are due; those missed while no server ran are sent at the start.
 * @param weekly null = no connection was ever made @param onError told what no connection can be told of
 * @returns ends it; a writing in progress stops and goes on at the next start
 */
export function startWeeklyClock(
  weekly: () => Promise<Weekly | null>,
  onError: (error: unknown) => void,
  lookMs = LOOK_MS,
): () => Promise<void> {
  const stop = new AbortController();
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        await (await weekly())?.writeDue(stop.signal);
      } catch (error) {
        if (!stop.signal.aborted) onError(error);
      }
      await wait(lookMs, undefined, { signal: stop.signal, ref: false }).catch(() => {});
    }
  };
  const running = run();
  return () => {
    stop.abort();
    return running;
  };
}
