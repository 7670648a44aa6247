import { SegueError } from '../../errors.ts';
import { mbidsOf } from '../../sources/music-ids.ts';
import { type Answer, recordOf, textIn } from '../answers.ts';
import type { PublicSettings, Secrets, ServiceContext } from '../contract.ts';
import { JsonClient } from '../json-client.ts';
import { serverAddress } from '../settings.ts';

export const TITLE = 'ListenBrainz';
const ADDRESS = 'https://api.listenbrainz.org';

export const addressOf = (settings: PublicSettings): string =>
  settings.address === undefined || settings.address === '' ? ADDRESS : serverAddress(settings.address);

export const RECORDING = 'https://musicbrainz.org/recording/';
export const PLAYLIST_EXTENSION = 'https://musicbrainz.org/doc/jspf#playlist';

/** The MusicBrainz id inside a URL; '' for none. */
export const mbidIn = (value: unknown): string =>
  mbidsOf(Array.isArray(value) ? textIn(value[0]) : textIn(value))[0] ?? '';

/** Requests to ListenBrainz with one person's token. */
export class ListenBrainzClient {
  readonly user: string;
  private readonly address: string;
  private readonly token: string;
  private readonly client: JsonClient;

  constructor(settings: PublicSettings, secrets: Secrets, context: ServiceContext) {
    this.address = addressOf(settings);
    this.user = settings.user ?? '';
    this.token = secrets.token ?? '';
    this.client = new JsonClient({ title: TITLE, origin: new URL(this.address).origin, context });
  }

  /** A path below the person's own. */
  mine(path: string): string {
    return `/1/user/${encodeURIComponent(this.user)}${path}`;
  }

  get(path: string, parameters: Readonly<Record<string, string | number>> = {}, signal?: AbortSignal): Promise<Answer> {
    const query = new URLSearchParams(
      Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return this.call('GET', query.size > 0 ? `${path}?${query}` : path, undefined, signal);
  }

  /** @param body what is sent: a request that changes something, and is not repeated */
  post(path: string, body: object, signal?: AbortSignal): Promise<Answer> {
    return this.call('POST', path, body, signal);
  }

  private async call(method: 'GET' | 'POST', path: string, body: object | undefined, signal?: AbortSignal) {
    const { status, answer } = await this.client.call(new URL(this.address + path), {
      method,
      headers: { authorization: `Token ${this.token}` },
      body,
      signal,
    });
    const content = recordOf(answer);
    if (status === 401)
      throw new SegueError('SIGN_IN_REFUSED', {
        got: `${TITLE} rejects the user token`,
        remedy: 'Copy the token from listenbrainz.org/settings and connect again; everything already synced is kept',
      });
    if (status === 403) throw new SegueError('NOT_POSSIBLE', { got: `${TITLE} does not permit this user to do that` });
    if (status === 404) throw new SegueError('NOT_FOUND', { got: `${TITLE} does not have what was asked for` });
    if (status >= 400 || !content)
      throw new SegueError('SERVICE_ANSWER', { got: `${TITLE} sent an unexpected answer (status ${status})` });
    return content;
  }
}
