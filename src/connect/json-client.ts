import { SegueError } from '../errors.ts';
import { numberOf, parsed } from './answers.ts';
import type { ServiceContext } from './contract.ts';
import { isAway, textOf } from './network.ts';

export interface JsonCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  readonly signal?: AbortSignal;
  /** Whether making the request twice does no harm. Default: for GET. */
  readonly repeatable?: boolean;
}

export interface JsonAnswer {
  readonly status: number;
  /** null when the body is no JSON. */
  readonly answer: unknown;
  /** The body as it came. */
  readonly text: string;
}

export interface JsonClientParts {
  /** How sentences name the service. */
  readonly title: string;
  readonly origin: string;
  readonly context: Pick<ServiceContext, 'outgoing' | 'wait' | 'now'>;
  /** Least time between two requests, in milliseconds. Default: 0. */
  readonly gapMs?: number;
  /** A number of 0–1 that spreads waits among clients of the same service. Default: waits are as long as the service says. */
  readonly jitter?: () => number;
  /** Whether the body of a 429 says that a short wait does no good. Default: none does. */
  readonly isSpent?: (text: string) => boolean;
}

/** Longest wait inside a sync, in seconds; a longer one ends it with its progress kept. */
const LONGEST_WAIT = 60;
const MOST_WAITS = 5;
const MOST_FAILURES = 4;
const FIRST_BACKOFF_MS = 1000;
const MOST_JITTER_MS = 250;
/** Seconds until a quota that does not say when is there again. */
const DAY = 86_400;
/** A service that wants a longer rest, in seconds, is not believed. */
const LONGEST_REST = 366 * DAY;

/**
 * Requests to a service that speaks JSON and limits their rate: waits where `Retry-After` or `X-RateLimit-*` say so, also before the limit is
 * hit, and repeats what is safe to repeat after errors of the server and dropped connections.
 */
export class JsonClient {
  private readonly parts: JsonClientParts;
  /** No request before this moment. */
  private notBefore = 0;

  constructor(parts: JsonClientParts) {
    this.parts = parts;
  }

  /**
   * One request until it is answered; statuses of 400 and above other than 429 and 5xx are the caller's to read.
   * @throws SegueError SERVICE_AWAY, CANCELLED
   */
  async call(
    url: URL,
    { method = 'GET', headers, body, signal, repeatable = method === 'GET' }: JsonCall = {},
  ): Promise<JsonAnswer> {
    const { context, origin } = this.parts;
    let [waits, unexplained, failures] = [0, 0, 0];
    for (;;) {
      await this.untilAllowed(signal);
      let response: Response;
      let text: string;
      try {
        response = await context.outgoing(url, {
          method,
          headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...headers },
          ...(body && { body: JSON.stringify(body) }),
          signal,
        });
        text = await textOf(response, origin, signal);
      } catch (error) {
        if (!isAway(error) || !repeatable || ++failures >= MOST_FAILURES) throw error;
        await this.backOff(failures, signal);
        continue;
      }
      const { status } = response;
      const reset = resetIn(response.headers);
      this.notBefore = Math.max(
        this.notBefore,
        context.now() +
          Math.max(
            this.parts.gapMs ?? 0,
            numberOf(response.headers.get('x-ratelimit-remaining')) === 0
              ? Math.min(reset ?? 0, LONGEST_WAIT) * 1000
              : 0,
          ),
      );
      if (status === 429) {
        const seconds = numberOf(response.headers.get('retry-after')) ?? reset;
        if (this.parts.isSpent?.(text)) throw this.resting(seconds ?? DAY);
        if (++waits > MOST_WAITS || (seconds ?? 0) > LONGEST_WAIT) throw this.resting(seconds ?? LONGEST_WAIT);
        if (seconds === undefined) await this.backOff(++unexplained, signal);
        else await context.wait(Math.ceil(seconds * 1000 + this.jitter(0) * MOST_JITTER_MS), signal);
      } else if (status >= 500) {
        if (!repeatable || ++failures >= MOST_FAILURES) throw this.failing(status);
        await this.backOff(failures, signal);
      } else return { status, answer: parsed(text), text };
    }
  }

  private async untilAllowed(signal?: AbortSignal): Promise<void> {
    const left = this.notBefore - this.parts.context.now();
    this.notBefore = 0;
    if (left > 0) await this.parts.context.wait(left, signal);
  }

  private backOff(attempt: number, signal?: AbortSignal): Promise<void> {
    const most = FIRST_BACKOFF_MS * 2 ** (attempt - 1);
    return this.parts.context.wait(Math.round((most * (1 + this.jitter(1))) / 2), signal);
  }

  private jitter(otherwise: number): number {
    return this.parts.jitter?.() ?? otherwise;
  }

  private resting(seconds: number): SegueError {
    const at = this.parts.context.now() + Math.min(seconds, LONGEST_REST) * 1000;
    const until = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
    return new SegueError('SERVICE_AWAY', {
      got: `${this.parts.title} accepts no more requests before ${until} UTC`,
      remedy: 'What was read is kept; sync again after that',
    });
  }

  private failing(status: number): SegueError {
    return new SegueError('SERVICE_AWAY', {
      got: `${this.parts.title} reports an error (status ${status})`,
      remedy: 'What was read is kept; sync again later',
    });
  }
}

/** Seconds until the window of a rate limit ends. */
const resetIn = (headers: Headers): number | undefined => numberOf(headers.get('x-ratelimit-reset-in'));
