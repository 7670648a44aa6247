import type { FastifyRequest } from 'fastify';
import { SegueError } from '../errors.ts';
import type { App } from './context.ts';
import { quote } from './errors.ts';
import { HostNames, isAddress, nameOf } from './host-names.ts';

/**
 * Refuses requests that address this server by a foreign host name. Requests that change something must also come from a page of this server or from
 * a program.
 * @param allowed further host names; `*` allows any
 */
export function guardHost(app: App, allowed: readonly string[], loopback = true): void {
  const names = new HostNames(allowed, loopback);
  app.addHook('onRequest', async (request) => {
    if (hosts(request) > 1)
      throw new SegueError('USAGE', { got: 'The request has several Host headers', expected: 'one' });
    if (!names.allow(request.host)) {
      const name = nameOf(request.host);
      throw new SegueError('USAGE', {
        got: `The request addresses the host ${quote(name)}`,
        expected: names.list().join(', '),
        remedy: `Start the server with --allowed-host ${isAddress(name) ? '<name>' : name.slice(0, 100)}`,
      });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD' && isForeign(request))
      throw new SegueError('USAGE', {
        got: 'The request comes from a page on another site',
        expected: 'a page of this server, or a program',
      });
  });
}

/** Node itself uses the first of several. */
function hosts({ raw }: FastifyRequest): number {
  let count = 0;
  for (let i = 0; i < raw.rawHeaders.length; i += 2) if (raw.rawHeaders[i]!.toLowerCase() === 'host') count++;
  return count;
}

/** Browsers state the origin of a request; programs do not. */
function isForeign({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return headers.origin !== undefined && URL.parse(headers.origin)?.host !== host;
}
