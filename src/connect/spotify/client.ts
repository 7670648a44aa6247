import { randomInt } from 'node:crypto';
import { SegueError } from '../../errors.ts';
import { type Answer, numberOf, parsed, recordOf, textIn } from '../answers.ts';
import type { Secrets, ServiceContext } from '../contract.ts';
import { isAway, textOf } from '../network.ts';
import { isFresh, type TokenEndpoint } from './oauth.ts';
import { forbiddenKind, restUntil, SpotifyForbidden } from './refusals.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface ClientParts {
  /** Origin of the Web API. */
  readonly api: string;
  readonly tokens: TokenEndpoint;
  readonly secrets: Secrets;
  readonly context: ServiceContext;
  /** A number of 0–1 that spreads retries. */
  readonly jitter?: () => number;
}

/** Longest wait inside a sync, in seconds; a longer one ends it with its progress kept. */
const LONGEST_WAIT = 60;
const MOST_WAITS = 5;
const MOST_FAILURES = 4;
const FIRST_BACKOFF_MS = 1000;

/** Requests to Spotify's Web API: renews tokens, waits as told, repeats what is safe to repeat, and says the rest in one sentence. */
export class SpotifyClient {
  private readonly parts: ClientParts;
  private readonly jitter: () => number;
  private secrets: Secrets;

  constructor(parts: ClientParts) {
    this.parts = parts;
    this.secrets = parts.secrets;
    this.jitter = parts.jitter ?? (() => randomInt(1000) / 1000);
  }

  get(path: string, parameters: Readonly<Record<string, string | number>> = {}, signal?: AbortSignal): Promise<Answer> {
    const query = new URLSearchParams(
      Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return this.call('GET', query.size > 0 ? `${path}?${query}` : path, undefined, signal);
  }

  /**
   * One request until it is answered. Reads and replacements are repeated after a failure; what creates or appends is not.
   * @throws SegueError SIGN_IN_REFUSED, SERVICE_AWAY, SERVICE_ANSWER, NOT_FOUND, NOT_POSSIBLE (a SpotifyForbidden), CANCELLED
   */
  async call(method: Method, path: string, body?: object, signal?: AbortSignal): Promise<Answer> {
    const { context } = this.parts;
    const repeatable = method === 'GET' || method === 'PUT';
    let [waits, unexplained, failures, renewed] = [0, 0, 0, false];
    for (;;) {
      let response: Response;
      let text: string;
      const token = await this.token(signal);
      try {
        response = await context.outgoing(new URL(`/v1${path}`, this.parts.api), {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body && { 'content-type': 'application/json' }),
          },
          ...(body && { body: JSON.stringify(body) }),
          signal,
        });
        text = await textOf(response, this.parts.api, signal);
      } catch (error) {
        if (!isAway(error) || !repeatable || ++failures >= MOST_FAILURES) throw error;
        await this.backOff(failures, signal);
        continue;
      }
      const { status } = response;
      if (status < 300) return recordOf(parsed(text)) ?? {};
      if (status === 429) {
        const seconds = this.waitOf(response, text);
        if (++waits > MOST_WAITS) throw restUntil(context.now() + LONGEST_WAIT * 1000);
        if (seconds === null) await this.backOff(++unexplained, signal);
        else await context.wait(Math.round(seconds * 1000 + this.jitter() * 250), signal);
      } else if (status === 401 && !renewed) {
        renewed = true;
        await this.renew(token, signal);
      } else if (status >= 500 && repeatable && ++failures < MOST_FAILURES) await this.backOff(failures, signal);
      else throw this.refusal(status, path, text);
    }
  }

  /** Seconds to wait, null when Spotify does not say. @throws SegueError SERVICE_AWAY when that is too long for a sync */
  private waitOf(response: Response, text: string): number | null {
    const told = numberOf(response.headers.get('retry-after'));
    if (told !== undefined && told <= LONGEST_WAIT && !text.includes('QUOTA_EXCEEDED')) return told;
    if (told === undefined && !text.includes('QUOTA_EXCEEDED')) return null;
    throw restUntil(this.parts.context.now() + (told ?? 86_400) * 1000);
  }

  private backOff(attempt: number, signal?: AbortSignal): Promise<void> {
    const most = FIRST_BACKOFF_MS * 2 ** (attempt - 1);
    return this.parts.context.wait(Math.round((most * (1 + this.jitter())) / 2), signal);
  }

  private async token(signal?: AbortSignal): Promise<string> {
    if (!isFresh(this.secrets, this.parts.context.now())) await this.renew(this.secrets.access, signal);
    return this.secrets.access!;
  }

  /** One renewal at a time for all who use the connection: whoever comes second takes the tokens of the first. */
  private async renew(spent: string | undefined, signal?: AbortSignal): Promise<void> {
    const { context, tokens } = this.parts;
    this.secrets = await context.renewSecrets(async (current) =>
      current.access !== spent && isFresh(current, context.now()) ? current : tokens.refresh(current, signal),
    );
  }

  private refusal(status: number, path: string, text: string): SegueError {
    const plain = path.split('?')[0]!;
    if (status === 401)
      return new SegueError('SIGN_IN_REFUSED', {
        got: 'Spotify does not accept the sign-in any more',
        remedy: 'Sign in again; everything that was read is still here',
      });
    if (status === 403) {
      const message = textIn(recordOf(recordOf(parsed(text))?.error)?.message) || text.slice(0, 300);
      return new SpotifyForbidden(forbiddenKind(plain, message));
    }
    if (status === 404) return new SegueError('NOT_FOUND', { got: 'Spotify does not have what was asked for' });
    if (status >= 500)
      return new SegueError('SERVICE_AWAY', {
        got: `Spotify does not work at the moment (status ${status})`,
        remedy: 'What was read is kept; sync again later',
      });
    return new SegueError('SERVICE_ANSWER', { got: `Spotify refuses a request (status ${status})` });
  }
}
