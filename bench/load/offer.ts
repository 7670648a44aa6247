import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { quantile } from '../harness.ts';
import { BareServer } from './bare.ts';
import { type Probed, Prober } from './prober.ts';
import type { MeasuredServer } from './server.ts';

export interface Offered {
  /** Answers a second, refused ones not among them. */
  readonly rate: number;
  /** Answers a second of processor time of the server. */
  readonly perCore: number;
  /** Milliseconds of those that were answered. */
  readonly times: readonly number[];
  readonly refused: number;
  /** Neither an answer nor a 503. */
  readonly errors: number;
  /** Resident memory of the server once a second, in bytes. */
  readonly memory: readonly number[];
  /** Milliseconds of /healthz and /readyz. */
  readonly probes: readonly number[];
  /** The same on the port of health checks. */
  readonly healthPort: readonly number[];
  /** The same of a server without work, a process of its own: the limit of this machine meanwhile. */
  readonly bare: readonly number[];
  /** How late the server's event loop was, in milliseconds: the part of `probes` that is not the clients' wait for a core. */
  readonly eventLoop: { readonly p99: number; readonly most: number };
}

export interface Load {
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second in all; as fast as they are answered when left out. */
  readonly rate?: number;
}

/** autocannon offers its rate in one burst a second: so many generators that begin one after the other offer it evenly. */
const GENERATORS = 20;

/** Offers recommendations to a server for a while; each body is asked in turn, so that no two equal ones meet. */
export async function offer(server: MeasuredServer, { bodies, connections, seconds, rate }: Load): Promise<Offered> {
  const bare = await BareServer.start();
  const probes = [server.address, server.health, bare.address].map((address) => new Prober(address));
  const memory: number[] = [];
  const watch = setInterval(() => {
    const bytes = server.memory();
    if (bytes !== null) memory.push(bytes);
  }, 1000);
  const times: number[] = [];
  let refused = 0;
  let others = 0;
  let next = 0;
  // What came before does not count.
  await server.eventLoop();
  const [cpu, start] = [server.cpu(), performance.now()];
  // Each needs a client and a request a second: a server that hardly answers is offered little.
  const generators = rate === undefined ? 1 : Math.min(GENERATORS, rate, connections);
  const share = (whole: number, g: number): number =>
    Math.floor((whole * (g + 1)) / generators) - Math.floor((whole * g) / generators);
  const results = await Promise.all(
    Array.from({ length: generators }, async (_, g) => {
      await sleep((1000 * g) / generators);
      return new Promise<autocannon.Result>((resolve, reject) => {
        const instance = autocannon(
          {
            url: `${server.address}/api/recommendations`,
            connections: share(connections, g),
            duration: seconds,
            timeout: 30,
            ...(rate !== undefined && { overallRate: share(rate, g) }),
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            requests: [{ setupRequest: (request) => ({ ...request, body: bodies[next++ % bodies.length]! }) }],
          },
          (error, done) => (error ? reject(error) : resolve(done)),
        );
        instance.on('response', (_client, status, _bytes, ms) => {
          if (status === 200) times.push(ms);
          else if (status === 503) refused++;
          else others++;
        });
      });
    }),
  );
  const [used, took] = [server.cpu() - cpu, (performance.now() - start) / 1000];
  clearInterval(watch);
  const eventLoop = await server.eventLoop();
  const [probed, beside, limit] = (await Promise.all(probes.map((probe) => probe.end()))) as [
    readonly Probed[],
    readonly Probed[],
    readonly Probed[],
  ];
  await bare.end();
  return {
    rate: times.length / took,
    perCore: times.length / used,
    times,
    refused,
    errors:
      others +
      results.reduce((sum, { errors, timeouts }) => sum + errors + timeouts, 0) +
      [...probed, ...beside].filter(({ ok }) => !ok).length,
    memory,
    probes: probed.map(({ ms }) => ms),
    healthPort: beside.map(({ ms }) => ms),
    bare: limit.map(({ ms }) => ms),
    eventLoop,
  };
}

/** Furthest that memory is from its median over the second half of the time, as a part of it: caches are full by then. */
export function swing(memory: readonly number[]): number {
  const settled = memory.slice(Math.floor(memory.length / 2));
  const middle = quantile(settled, 0.5);
  return Math.max(...settled.map((bytes) => Math.abs(bytes - middle))) / middle;
}
