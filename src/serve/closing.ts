import type { App } from './context.ts';

/**
 * In milliseconds: until requests without an end of their own are cut if nothing is being computed, until they are cut in any case, and for the last
 * answers to reach their clients.
 */
export interface ClosingTimes {
  readonly grace: number;
  readonly longest: number;
  readonly flush: number;
}

const TIMES: ClosingTimes = { grace: 5000, longest: 20_000, flush: 500 };

/** The part of the answering pool that stopping needs. */
interface Ending {
  /** Resolves when no answer is in progress. */
  whenIdle(): Promise<void>;
  /** @param grace aborts when all clients have left */
  close(grace: AbortSignal): Promise<void>;
}

/**
 * Stops listening and completes pending requests. Event streams and clients that do not read never end by themselves: they are cut after a grace
 * period, which is extended while answers are being computed, up to a limit below the 30 s after which supervisors kill.
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
