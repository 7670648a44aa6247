import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'segue_session';
const CEREMONY = 'segue_ceremony';
/** Longest that a person may take to sign in by a passkey or at a provider, in seconds. */
const CEREMONY_SECONDS = 600;
const SECRET = /^[\w-]{43}$/;

/** The session id in a request; null when there is none or it is not ours. */
export const readSession = (request: FastifyRequest): string | null => read(request, NAME);

/** The state of a sign-in that this browser started, with a passkey or a provider. */
export const readCeremony = (request: FastifyRequest): string | null => read(request, CEREMONY);

/** Over HTTPS the name binds a cookie to this host and to HTTPS: no other host of the domain can set one. Over HTTP browsers refuse such names. */
const nameFor = (request: FastifyRequest, name: string): string => (byHttps(request) ? `__Host-${name}` : name);

function read(request: FastifyRequest, plain: string): string | null {
  const name = nameFor(request, plain);
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    const value = part.slice(at + 1).trim();
    if (at > 0 && part.slice(0, at).trim() === name && SECRET.test(value)) return value;
  }
  return null;
}

/**
 * Whether the browser speaks HTTPS to a proxy before this server. Where no proxy is named as trusted, anybody can send this header: it may decide
 * nothing but what the sender gets back.
 */
export const byHttps = ({ headers, protocol }: FastifyRequest): boolean =>
  protocol === 'https' || headers['x-forwarded-proto'] === 'https';

/** The address of this server as the browser sees it, e.g. `https://segue.example`. */
export const originOf = (request: FastifyRequest): string => `${byHttps(request) ? 'https' : 'http'}://${request.host}`;

/** Sets the session's cookie, or takes it away. Scripts cannot read it, other sites' requests do not carry it; behind HTTPS it stays there. */
export const writeSession = (request: FastifyRequest, reply: FastifyReply, id: string | null, seconds: number): void =>
  write(request, reply, NAME, id, seconds);

/** The same for the state of a started sign-in. `Lax` lets it come along when a provider sends the browser back. */
export const writeCeremony = (request: FastifyRequest, reply: FastifyReply, id: string | null): void =>
  write(request, reply, CEREMONY, id, CEREMONY_SECONDS);

function write(request: FastifyRequest, reply: FastifyReply, name: string, id: string | null, seconds: number): void {
  const secure = byHttps(request) ? '; Secure' : '';
  const cookie = `${nameFor(request, name)}=${id ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${id === null ? 0 : seconds}${secure}`;
  void reply.header('set-cookie', cookie);
}
