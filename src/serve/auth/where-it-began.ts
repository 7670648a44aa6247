import type { FastifyRequest } from 'fastify';
import { CALLBACK } from '../../connect/sign-ins.ts';
import { SegueError } from '../../errors.ts';
import type { ServeContext } from '../context.ts';
import { isLoopback } from '../host-names.ts';

/**
 * Services redirect the browser to 127.0.0.1, which lacks the session of a page opened as localhost. Such a redirect is passed on to the address
 * where the sign-in began.
 * @returns that address; null for any other request
 */
export async function whereItBegan(
  request: FastifyRequest,
  connected: ServeContext['connected'],
): Promise<string | null> {
  if (request.method !== 'GET' || request.routeOptions.url !== CALLBACK) return null;
  const answer = request.url.slice(request.url.indexOf('?') + 1);
  const { signIns } = await connected();
  try {
    const back = URL.parse(signIns.owner(answer).back);
    const name = back?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
    return back && isLoopback(name) && back.host !== request.host ? `${back.origin}${CALLBACK}?${answer}` : null;
  } catch (error) {
    // It belongs to no sign-in, so it is refused like any other request without a session.
    if (error instanceof SegueError) return null;
    throw error;
  }
}
