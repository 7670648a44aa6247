import { createHash, randomBytes } from 'node:crypto';
import { SegueError } from '../../errors.ts';
import { type Answer, recordOf, textIn } from '../answers.ts';
import type { PublicSettings, Secrets } from '../contract.ts';
import { isAway, jsonOf, type Outgoing } from '../network.ts';

/** How a server expects credentials. */
export type SignInWay = 'token' | 'password' | 'key';
/** Parameters as a form body keep the sign-in out of access logs; old servers take them in the address only. */
export type Transport = 'form' | 'address';

export type Parameters = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

const PROTOCOL = '1.16.1';
/** Older servers refuse a version above theirs (error 30): this is the one that has all that is asked of them. */
const OLD_PROTOCOL = '1.8.0';
const CLIENT = 'segue';
/** Methods that change nothing. */
const READS = /^(?:get|search|ping)/;

/** The server's own refusal: code and text as it gave them. */
export class SubsonicError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'SubsonicError';
    this.code = code;
  }
}

export const CODES = { missing: 10, oldServer: 30, wrongPassword: 40, noToken: 41, denied: 50, notFound: 70 } as const;

/** One server with one sign-in, as calls with parameters and answers. */
export class SubsonicServer {
  readonly origin: string;
  private readonly address: string;
  private readonly way: SignInWay;
  private readonly transport: Transport;
  private readonly protocol: string;
  private readonly user: string;
  private readonly password: string;
  private readonly outgoing: Outgoing;

  constructor(settings: PublicSettings, secrets: Secrets, outgoing: Outgoing) {
    this.address = settings.address ?? '';
    this.origin = new URL(this.address).origin;
    this.user = settings.user ?? '';
    this.way = settings.way === 'token' || settings.way === 'key' ? settings.way : 'password';
    this.transport = settings.transport === 'form' ? 'form' : 'address';
    this.protocol = settings.protocol === OLD_PROTOCOL ? OLD_PROTOCOL : PROTOCOL;
    this.password = secrets.password ?? '';
    this.outgoing = outgoing;
  }

  /**
   * Makes a call and returns the contents of the answer.
   * @throws SubsonicError if the server refuses @throws SegueError SERVICE_AWAY, SERVICE_ANSWER, CANCELLED
   */
  async call(method: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<Answer> {
    const all = this.parameters(parameters);
    const url = new URL(`${this.address}/rest/${method}`);
    if (this.transport === 'address') url.search = all.toString();
    const ask = (): Promise<Response> =>
      this.transport === 'form'
        ? this.outgoing(url, { method: 'POST', body: all, signal })
        : this.outgoing(url, { signal });
    const response = await ask().catch((error: unknown) => {
      // A server may end a connection that was idle just when it is used again: what only reads is asked once more.
      if (!isAway(error) || !READS.test(method)) throw error;
      return ask();
    });
    if (response.status === 429 || response.status >= 500) {
      await response.body?.cancel();
      throw new SegueError('SERVICE_AWAY', {
        got: `${this.origin} reports an error (status ${response.status})`,
        remedy: 'Wait a little and sync again; it resumes where it stopped',
      });
    }
    return this.contentOf(await jsonOf(response, this.origin, signal));
  }

  /** Bytes of a song or a cover; an error comes as JSON or XML with status 200. */
  async media(method: string, parameters: Parameters, range: string | null, signal?: AbortSignal): Promise<Response> {
    const url = new URL(`${this.address}/rest/${method}`);
    url.search = this.parameters(parameters).toString();
    const response = await this.outgoing(url, { headers: range === null ? {} : { range }, signal });
    const type = response.headers.get('content-type') ?? '';
    if (/json/.test(type)) this.contentOf(await jsonOf(response, this.origin, signal));
    if (/xml|html|json/.test(type) || response.status >= 400) {
      await response.body?.cancel().catch(() => {});
      throw new SubsonicError(CODES.notFound, `status ${response.status}`);
    }
    return response;
  }

  private parameters(parameters: Parameters): URLSearchParams {
    const all = new URLSearchParams({ v: this.protocol, c: CLIENT, f: 'json' });
    if (this.way === 'key') all.set('apiKey', this.password);
    else {
      all.set('u', this.user);
      if (this.way === 'token') {
        const salt = randomBytes(8).toString('hex');
        all.set(
          't',
          createHash('md5')
            .update(this.password + salt)
            .digest('hex'),
        );
        all.set('s', salt);
      } else all.set('p', `enc:${Buffer.from(this.password).toString('hex')}`);
    }
    for (const [name, value] of Object.entries(parameters)) {
      if (value === undefined) continue;
      for (const one of Array.isArray(value) ? (value as readonly string[]) : [value]) all.append(name, String(one));
    }
    return all;
  }

  private contentOf(answer: unknown): Answer {
    const content = recordOf(recordOf(answer)?.['subsonic-response']);
    if (!content)
      throw new SegueError('SERVICE_ANSWER', {
        got: `${this.origin} is not a Subsonic server`,
        expected: 'Navidrome, gonic, or another server with the Subsonic API',
        remedy: 'Check the address',
      });
    if (content.status === 'ok') return content;
    const error = recordOf(content.error);
    throw new SubsonicError(Number(error?.code ?? 0), textIn(error?.message));
  }
}

/** A list under a key. An empty one is often a missing key, and some servers give a single thing without the list. */
export function listOf(holder: unknown, key: string): Answer[] {
  const value = recordOf(holder)?.[key];
  const list = Array.isArray(value) ? (value as unknown[]) : value === undefined || value === null ? [] : [value];
  return list.map(recordOf).filter((entry) => entry !== null);
}

/** A refusal in words. @param what the requested item, e.g. `The song` */
export function refusal(error: unknown, origin: string, what: string): unknown {
  if (!(error instanceof SubsonicError)) return error;
  if (error.code === CODES.wrongPassword || error.code === CODES.noToken || error.code === 44)
    return new SegueError('SIGN_IN_REFUSED', {
      got: `${origin} rejects the user name and password`,
      remedy: 'Connect again with the current password; everything already synced is kept',
    });
  if (error.code === CODES.denied)
    return new SegueError('NOT_POSSIBLE', {
      got: `${origin} does not permit this user to do that`,
      remedy: 'Ask its administrator',
    });
  if (error.code === CODES.notFound)
    return new SegueError('NOT_FOUND', {
      got: `${what} is no longer on ${origin}`,
      remedy: 'Sync to update the list of its songs',
    });
  return new SegueError('SERVICE_ANSWER', { got: `${origin} refused the request (error ${error.code})` });
}
