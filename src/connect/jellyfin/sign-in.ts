import { createHash } from 'node:crypto';
import { type Static, Type } from '#typebox';
import { SegueError } from '../../errors.ts';
import { recordOf, recordsIn, textIn } from '../answers.ts';
import type { ServiceContext, SignedIn } from '../contract.ts';
import { JsonClient } from '../json-client.ts';
import { secret, serverAddress } from '../settings.ts';
import { authorization, JellyfinServer } from './server.ts';

export const jellyfinSettings = Type.Object({
  address: Type.String({
    minLength: 1,
    maxLength: 500,
    description: 'the address of the server, e.g. http://192.168.1.10:8096',
  }),
  user: Type.String({ minLength: 1, maxLength: 200, description: 'your user name there' }),
  password: secret('your password there, or an API key'),
});

/** Signs in by password; if that fails, tries the secret as an API key of the server. The password is not stored, since the server returns a token. */
export async function signIn(
  { address: typed, user, password }: Static<typeof jellyfinSettings>,
  context: ServiceContext,
  signal?: AbortSignal,
): Promise<SignedIn> {
  const address = serverAddress(typed);
  // The same device for the same account: signing in again ends the earlier session instead of adding one.
  const device = createHash('sha256').update(`segue ${address} ${user}`).digest('hex').slice(0, 32);
  const signedIn = (id: string, name: string, token: string): SignedIn => ({
    account: `${name} at ${new URL(address).host}`,
    settings: { address, user: id, device },
    secrets: { token },
  });
  const { origin } = new URL(address);
  const client = new JsonClient({ title: origin, origin, context });
  const { status, answer } = await client.call(new URL(`${address}/Users/AuthenticateByName`), {
    method: 'POST',
    headers: { authorization: authorization(device, '') },
    body: { Username: user, Pw: password },
    repeatable: true,
    signal,
  });
  const given = recordOf(answer);
  const account = recordOf(given?.User);
  const token = textIn(given?.AccessToken);
  if (status < 400 && account && token !== '') return signedIn(textIn(account.Id), textIn(account.Name), token);
  if (status !== 401 && status !== 400)
    throw new SegueError('SERVICE_ANSWER', { got: `${origin} is not a Jellyfin server`, remedy: 'Check the address' });
  // A key that no header can carry is none.
  const id = /^[0-9a-z]+$/i.test(password)
    ? await userByKey(new JellyfinServer({ address, device }, { token: password }, context), user, signal)
    : null;
  if (id === null)
    throw new SegueError('SIGN_IN_REFUSED', {
      got: `${origin} rejects the user name and password`,
      remedy: 'Check both; an API key is made under Dashboard → API keys',
    });
  return signedIn(id, user, password);
}

async function userByKey(server: JellyfinServer, name: string, signal?: AbortSignal): Promise<string | null> {
  try {
    const users = await server.list('/Users', signal);
    const found = recordsIn(users).find((user) => textIn(user.Name).toLowerCase() === name.toLowerCase());
    return found ? textIn(found.Id) : null;
  } catch (error) {
    if (error instanceof SegueError && error.code === 'SIGN_IN_REFUSED') return null;
    throw error;
  }
}
