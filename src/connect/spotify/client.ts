import { randomInt } from 'node:crypto';
import { SegueError } from '../../errors.ts';
import { type Answer, recordOf, textIn } from '../answers.ts';
import type { Secrets, ServiceContext } from '../contract.ts';
import { type JsonAnswer, JsonClient } from '../json-client.ts';
import { isFresh, type TokenEndpoint } from './oauth.ts';
import { forbiddenKind, SpotifyForbidden } from './refusals.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface ClientParts {
  /** Origin of the Web API. */
  readonly api: string;
  readonly tokens: TokenEndpoint;
  readonly secrets: Secrets;
  readonly context: ServiceContext;
}

/** Requests to Spotify's Web API. Renews tokens, waits as requested, repeats what is safe to repeat, and reports other failures in one sentence. */
export class SpotifyClient {
  private readonly parts: ClientParts;
  private readonly client: JsonClient;
  private secrets: Secrets;

  constructor(parts: ClientParts) {
    this.parts = parts;
    this.secrets = parts.secrets;
    this.client = new JsonClient({
      title: 'Spotify',
      origin: parts.api,
      context: parts.context,
      jitter: () => randomInt(1000) / 1000,
      isSpent: (text) => text.includes('QUOTA_EXCEEDED'),
    });
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
    const token = await this.token(signal);
    let { status, answer, text } = await this.send(token, method, path, body, signal);
    if (status === 401) {
      await this.renew(token, signal);
      ({ status, answer, text } = await this.send(this.secrets.access!, method, path, body, signal));
    }
    if (status >= 300) throw this.refusal(status, path, { answer, text });
    return recordOf(answer) ?? {};
  }

  private send(
    token: string,
    method: Method,
    path: string,
    body: object | undefined,
    signal?: AbortSignal,
  ): Promise<JsonAnswer> {
    return this.client.call(new URL(`/v1${path}`, this.parts.api), {
      method,
      headers: { authorization: `Bearer ${token}` },
      body,
      repeatable: method === 'GET' || method === 'PUT',
      signal,
    });
  }

  private async token(signal?: AbortSignal): Promise<string> {
    if (!isFresh(this.secrets, this.parts.context.now())) await this.renew(this.secrets.access, signal);
    return this.secrets.access!;
  }

  /** One renewal at a time for all users of the connection; the second one uses the tokens of the first. */
  private async renew(spent: string | undefined, signal?: AbortSignal): Promise<void> {
    const { context, tokens } = this.parts;
    this.secrets = await context.renewSecrets(async (current) =>
      current.access !== spent && isFresh(current, context.now()) ? current : tokens.refresh(current, signal),
    );
  }

  private refusal(status: number, path: string, { answer, text }: Omit<JsonAnswer, 'status'>): SegueError {
    const plain = path.split('?')[0]!;
    if (status === 401)
      return new SegueError('SIGN_IN_REFUSED', {
        got: 'Spotify no longer accepts the sign-in',
        remedy: 'Sign in again; everything already read is still here',
      });
    if (status === 403) {
      const message = textIn(recordOf(recordOf(answer)?.error)?.message) || text.slice(0, 300);
      return new SpotifyForbidden(forbiddenKind(plain, message));
    }
    if (status === 404) return new SegueError('NOT_FOUND', { got: 'Spotify does not have what was asked for' });
    return new SegueError('SERVICE_ANSWER', { got: `Spotify refused a request (status ${status})` });
  }
}
