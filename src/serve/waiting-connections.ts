import type { Server } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';

/** Maximum number of connections that the system queues for a server: Node's default backlog. */
const BACKLOG = 511;

/**
 * Accepts connections that clients have made but the event loop, which accepts one per turn, has not yet seen: closing the server would reset them
 * although their requests may be on the way.
 */
export async function takeInWaiting(server: Server): Promise<void> {
  let taken = 0;
  const count = (): void => void taken++;
  server.on('connection', count);
  // The rest of this turn accepts none.
  await turn();
  let before: number;
  do {
    before = taken;
    await turn();
  } while (taken > before && taken < BACKLOG);
  server.off('connection', count);
}
