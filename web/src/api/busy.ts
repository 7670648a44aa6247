/** A server that is loading its models is busy for seconds; on a slow machine, for half a minute. */
const MOST_TRIES = 30;
const LONGEST_WAIT_S = 10;

/** How the wrapper reaches the network and lets time pass; replaced in tests. */
export interface Means {
  readonly send: (request: Request) => Promise<Response>;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

const browser: Means = {
  send: (request) => fetch(request),
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', end);
        resolve();
      }, ms);
      signal.addEventListener('abort', end, { once: true });
    }),
};

/**
 * Sends a request, and again when the server says when to: a 503 with `Retry-After` means that nothing has been done yet, so repeating is safe for
 * changes, too. Any other answer is final, and so is the 30th refusal.
 */
export async function sendWhenFree(request: Request, { send, wait }: Means = browser): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const response = await send(request.clone());
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    if (response.status !== 503 || !(seconds >= 0) || tries === MOST_TRIES) return response;
    await response.body?.cancel();
    await wait(Math.min(LONGEST_WAIT_S, Math.max(0.5, seconds)) * 1_000, request.signal);
  }
}
