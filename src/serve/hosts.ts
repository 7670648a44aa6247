import { SegueError } from '../errors.ts';
import type { App } from './context.ts';
import { quote } from './errors.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests that address this server by a foreign name: a web page elsewhere could otherwise point its own domain at
 * 127.0.0.1 and read the library (DNS rebinding). @param allowed further host names; `*` allows any
 */
export function guardHost(app: App, allowed: readonly string[]): void {
  if (allowed.includes('*')) return;
  const names = new Set([...LOOPBACK, ...allowed]);
  app.addHook('onRequest', async (request) => {
    const name = request.host.replace(/:\d+$/, '').toLowerCase();
    if (!names.has(name))
      throw new SegueError('USAGE', {
        got: `The request addresses the host ${quote(name)}`,
        expected: 'localhost or 127.0.0.1',
        remedy: 'Start the server with --host to allow another name',
      });
  });
}
