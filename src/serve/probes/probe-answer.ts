import type { ServerState } from './shared-state.ts';

/** Seconds of silence of the main thread after which the server counts as hung. None of its work takes a thirtieth of that. */
export const ALIVE_SECONDS = 30;
/** Seconds of silence after which the server should receive no requests. */
export const READY_SECONDS = 10;

export interface ProbeAnswer {
  readonly status: number;
  readonly body: object;
}

/** Answers `/healthz` and `/readyz` as the main thread does, as far as possible without it; null for any other path. */
export function probeAnswer(
  path: string,
  state: ServerState,
  silentSeconds: number,
  about: { readonly version: string; readonly uptimeSeconds: number },
): ProbeAnswer | null {
  if (path === '/healthz') {
    const ok = silentSeconds < ALIVE_SECONDS;
    return { status: ok ? 200 : 503, body: { ok, ...about, silentSeconds } };
  }
  if (path === '/readyz') {
    const ready = state.ready && !state.stopping && silentSeconds < READY_SECONDS;
    const { stopping, waitingFor } = state;
    return { status: ready ? 200 : 503, body: { ready, waitingFor, stopping, silentSeconds } };
  }
  return null;
}
