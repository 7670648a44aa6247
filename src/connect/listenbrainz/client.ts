import { SegueError } from '../../errors.ts';
import { mbidsOf } from '../../sources/music-ids.ts';
import { type Answer, recordOf, textIn } from '../answers.ts';
import type { PublicSettings, Secrets, ServiceContext } from '../contract.ts';
import { type JsonCall, JsonClient } from '../json-client.ts';
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

  async get(
    path: string,
    parameters: Readonly<Record<string, string | number>> = {},
    signal?: AbortSignal,
  ): Promise<Answer> {
    const query = new URLSearchParams(
      Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return one(await this.call(query.size > 0 ? `${path}?${query}` : path, { signal }));
  }

  /** @param body data to send; the request then changes something and is not repeated */
  async post(path: string, body: object, signal?: AbortSignal): Promise<Answer> {
    return one(await this.call(path, { method: 'POST', body, signal }));
  }

  /** A question too long for an address; its answer may be a list. */
  ask(path: string, body: object, signal?: AbortSignal): Promise<unknown> {
    return this.call(path, { method: 'POST', body, signal, repeatable: true });
  }

  private async call(path: string, how: Omit<JsonCall, 'headers'>): Promise<unknown> {
    const { status, answer } = await this.client.call(new URL(this.address + path), {
      ...how,
      headers: { authorization: `Token ${this.token}` },
    });
    if (status === 401)
      throw new SegueError('SIGN_IN_REFUSED', {
        got: `${TITLE} rejects the user token`,
        remedy: 'Copy the token from listenbrainz.org/settings and connect again; everything already synced is kept',
      });
    if (status === 403) throw new SegueError('NOT_POSSIBLE', { got: `${TITLE} does not permit this user to do that` });
    if (status === 404) throw new SegueError('NOT_FOUND', { got: `${TITLE} does not have what was asked for` });
    if (status >= 400 || answer === null) throw unexpected(`status ${status}`);
    return answer;
  }
}

const unexpected = (what: string): SegueError =>
  new SegueError('SERVICE_ANSWER', { got: `${TITLE} sent an unexpected answer (${what})` });

function one(answer: unknown): Answer {
  const record = recordOf(answer);
  if (!record) throw unexpected('no object');
  return record;
}
