import type { Server } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';

/** Most connections that the system holds for a server until it takes them in: Node's default backlog. */
const BACKLOG = 511;

/**
 * Takes in the connections that clients have made and the event loop, which brings one per turn, has not seen: closing the server would reset them,
 * though their requests may be on the way.
 */
export async function takeInWaiting(server: Server): Promise<void> {
  let taken = 0;
  const count = (): void => void taken++;
  server.on('connection', count);
  // What is left of this turn brings none.
  await turn();
  let before: number;
  do {
    before = taken;
    await turn();
  } while (taken > before && taken < BACKLOG);
  server.off('connection', count);
}
