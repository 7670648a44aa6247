import { SegueError } from '../../errors.ts';
import { type Answer, numberOf, recordOf, textIn } from '../answers.ts';
import type { PublicSettings, Secrets, ServiceContext } from '../contract.ts';
import { JsonClient } from '../json-client.ts';

export const TITLE = 'Last.fm';
export const ORIGIN = 'https://ws.audioscrobbler.com';
/** Five requests a second are allowed on average. */
const GAP_MS = 200;
/** Waits for the service's own passing errors: it reports them in the answer, often with status 200. */
const PASSING: ReadonlySet<number> = new Set([8, 11, 16, 29]);
const MOST_TRIES = 4;
const FIRST_BACKOFF_MS = 2000;

/** Reads Last.fm for one user with an API key of the person's own. */
export class LastFmClient {
  readonly user: string;
  private readonly key: string;
  private readonly origin: string;
  private readonly client: JsonClient;
  private readonly wait: ServiceContext['wait'];

  constructor(origin: string, settings: PublicSettings, secrets: Secrets, context: ServiceContext) {
    this.origin = origin;
    this.user = settings.user ?? '';
    this.key = secrets.key ?? '';
    this.wait = context.wait;
    this.client = new JsonClient({ title: TITLE, origin, context, gapMs: GAP_MS });
  }

  /** @throws SegueError SIGN_IN_REFUSED, NOT_FOUND, NOT_POSSIBLE, SERVICE_AWAY, SERVICE_ANSWER, CANCELLED */
  async call(
    method: string,
    parameters: Readonly<Record<string, string | number>>,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const url = new URL('/2.0/', this.origin);
    const all = { method, user: this.user, api_key: this.key, format: 'json', ...parameters };
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, String(value));
    for (let attempt = 1; ; attempt++) {
      const { status, answer } = await this.client.call(url, { signal });
      const content = recordOf(answer);
      if (content && content.error === undefined && status < 400) return content;
      const code = numberOf(content?.error) ?? 0;
      if (!PASSING.has(code) || attempt === MOST_TRIES) throw refusal(code, status, textIn(content?.message));
      await this.wait(FIRST_BACKOFF_MS * 2 ** (attempt - 1), signal);
    }
  }
}

/** The service's own numbers: 6 a bad parameter, mostly the user; 10 and 26 the key; 17 private plays. */
function refusal(code: number, status: number, message: string): SegueError {
  if (code === 10 || code === 26)
    return new SegueError('SIGN_IN_REFUSED', {
      got: `${TITLE} rejects the API key`,
      remedy: 'Create one at last.fm/api/account/create and connect again; everything already synced is kept',
    });
  if (code === 6 && /user/i.test(message))
    return new SegueError('NOT_FOUND', { got: `${TITLE} has no user with this name`, remedy: 'Check the spelling' });
  if (code === 17)
    return new SegueError('NOT_POSSIBLE', {
      got: `${TITLE} hides the plays of this user`,
      remedy: 'Turn off "Hide recent listening information" in the privacy settings there, then sync again',
    });
  if (PASSING.has(code))
    return new SegueError('SERVICE_AWAY', {
      got:
        code === 29
          ? `${TITLE} accepts no more requests at the moment`
          : `${TITLE} does not work at the moment (error ${code})`,
      remedy: 'What was read is kept; sync again later',
    });
  return new SegueError('SERVICE_ANSWER', {
    got: `${TITLE} sent an unexpected answer (${code > 0 ? `error ${code}` : `status ${status}`})`,
  });
}
