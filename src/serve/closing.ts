import type { App } from './context.ts';

/** Milliseconds: until what does not end by itself is looked at, until it is cut in any case, and for the last answers to reach their clients. */
export interface ClosingTimes {
  readonly grace: number;
  readonly longest: number;
  readonly flush: number;
}

const TIMES: ClosingTimes = { grace: 5000, longest: 20_000, flush: 500 };

/** What answers beside the main thread, as far as stopping goes. */
interface Ending {
  /** Resolves when nothing is being answered. */
  whenIdle(): Promise<void>;
  /** @param grace aborts when nobody waits for an answer any more */
  close(grace: AbortSignal): Promise<void>;
}

/**
 * Stops listening, and lets what was asked be answered. Event streams and clients that do not read have no end of their own: they are cut after a
 * grace, but not while answers are still being computed, up to a bound below what supervisors allow before they kill (30 s).
 */
export async function closeGently(app: App, answers: Ending, times: ClosingTimes = TIMES): Promise<void> {
  const grace = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const cut = (): void => {
    app.server.closeAllConnections();
    grace.abort();
  };
  timers.push(
    setTimeout(() => void answers.whenIdle().then(() => timers.push(setTimeout(cut, times.flush))), times.grace),
    setTimeout(cut, times.longest),
  );
  try {
    await app.close();
    await answers.close(grace.signal);
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}
