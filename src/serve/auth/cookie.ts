import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'segue_session';
const SECRET = /^[\w-]{43}$/;

/** The session's id that a request carries; null when there is none, or none of ours. */
export function readSession({ headers }: FastifyRequest): string | null {
  for (const part of (headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    const value = part.slice(at + 1).trim();
    if (at > 0 && part.slice(0, at).trim() === NAME && SECRET.test(value)) return value;
  }
  return null;
}

/**
 * Whether the browser speaks HTTPS to a proxy before this server. Where no proxy is named as trusted, anybody can send this header: it may decide
 * nothing but what the sender gets back.
 */
export const byHttps = ({ headers, protocol }: FastifyRequest): boolean =>
  protocol === 'https' || headers['x-forwarded-proto'] === 'https';

/** Sets the session's cookie, or takes it away. Scripts cannot read it, other sites' requests do not carry it; behind HTTPS it stays there. */
export function writeSession(request: FastifyRequest, reply: FastifyReply, id: string | null, seconds: number): void {
  const secure = byHttps(request) ? '; Secure' : '';
  const cookie = `${NAME}=${id ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${id === null ? 0 : seconds}${secure}`;
  void reply.header('set-cookie', cookie);
}
