import { SegueError, throwIfCancelled } from '../errors.ts';
import { turn, turnIsSpent } from '../turn/turn.ts';
import type { HostUse } from './contract.ts';

export interface OutgoingOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams;
  readonly signal?: AbortSignal;
  /** Time limit for the start of the answer, in milliseconds. Default: 30 s. */
  readonly timeoutMs?: number;
}

/** Makes one request to a host that the connection declared. @throws SegueError SERVICE_AWAY, CANCELLED, INTERNAL for an undeclared host */
export type Outgoing = (url: URL, options?: OutgoingOptions) => Promise<Response>;

/** Records every request by host, before it is made. */
export interface HostLedger {
  note(host: { connection: string; origin: string; why: string; at: number }): void;
}

/**
 * Loads the modules for outgoing requests, without making one, in two turns: together with the first request, loading would delay other clients. A
 * server does so once it is ready and otherwise idle, since one of the turns takes 20 ms.
 */
export async function loadNetwork(): Promise<void> {
  for (const load of [() => globalThis.ReadableStream, () => globalThis.Response]) {
    await turn();
    load();
  }
  await turn();
}

const TIMEOUT = 30_000;
/** Maximum number of bytes of an answer. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The only way out of the machine: no other file of `src` makes requests (a test ensures that). It contacts declared origins only, follows no redirect
 * (credentials must not reach a host that was not declared) and records each contact in the ledger.
 */
export function outgoingTo(
  connection: string,
  hosts: readonly HostUse[],
  ledger: HostLedger,
  now: () => number = Date.now,
): Outgoing {
  return async (url, { method = 'GET', headers, body, signal, timeoutMs = TIMEOUT } = {}) => {
    const use = hosts.find(({ origin }) => origin === url.origin);
    if (!use)
      throw new SegueError('INTERNAL', { got: `A connection tried to contact the undeclared host ${url.origin}` });
    throwIfCancelled(signal, 'The request');
    ledger.note({ connection, origin: url.origin, why: use.why, at: now() });
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    try {
      const both = signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal;
      const response = await fetch(url, { method, headers, body, redirect: 'manual', signal: both });
      if (response.status >= 300 && response.status < 400 && response.status !== 304) {
        await response.body?.cancel();
        throw new SegueError('SERVICE_ANSWER', {
          got: `${url.origin} redirects to another address`,
          remedy: 'Connect to the address it redirects to',
        });
      }
      return response;
    } catch (error) {
      if (error instanceof SegueError) throw error;
      throwIfCancelled(signal, 'The request');
      throw away(url, timeout.signal.aborted ? 'it did not answer in time' : reasonOf(error));
    } finally {
      clearTimeout(timer);
    }
  };
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at this address',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name cannot be looked up at the moment',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no network',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
};

/** Repeats only the code of an error, because its message may quote the address with all its parameters. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  const code = typeof cause?.code === 'string' ? cause.code : '';
  return REASONS[code] ?? (code === '' ? 'the connection failed' : `the connection failed (${code})`);
}

function away(url: URL, reason: string): SegueError {
  return new SegueError('SERVICE_AWAY', {
    got: `${url.origin} cannot be reached: ${reason}`,
    remedy: 'Check that it is running, then sync again; nothing is lost',
  });
}

/** Whether a service was out of reach or did not work at the moment. */
export const isAway = (error: unknown): error is SegueError =>
  error instanceof SegueError && error.code === 'SERVICE_AWAY';

/** The body as text, within bounds. @throws SegueError SERVICE_AWAY, SERVICE_ANSWER */
export async function textOf(response: Response, origin: string, signal?: AbortSignal): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES)
        throw new SegueError('SERVICE_ANSWER', {
          got: `${origin} sent a response larger than ${MOST_BYTES / 2 ** 20} MB`,
          remedy: 'Nothing was changed. Please report which server this is',
        });
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    if (error instanceof SegueError) throw error;
    throwIfCancelled(signal, 'The request');
    throw away(new URL(origin), 'the connection was cut');
  }
  return text + decoder.decode();
}

/** The body as JSON. @throws SegueError SERVICE_AWAY, SERVICE_ANSWER */
export async function jsonOf(response: Response, origin: string, signal?: AbortSignal): Promise<unknown> {
  const text = await textOf(response, origin, signal);
  if (turnIsSpent()) await turn();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new SegueError('SERVICE_ANSWER', {
      got: `${origin} did not return JSON (status ${response.status})`,
      expected: 'a music server at this address',
      remedy: 'Check the address; include the path if the server is behind a proxy',
    });
  }
}
