import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { quantile } from '../harness.ts';
import { BareServer } from './bare.ts';
import { type Probed, Prober } from './prober.ts';
import type { MeasuredServer } from './server.ts';

export interface Offered {
  /** Answers per second, not counting rejected requests. */
  readonly rate: number;
  /** Answers per second of the server's processor time. */
  readonly perCore: number;
  /** Response times of the answered requests, in milliseconds. */
  readonly times: readonly number[];
  readonly refused: number;
  /** Responses that are neither answers nor 503. */
  readonly errors: number;
  /** The server's resident memory in bytes, sampled every second. */
  readonly memory: readonly number[];
  /** Response times of /healthz and /readyz, in milliseconds. */
  readonly probes: readonly number[];
  /** The same on the health-check port. */
  readonly healthPort: readonly number[];
  /** The same for an idle server in a separate process: this machine's lower bound at the time. */
  readonly bare: readonly number[];
  /** Delay of the server's event loop in milliseconds: the part of `probes` that is not caused by clients waiting for a core. */
  readonly eventLoop: { readonly p99: number; readonly most: number };
}

export interface Load {
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** Total requests per second; when omitted, as fast as they are answered. */
  readonly rate?: number;
}

/** autocannon sends its rate in one burst per second; this many generators with staggered starts send it evenly. */
const GENERATORS = 20;

/** Sends recommendation requests to a server for a while, using the bodies in turn, so that no two equal ones coincide. */
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
  // Discard earlier measurements.
  await server.eventLoop();
  const [cpu, start] = [server.cpu(), performance.now()];
  // Each generator needs a client and a request per second; a slow server is sent few requests.
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

/** Largest deviation of memory from its median over the second half of the time, relative to it; by then, caches are full. */
export function swing(memory: readonly number[]): number {
  const settled = memory.slice(Math.floor(memory.length / 2));
  const middle = quantile(settled, 0.5);
  return Math.max(...settled.map((bytes) => Math.abs(bytes - middle))) / middle;
}
