import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { beginInTurn, turnIsSpent } from '../turn/turn.ts';

/** The handler of requests. */
type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A request waiting to begin. */
export interface Waiting {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** When it arrived, in milliseconds of the clock. */
  readonly since: number;
}

/**
 * Refuses a request if there is no room for it; returns whether it did.
 * @param line if it has waited: for how many milliseconds, and the requests behind it
 */
export type Refuses = (
  request: IncomingMessage,
  response: ServerResponse,
  line?: { readonly waited: number; readonly behind: readonly Waiting[] },
) => boolean;

/** Maximum number of consecutive turns that only accept connections: the event loop accepts one per turn, and the next one may be a probe. */
const MOST_TAKEN = 64;

/**
 * Lets one request begin per turn of the event loop, first come, first served, and none in turns that continue a long task. Otherwise, all requests
 * that have arrived would begin in one turn, and the next one would wait for the sum of their synchronous work: parsing, validating and looking up,
 * up to 20 ms for the longest.
 * @param atOnce paths answered at once: health checks @param refuses is called when a request arrives, and again when one that has waited would
 * begin: of many that arrive together, each finds room at first, which those before it then take. A turn refuses as many as it has time for, so that
 * accepted requests do not wait for them
 */
export function beginOneATurn(server: Server, atOnce: ReadonlySet<string>, refuses: Refuses = () => false): void {
  const handlers = server.listeners('request') as Handler[];
  const waiting: Waiting[] = [];
  let begun = false;
  let [fresh, taken] = [false, 0];
  const begin: Handler = (request, response) => {
    for (const handler of handlers) handler.call(server, request, response);
  };
  /** A request whose client has left needs no answer. */
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
