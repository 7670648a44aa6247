import { SegueError } from '../../errors.ts';
import { type Answer, numberOf, recordOf, recordsIn } from '../answers.ts';
import type { Media, PublicSettings, Secrets, ServiceContext } from '../contract.ts';
import { type JsonCall, JsonClient } from '../json-client.ts';
import { mediaOf } from '../media.ts';

export const TITLE = 'Jellyfin';

export type Parameters = Readonly<Record<string, string | number | boolean>>;

/** The header that identifies the client; the token is sent nowhere else. @param token '' before signing in */
export const authorization = (device: string, token: string): string =>
  `MediaBrowser Client="Segue", Device="Segue", DeviceId="${device}", Version="1"${token === '' ? '' : `, Token="${token}"`}`;

/** One server with one sign-in. */
export class JellyfinServer {
  readonly origin: string;
  readonly user: string;
  private readonly address: string;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly client: JsonClient;
  private readonly context: ServiceContext;

  constructor(settings: PublicSettings, secrets: Secrets, context: ServiceContext) {
    this.address = settings.address ?? '';
    this.origin = new URL(this.address).origin;
    this.user = settings.user ?? '';
    this.context = context;
    this.headers = { authorization: authorization(settings.device ?? '', secrets.token ?? '') };
    this.client = new JsonClient({ title: this.origin, origin: this.origin, context });
  }

  /**
   * @param what the requested item, as the start of a sentence: `The song`
   * @throws SegueError SIGN_IN_REFUSED, NOT_FOUND, NOT_POSSIBLE, SERVICE_AWAY, SERVICE_ANSWER, CANCELLED
   */
  async call(
    path: string,
    what: string,
    { parameters = {}, ...call }: JsonCall & { parameters?: Parameters } = {},
  ): Promise<Answer> {
    const { status, answer } = await this.client.call(this.url(path, parameters), { ...call, headers: this.headers });
    if (status >= 400) throw this.refusal(status, what);
    const content = recordOf(answer);
    if (!content && status !== 204)
      throw new SegueError('SERVICE_ANSWER', {
        got: `${this.origin} is not a Jellyfin server`,
        remedy: 'Check the address; include the path if the server is behind a proxy',
      });
    return content ?? {};
  }

  /** An answer that is a list. */
  async list(path: string, signal?: AbortSignal): Promise<Answer[]> {
    const { status, answer } = await this.client.call(this.url(path, {}), { headers: this.headers, signal });
    if (status >= 400) throw this.refusal(status, 'What was asked for');
    return recordsIn(answer);
  }

  /** A page of items, of this user. */
  async items(
    parameters: Parameters,
    signal?: AbortSignal,
    path = '/Items',
  ): Promise<{ items: Answer[]; total: number }> {
    const answer = await this.call(path, 'What was asked for', {
      parameters: { userId: this.user, ...parameters },
      signal,
    });
    const items = recordsIn(answer.Items);
    return { items, total: numberOf(answer.TotalRecordCount) ?? items.length };
  }

  /** Bytes of a song or a cover. */
  async media(
    path: string,
    what: string,
    parameters: Parameters,
    range: string | null,
    signal?: AbortSignal,
  ): Promise<Media> {
    const headers = { ...this.headers, ...(range !== null && { range }) };
    const response = await this.context.outgoing(this.url(path, parameters), { headers, signal });
    if (response.status >= 400) {
      await response.body?.cancel().catch(() => {});
      throw this.refusal(response.status, what);
    }
    return mediaOf(response);
  }

  private url(path: string, parameters: Parameters): URL {
    const url = new URL(this.address + path);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, String(value));
    return url;
  }

  private refusal(status: number, what: string): SegueError {
    if (status === 401)
      return new SegueError('SIGN_IN_REFUSED', {
        got: `${this.origin} rejects the sign-in`,
        remedy: 'Connect again with the current password; everything already synced is kept',
      });
    if (status === 403)
      return new SegueError('NOT_POSSIBLE', {
        got: `${this.origin} does not permit this user to do that`,
        remedy: 'Ask its administrator',
      });
    if (status === 404 || status === 400)
      return new SegueError('NOT_FOUND', {
        got: `${what} is no longer on ${this.origin}`,
        remedy: 'Sync to update the list of its songs',
      });
    if (status >= 500)
      return new SegueError('SERVICE_AWAY', {
        got: `${this.origin} reports an error (status ${status})`,
        remedy: 'Wait a little and try again',
      });
    return new SegueError('SERVICE_ANSWER', { got: `${this.origin} refused the request (status ${status})` });
  }
}
