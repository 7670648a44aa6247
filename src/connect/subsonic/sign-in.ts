import { type Static, Type } from '#typebox';
import { SegueError } from '../../errors.ts';
import { type Answer, textIn } from '../answers.ts';
import type { PublicSettings, Secrets, ServiceContext, SignedIn } from '../contract.ts';
import { secret, serverAddress } from '../settings.ts';
import { CODES, listOf, refusal, type SignInWay, SubsonicError, SubsonicServer, type Transport } from './protocol.ts';

export const subsonicSettings = Type.Object({
  address: Type.String({
    minLength: 1,
    maxLength: 500,
    description: 'the address of the server, e.g. http://192.168.1.10:4533',
  }),
  user: Type.Optional(
    Type.String({ maxLength: 200, description: 'your user name there; leave it empty with an API key' }),
  ),
  password: secret('your password there, or an API key'),
});

interface Attempt {
  way: SignInWay;
  transport: Transport;
  protocol: string;
}

/** A refusal that another way of signing in may not meet. */
const TRY_OTHERWISE = new Set<number>([0, CODES.missing, 20, CODES.oldServer, CODES.noToken, 42, 43]);

/**
 * Finds out how the server wants to be asked: a token, so that the password stays here, before the password itself; parameters in the
 * body, where no access log keeps them, before the address.
 */
export async function signIn(
  given: Static<typeof subsonicSettings>,
  context: ServiceContext,
  signal?: AbortSignal,
): Promise<SignedIn> {
  const address = serverAddress(given.address);
  const user = given.user?.trim() ?? '';
  const secrets: Secrets = { password: given.password };
  const ways: readonly SignInWay[] = user === '' ? ['key'] : ['token', 'password'];
  const origin = new URL(address).origin;
  let last: unknown = null;
  for (const protocol of ['1.16.1', '1.8.0'])
    for (const way of ways)
      for (const transport of ['form', 'address'] as const) {
        const settings = { address, user, ...({ way, transport, protocol } satisfies Attempt) };
        try {
          const server = new SubsonicServer(settings, secrets, context.outgoing);
          const answer = await server.call('ping', {}, signal);
          return {
            account: `${user === '' ? 'API key' : user} at ${new URL(address).host}`,
            settings: { ...settings, ...(await facts(server, answer, signal)) },
            secrets,
          };
        } catch (error) {
          last = error;
          if (mayGoOn(error, transport)) continue;
          throw refusal(error, origin, 'The account');
        }
      }
  throw refusal(
    last instanceof SubsonicError && TRY_OTHERWISE.has(last.code) ? new SubsonicError(CODES.wrongPassword, '') : last,
    origin,
    'The account',
  );
}

/** A form that is not answered by JSON was not understood as a call. */
function mayGoOn(error: unknown, transport: Transport): boolean {
  if (error instanceof SubsonicError) return TRY_OTHERWISE.has(error.code);
  return transport === 'form' && error instanceof SegueError && error.code === 'SERVICE_ANSWER';
}

/** What the server says of itself; its extensions, where it knows the question. */
async function facts(server: SubsonicServer, ping: Answer, signal: AbortSignal | undefined): Promise<PublicSettings> {
  let extensions: string[] = [];
  try {
    const answer = await server.call('getOpenSubsonicExtensions', {}, signal);
    extensions = listOf(answer, 'openSubsonicExtensions').map((e) => textIn(e.name));
  } catch (error) {
    if (!(error instanceof SubsonicError) && !(error instanceof SegueError && error.code === 'SERVICE_ANSWER'))
      throw error;
  }
  return {
    server:
      [textIn(ping.type), textIn(ping.serverVersion)].filter(Boolean).join(' ') || `Subsonic ${textIn(ping.version)}`,
    extensions: extensions.join(','),
  };
}
