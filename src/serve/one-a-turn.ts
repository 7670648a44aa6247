import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { beginInTurn } from '../turn/turn.ts';

/** What answers a request. */
type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Turns in a row that only take in connections: the event loop brings one in each, and whoever is behind it may be a probe. */
const MOST_TAKEN = 64;

/**
 * Lets one request begin in a turn of the event loop, first come, first served, and none in those in which a piece of a long work goes on. All that have
 * come are else begun in one turn, and who comes next waits for the sum of what each does at once: reading, checking and looking up, up to 20 ms for the
 * longest.
 * @param atOnce paths that are answered at once: who asks whether the server is alive or able
 */
export function beginOneATurn(server: Server, atOnce: ReadonlySet<string>): void {
  const handlers = server.listeners('request') as Handler[];
  const waiting: [IncomingMessage, ServerResponse][] = [];
  let begun = false;
  let [fresh, taken] = [false, 0];
  const begin: Handler = (request, response) => {
    for (const handler of handlers) handler.call(server, request, response);
  };
  const next = (): void => {
    if (fresh && taken < MOST_TAKEN) {
      fresh = false;
      taken++;
      beginInTurn(next);
      return;
    }
    taken = 0;
    // Nobody waits any more for an answer to one whose client is gone.
    let first = waiting.shift();
    while (first?.[1].destroyed) first = waiting.shift();
    begun = first !== undefined;
    if (!first) return;
    beginInTurn(next);
    begin(...first);
  };
  server.on('connection', () => {
    fresh = true;
  });
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (atOnce.has(request.url!)) begin(request, response);
    else if (begun) waiting.push([request, response]);
    else {
      begun = true;
      beginInTurn(next);
      begin(request, response);
    }
  });
}
