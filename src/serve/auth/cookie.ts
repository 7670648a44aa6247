import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'segue_session';
const CEREMONY = 'segue_ceremony';
/** Time limit for a sign-in with a passkey or a provider, in seconds. */
const CEREMONY_SECONDS = 600;
const SECRET = /^[\w-]{43}$/;

/** The session id in a request; null when it is missing or malformed. */
export const readSession = (request: FastifyRequest): string | null => read(request, NAME);

/** The state of a sign-in that this browser started, with a passkey or a provider. */
export const readCeremony = (request: FastifyRequest): string | null => read(request, CEREMONY);

/**
 * Over HTTPS, the `__Host-` prefix binds a cookie to this host and to HTTPS, so that no other host of the domain can set it. Over HTTP, browsers
 * refuse such names.
 */
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
 * Whether the browser speaks HTTPS to a proxy in front of this server. Without a trusted proxy, anyone can send this header, so it may affect only
 * the response to the sender.
 */
export const byHttps = ({ headers, protocol }: FastifyRequest): boolean =>
  protocol === 'https' || headers['x-forwarded-proto'] === 'https';

/** The address of this server as the browser sees it, e.g. `https://segue.example`. */
export const originOf = (request: FastifyRequest): string => `${byHttps(request) ? 'https' : 'http'}://${request.host}`;

/** Sets or removes the session cookie. Scripts cannot read it, requests from other sites do not carry it, and over HTTPS it is `Secure`. */
export const writeSession = (request: FastifyRequest, reply: FastifyReply, id: string | null, seconds: number): void =>
  write(request, reply, NAME, id, seconds);

/** The same for the state of a started sign-in. `Lax` sends the cookie when a provider redirects the browser back. */
export const writeCeremony = (request: FastifyRequest, reply: FastifyReply, id: string | null): void =>
  write(request, reply, CEREMONY, id, CEREMONY_SECONDS);

function write(request: FastifyRequest, reply: FastifyReply, name: string, id: string | null, seconds: number): void {
  const secure = byHttps(request) ? '; Secure' : '';
  const cookie = `${nameFor(request, name)}=${id ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${id === null ? 0 : seconds}${secure}`;
  void reply.header('set-cookie', cookie);
}
