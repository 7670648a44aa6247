import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { HostNames } from '../host-names.ts';
import { probeAnswer } from './probe-answer.ts';
import { SharedState } from './shared-state.ts';
import { Silence } from './silence.ts';

// Imports nothing that the main thread needs: this thread has a few megabytes and waits for nobody. Importing `node:http` would also load its
// WebSocket client, 18 MB.
const { createServer } = process.getBuiltinModule('node:http');

/** Prepared error bodies for requests that are not probes. */
export interface Refusals {
  readonly path: string;
  readonly method: string;
  readonly host: string;
}

export interface ProbeSetup {
  readonly memory: SharedArrayBuffer;
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: readonly string[];
  readonly loopback: boolean;
  /** Milliseconds between two beats of the main thread. */
  readonly beatEvery: number;
  /** Milliseconds that count as a second of silence; less than 1,000 in tests alone. */
  readonly second: number;
  readonly version: string;
  readonly refusals: Refusals;
}

/** The thread's message after trying to listen. */
export type Listening = { readonly port: number } | { readonly code: string };

/** Milliseconds in which a request must arrive, and the interval of checking this. */
const REQUEST_MS = 3000;
const LOOK_MS = 500;
/** Maximum size of a request's head in bytes. */
const LONGEST_HEAD = 8192;
/** Maximum number of open connections, and the length of the backlog. */
const CONNECTIONS = 256;
const BACKLOG = 128;

const setup = workerData as ProbeSetup;
const state = new SharedState(setup.memory);
const names = new HostNames(setup.allowedHosts, setup.loopback);
const silence = new Silence();
silence.tick(state.beats);
setInterval(() => silence.tick(state.beats), setup.beatEvery);

function send(response: ServerResponse, status: number, body: string, more: Record<string, string> = {}): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // Probes come seconds apart, so keeping a connection open would only use up a slot.
    connection: 'close',
    ...more,
  });
  response.end(body);
}

function answer({ method, url, rawHeaders }: IncomingMessage, response: ServerResponse): void {
  const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]!.toLowerCase() === 'host');
  const silentSeconds = Math.floor((silence.ticks * setup.beatEvery) / setup.second);
  const about = { version: setup.version, uptimeSeconds: process.uptime() };
  const found = probeAnswer(url!.split('?', 1)[0]!, state.read(), silentSeconds, about);
  // Load balancers using HTTP/1.0 send no Host header; browsers always do.
  if (hosts.length > 1 || !hosts.every((host) => names.allow(host))) send(response, 400, setup.refusals.host);
  else if (!found) send(response, 404, setup.refusals.path);
  else if (method !== 'GET' && method !== 'HEAD') send(response, 405, setup.refusals.method, { allow: 'GET, HEAD' });
  else send(response, found.status, JSON.stringify(found.body));
}

const server = createServer(
  {
    headersTimeout: REQUEST_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: LOOK_MS,
    maxHeaderSize: LONGEST_HEAD,
  },
  answer,
);
// Answers take a moment, so connections that stay open belong to clients that send nothing; they make way for new ones.
const open = new Set<Socket>();
server.on('connection', (socket) => {
  open.add(socket);
  socket.once('close', () => open.delete(socket));
  if (open.size <= CONNECTIONS) return;
  const [oldest] = open;
  oldest!.destroy();
});
const tell = (listening: Listening): void => parentPort!.postMessage(listening);
server.once('error', (error: NodeJS.ErrnoException) => {
  tell({ code: error.code ?? 'unknown' });
  process.exit(1);
});
server.listen({ host: setup.host, port: setup.port, backlog: BACKLOG }, () =>
  tell({ port: (server.address() as AddressInfo).port }),
);
