import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { beginInTurn, turnIsSpent } from '../turn/turn.ts';

/** What answers a request. */
type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A request that waits until it is begun. */
export interface Waiting {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** When it came, in milliseconds of the clock. */
  readonly since: number;
}

/**
 * Answers a request that there is no room for, and says whether it did.
 * @param line when it has waited: for how long, in milliseconds, and who waits behind it
 */
export type Refuses = (
  request: IncomingMessage,
  response: ServerResponse,
  line?: { readonly waited: number; readonly behind: readonly Waiting[] },
) => boolean;

/** Turns in a row that only take in connections: the event loop brings one in each, and whoever is behind it may be a probe. */
const MOST_TAKEN = 64;

/**
 * Lets one request begin in a turn of the event loop, first come, first served, and none in those in which a piece of a long work goes on. All that have
 * come are else begun in one turn, and who comes next waits for the sum of what each does at once: reading, checking and looking up, up to 20 ms for the
 * longest.
 * @param atOnce paths that are answered at once: who asks whether the server is alive or able
 * @param refuses is asked when a request comes, and again when one that has waited would begin: of many that come at once each finds room, and those before
 * it take it. As many are refused in a turn as it has time for, so that who finds room waits for none of them
 */
export function beginOneATurn(server: Server, atOnce: ReadonlySet<string>, refuses: Refuses = () => false): void {
  const handlers = server.listeners('request') as Handler[];
  const waiting: Waiting[] = [];
  let begun = false;
  let [fresh, taken] = [false, 0];
  const begin: Handler = (request, response) => {
    for (const handler of handlers) handler.call(server, request, response);
  };
  /** Nobody waits any more for an answer to one whose client is gone. */
  const isOver = ({ request, response, since }: Waiting): boolean =>
    response.destroyed || refuses(request, response, { waited: performance.now() - since, behind: waiting });
  const next = (): void => {
    if (fresh && taken < MOST_TAKEN) {
      fresh = false;
      taken++;
      beginInTurn(next);
      return;
    }
    taken = 0;
    let first = waiting.shift();
    while (first && isOver(first)) first = turnIsSpent() ? undefined : waiting.shift();
    begun = first !== undefined || waiting.length > 0;
    if (begun) beginInTurn(next);
    if (first) begin(first.request, first.response);
  };
  server.on('connection', () => {
    fresh = true;
  });
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (atOnce.has(request.url!)) begin(request, response);
    else if (refuses(request, response)) return;
    else if (begun) waiting.push({ request, response, since: performance.now() });
    else {
      begun = true;
      beginInTurn(next);
      begin(request, response);
    }
  });
}
