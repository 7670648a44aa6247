import { hostname } from 'node:os';
import type { FastifyRequest } from 'fastify';
import { SegueError } from '../errors.ts';
import type { App } from './context.ts';
import { quote } from './errors.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export const isLoopback = (host: string): boolean => host === '127.0.0.1' || host === 'localhost' || host === '::1';

/**
 * Refuses requests that address this server by a foreign name: a web page elsewhere could otherwise point its own domain here and read the
 * library (DNS rebinding). Beyond loopback every address in numbers is allowed, which no such domain can be, and this machine's own name.
 * What changes something must also come from a page of this server, or from none. @param allowed further host names; `*` allows any
 */
export function guardHost(app: App, allowed: readonly string[], loopback = true): void {
  const names = new Set([...LOOPBACK, ...allowed.map((name) => name.toLowerCase())]);
  if (!loopback) for (const name of [hostname(), `${hostname()}.local`]) names.add(name.toLowerCase());
  app.addHook('onRequest', async (request) => {
    if (hosts(request) > 1)
      throw new SegueError('USAGE', { got: 'The request has several Host headers', expected: 'one' });
    const name = request.host.replace(/:\d{1,5}$/, '').toLowerCase();
    const inNumbers = !loopback && isAddress(name);
    if (!allowed.includes('*') && !names.has(name) && !inNumbers)
      throw new SegueError('USAGE', {
        got: `The request addresses the host ${quote(name)}`,
        expected: [...names].join(', '),
        remedy: `Start the server with --allowed-host ${isAddress(name) ? '<name>' : name.slice(0, 100)}`,
      });
    if (request.method !== 'GET' && request.method !== 'HEAD' && isForeign(request))
      throw new SegueError('USAGE', {
        got: 'The request comes from a page on another site',
        expected: 'a page of this server, or a program',
      });
  });
}

/**
 * Whether a lower-case host is an address in numbers, by the URL standard's parser: `10.0.0.5` or `[fd00::1]`. Shorter, octal and hexadecimal forms,
 * which the parser would rewrite, are not.
 */
export function isAddress(name: string): boolean {
  if (!/^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]{2,45}\])$/.test(name)) return false;
  const parsed = URL.parse(`http://${name}`)?.hostname;
  return parsed !== undefined && (name.startsWith('[') || parsed === name);
}

/** Node itself takes the first of several. */
function hosts({ raw }: FastifyRequest): number {
  let count = 0;
  for (let i = 0; i < raw.rawHeaders.length; i += 2) if (raw.rawHeaders[i]!.toLowerCase() === 'host') count++;
  return count;
}

/** Browsers say where a request comes from; programs say nothing. */
function isForeign({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return headers.origin !== undefined && URL.parse(headers.origin)?.host !== host;
}
