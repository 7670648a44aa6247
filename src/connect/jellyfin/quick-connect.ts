import { randomBytes } from 'node:crypto';
import { SegueError } from '../../errors.ts';
import { recordOf, textIn } from '../answers.ts';
import type { BegunByCode, CodeSignIn, PublicSettings, ServiceContext, SignedIn } from '../contract.ts';
import { type JsonAnswer, type JsonCall, JsonClient } from '../json-client.ts';
import { serverAddress } from '../settings.ts';
import { authorization } from './server.ts';

/** Where a person confirms the code. */
const WHERE = 'in any Jellyfin app where you are signed in, under your user → Quick Connect';

/** Jellyfin's sign-in without a password. Its API takes the secret of a sign-in in an address, which is neither logged nor kept. */
export const quickConnect: CodeSignIn = {
  title: 'Quick Connect',
  spares: ['user', 'password'],
  begin,
};

async function begin(
  { address: typed = '' }: PublicSettings,
  context: ServiceContext,
  signal?: AbortSignal,
): Promise<BegunByCode> {
  const address = serverAddress(typed);
  const { origin, host } = new URL(address);
  const client = new JsonClient({ title: origin, origin, context });
  // The person who will confirm is unknown; a separate device id ends no other session.
  const device = randomBytes(16).toString('hex');
  const headers = { authorization: authorization(device, '') };
  const call = (path: string, options: JsonCall = {}): Promise<JsonAnswer> =>
    client.call(new URL(address + path), { ...options, headers });

  const { status, answer } = await call('/QuickConnect/Enabled', { signal });
  if (status >= 400 || typeof answer !== 'boolean') throw foreign(origin);
  if (!answer) throw switchedOff(origin);
  const initiated = await call('/QuickConnect/Initiate', { method: 'POST', repeatable: true, signal });
  if (initiated.status === 401 || initiated.status === 403) throw switchedOff(origin);
  const begun = recordOf(initiated.answer);
  const [code, secret] = [textIn(begun?.Code), textIn(begun?.Secret)];
  if (initiated.status >= 400 || code === '' || secret === '') throw foreign(origin);

  async function look(signal?: AbortSignal): Promise<SignedIn | null> {
    const asked = await call(`/QuickConnect/Connect?secret=${encodeURIComponent(secret)}`, { signal });
    if (asked.status === 404)
      throw new SegueError('SIGN_IN_REFUSED', {
        got: `The code ${code} has expired`,
        remedy: `Ask for a new one and enter it within ten minutes ${WHERE}`,
      });
    if (asked.status === 401 || asked.status === 403) throw switchedOff(origin);
    const state = recordOf(asked.answer);
    if (asked.status >= 400 || !state) throw foreign(origin);
    if (state.Authenticated !== true) return null;
    const { status, answer } = await call('/Users/AuthenticateWithQuickConnect', {
      method: 'POST',
      body: { Secret: secret },
      repeatable: true,
      signal,
    });
    if (status === 400 || status === 401 || status === 403 || status === 404)
      throw new SegueError('SIGN_IN_REFUSED', {
        got: `${origin} rejects the sign-in with the code ${code}`,
        remedy: 'Ask for a new code, or connect with a user name and password',
      });
    const given = recordOf(answer);
    const user = recordOf(given?.User);
    const token = textIn(given?.AccessToken);
    if (status >= 400 || !user || token === '') throw foreign(origin);
    return {
      account: `${textIn(user.Name)} at ${host}`,
      settings: { address, user: textIn(user.Id), device },
      secrets: { token },
    };
  }
  return { code, look };
}

const foreign = (origin: string): SegueError =>
  new SegueError('SERVICE_ANSWER', {
    got: `${origin} does not answer like Jellyfin’s Quick Connect`,
    remedy: 'Check the address, or connect with a user name and password',
  });

const switchedOff = (origin: string): SegueError =>
  new SegueError('NOT_POSSIBLE', {
    got: `Quick Connect is not enabled on ${origin}`,
    remedy: 'Connect with a user name and password, or ask its administrator to enable it under Dashboard → General',
  });
