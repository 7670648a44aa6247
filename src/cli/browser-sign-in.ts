import { createInterface } from 'node:readline';
import fastify from 'fastify';
import { CALLBACK, type SignIns } from '../connect/sign-ins.ts';
import type { ConnectionRecord } from '../connect/store.ts';
import { SegueError } from '../errors.ts';

const DONE = 'You are signed in to Segue. Close this page and go back to the terminal.\n';
const FAILED = 'The sign-in failed. The terminal says why.\n';

export interface TerminalSignIn {
  readonly service: string;
  /** Id of the listener. */
  readonly listener: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Input and output for talking to the person during the sign-in. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  say(text: string): void;
}

/**
 * Signs in on a service's own page. The browser then returns to a free port of this machine; when it runs on another machine, the person pastes the
 * address that it ended at.
 * @throws SegueError as SignIns.begin and SignIns.finish
 */
export async function signInByBrowser(
  signIns: SignIns,
  { service, listener, settings }: TerminalSignIn,
  { input, say }: Terminal,
): Promise<ConnectionRecord> {
  const server = fastify();
  const { promise: returned, resolve: comeBack } = Promise.withResolvers<string>();
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  server.get(CALLBACK, async (request, reply) => {
    comeBack(queryOf(request.url));
    void reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8');
    return reply.send((await ended) === '' ? DONE : FAILED);
  });
  const lines = createInterface({ input });
  // Listens before the page is announced, so that a quick answer is not lost.
  const pasted = new Promise<string>((resolve) => {
    lines.on('line', (line) => line.includes('?') && resolve(queryOf(line.trim())));
  });
  try {
    const address = await server.listen({ host: '127.0.0.1', port: 0 });
    const page = await signIns.begin({ service, listener, settings, redirect: `${address}${CALLBACK}` });
    say(
      `Open this page and approve access:\n\n${page}\n\nIs the browser on another machine? Paste the address it ends up at here.\n`,
    );
    const record = await signIns.finish(await Promise.race([returned, pasted]));
    end('');
    return record;
  } catch (error) {
    end(error instanceof SegueError ? error.message : 'failed');
    throw error;
  } finally {
    lines.close();
    await server.close();
  }
}

const queryOf = (address: string): string => address.slice(address.indexOf('?') + 1).split('#')[0]!;
