import { SegueError } from '../errors.ts';
import type { App } from './context.ts';

/**
 * Length of the backlog of connections. The system drops connections beyond Node's default of 511, and their clients retry only after one, three and
 * seven seconds. The system may have a lower limit (Linux: `net.core.somaxconn`, 4096).
 */
const BACKLOG = 4096;

/** Starts listening and returns the address. @throws SegueError USAGE when the port is taken or not allowed, or the host is not this machine's */
export async function listen(app: App, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port, backlog: BACKLOG });
  } catch (cause) {
    throw cannotListen(cause as NodeJS.ErrnoException, { host, port }, '--port');
  }
}

/** Why the server cannot listen, as SegueError USAGE; the system's error if no setting can change it. */
export function cannotListen(
  cause: { readonly code?: string },
  { host, port }: { readonly host: string; readonly port: number },
  flag: string,
): unknown {
  const { code } = cause;
  const reasons: Record<string, string> = {
    EADDRINUSE: `Another program is using port ${port}`,
    EACCES: `This account may not use port ${port}`,
    EADDRNOTAVAIL: `"${host}" is not an address of this machine`,
    ENOTFOUND: `"${host}" is not a known host`,
  };
  const got = reasons[code ?? ''];
  if (got === undefined) return cause instanceof Error ? cause : new Error(`cannot listen: ${code}`);
  return new SegueError('USAGE', {
    got,
    expected: 'a free port on an address of this machine',
    remedy: `Choose another port, e.g. ${flag} ${port + 1}`,
    cause,
  });
}
