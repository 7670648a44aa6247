import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Library } from '../src/library/library.ts';
import { train } from '../src/recommend/train.ts';
import { demo, demoBatches } from '../src/sources/demo/demo.ts';
import { type Bench, type BenchContext, type Line, quantile } from './harness.ts';
import { BareServer } from './load/bare.ts';
import { type Probed, Prober } from './load/prober.ts';
import { MeasuredServer } from './load/server.ts';
import type { Hold } from './routes/hold.ts';
import { type Ids, type Request, requests } from './routes/requests.ts';
import { makeWorld } from './routes/world.ts';

/** Number of repetitions after a route's first request. */
const AGAIN = 2;
/** For this many milliseconds after a request, its after-effects are counted. */
const AFTER = 40;
const GOAL = 20;
/** Given as a value, skips the requests made one by one. */
const TOGETHER = 'all at once';
/** Number of rounds in which all requests are made at once. */
const AT_ONCE = 3;

interface Asked {
  readonly status: string;
  readonly ms: number;
  readonly bytes: number;
  readonly hold: Hold;
}

/** Prepares a request, including its body. @returns a function that sends it */
function prepared(server: MeasuredServer, { method, path, body, headers = {} }: Request): () => Promise<Response> {
  const bytes = body instanceof Uint8Array;
  const type = bytes ? 'application/octet-stream' : 'application/json';
  const sent = body === undefined ? undefined : bytes ? Buffer.from(body) : JSON.stringify(body);
  return () =>
    fetch(server.address + path, {
      method,
      redirect: 'manual',
      headers: { ...(sent !== undefined && { 'content-type': type }), ...headers },
      ...(sent !== undefined && { body: sent }),
    });
}

async function ask(server: MeasuredServer, request: Request, ids: Ids): Promise<Asked> {
  const { path, keep, job, endless } = request;
  const send = prepared(server, request);
  await server.hold();
  const start = performance.now();
  const response = await send();
  let length = 0;
  let text = '';
  if (endless) await response.body!.cancel();
  else {
    const answer = Buffer.from(await response.arrayBuffer());
    length = answer.length;
    text = response.ok && keep ? answer.toString() : answer.subarray(0, 300).toString();
  }
  const ms = performance.now() - start;
  if (job && response.ok) await untilIdle(server, path);
  await sleep(AFTER);
  const hold = await server.hold();
  if (response.ok && keep) keep(JSON.parse(text) as never, ids);
  return { status: response.ok ? String(response.status) : `${response.status} ${text}`, ms, bytes: length, hold };
}

/** Waits until no background work is running. */
async function untilIdle(server: MeasuredServer, path: string): Promise<void> {
  const state = path.startsWith('/api/listeners') || path.endsWith('/sync') ? path : '/api/jobs';
  for (let running = true; running; await sleep(AFTER))
    running = /"(state":"running|running":true)/.test(await (await fetch(server.address + state)).text());
}

const nameOf = ({ operation, what }: Request): string => (what === undefined ? operation : `${operation}, ${what}`);

/** Status and code of an error, and when to try again: without that it was no deliberate refusal. */
function failureOf({ status, headers }: Response, text: string): string {
  const code = /"code":"(\w+)"/.exec(text)?.[1] ?? text.slice(0, 100);
  const after = headers.get('retry-after');
  return `${status} ${code}${after === null ? '' : `, to be tried again after ${after} s`}`;
}

/** Makes all requests at once, repeatedly, while a separate thread probes /healthz and /readyz. */
async function allAtOnce(server: MeasuredServer, make: readonly ((turn: number) => Request)[]): Promise<Line[]> {
  const bare = await BareServer.start();
  const probers = [server.address, server.health, bare.address].map((address) => new Prober(address));
  await server.hold();
  const start = performance.now();
  const statuses = new Map<string, number>();
  const failures = new Map<string, number>();
  const count = (counts: Map<string, number>, what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  for (let turn = AGAIN + 1; turn <= AGAIN + AT_ONCE; turn++) {
    const sends = make.map((one) => ({ request: one(turn), send: prepared(server, one(turn)) }));
    await Promise.all(
      sends.map(async ({ request, send }) => {
        const answer = await send().catch(() => null);
        if (answer === null) {
          count(statuses, 'no answer');
          count(failures, `${nameOf(request)}: no answer`);
          return;
        }
        if (request.endless && answer.ok) await answer.body!.cancel();
        const text = request.endless && answer.ok ? '' : await answer.text();
        count(statuses, answer.status >= 400 ? `${Math.floor(answer.status / 100)}xx` : String(answer.status));
        if (answer.status >= 500) count(failures, `${nameOf(request)}: ${failureOf(answer, text)}`);
      }),
    );
  }
  const took = performance.now() - start;
  const hold = await server.hold();
  const [own, beside, limit] = (await Promise.all(probers.map((probe) => probe.end()))) as [
    readonly Probed[],
    readonly Probed[],
    readonly Probed[],
  ];
  await bare.end();
  const line = (port: string, probed: readonly Probed[], rate: string): Line => {
    const times = probed.map(({ ms }) => ms);
    const most = Math.max(...times);
    return {
      what: `all ${make.length} requests at once, ${AT_ONCE} times: /healthz and /readyz on the ${port}`,
      median: quantile(times, 0.5),
      spread: Number.NaN,
      runs: times.length,
      rate: `p99 ${quantile(times, 0.99).toFixed(0)}, at most ${most.toFixed(0)} ms; ${rate}`,
      quality: `in ${(took / 1000).toFixed(1)} s; ${[...statuses].map(([status, n]) => `${n} × ${status}`).join(', ')}`,
      goal: { text: `at most ${GOAL} ms`, met: most <= GOAL && probed.every(({ ok }) => ok) },
    };
  };
  return [
    line("server's port", own, `longest turn ${hold.processorMs.toFixed(1)} (${hold.ms.toFixed(0)})`),
    line('health port', beside, 'on a thread of its own'),
    line('port of a server without work', limit, 'the limit of this machine at this moment'),
    ...[...failures].map(([what, runs]) => ({ what: `at once, ${what}`, median: NaN, spread: NaN, runs })),
  ];
}

const lineOf = (name: string, all: readonly Asked[]): Line => {
  const [cold, ...warm] = all as [Asked, ...Asked[]];
  const rounded = ({ hold }: Asked): string => `${hold.processorMs.toFixed(1)} (${hold.ms.toFixed(0)})`;
  const most = Math.max(...all.map(({ hold }) => hold.processorMs));
  return {
    what: name,
    median: quantile(
      warm.map(({ ms }) => ms),
      0.5,
    ),
    spread: Number.NaN,
    runs: all.length,
    rate: `${rounded(cold)}, then ${warm.map(rounded).join(', ')}; in all ${cold.hold.totalMs.toFixed(0)}, then ${warm.at(-1)!.hold.totalMs.toFixed(0)}`,
    quality: `first answer ${cold.ms.toFixed(0)} ms, ${(cold.bytes / 1000).toFixed(1)} kB, ${cold.status.slice(0, 160)}`,
    goal: { text: `≤ ${GOAL} ms of processor`, met: most <= GOAL },
  };
};

async function run({ seed, values, say }: BenchContext): Promise<Line[]> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-bench-'));
  const dir = join(folder, 'library');
  if (values[0]) await cp(values[0], dir, { recursive: true });
  else {
    const library = await Library.open(dir);
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 20_000, playlists: 3000, seed }));
    await train(library, { seed });
  }
  say('a listener with a long history');
  const world = await makeWorld(dir, seed);
  const server = await MeasuredServer.start(dir, [`--import=${new URL('./routes/hold.ts', import.meta.url)}`]);
  try {
    const description = (await (await fetch(`${server.address}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const all = Object.values(description.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    const ids: Ids = {};
    const lines: Line[] = [];
    const met = new Set<string>();
    for (const make of requests(world)) {
      const request = make(ids, 0);
      met.add(request.operation);
      const name = nameOf(request);
      if (values.length > 1 && !values.slice(1).some((part) => name.startsWith(part)) && !request.keep) continue;
      const asked: Asked[] = [];
      for (let turn = 0; turn <= AGAIN; turn++) asked.push(await ask(server, make(ids, turn), ids));
      const line = lineOf(name, asked);
      say(`  ${name}: ${line.rate}; ${line.quality}`);
      lines.push(line);
    }
    if (values.length <= 1 || values.includes(TOGETHER)) {
      say(TOGETHER);
      // Leaves out requests that delete, since the others would find nothing.
      const kept = requests(world).filter((make) => make(ids, 0).method !== 'DELETE');
      lines.push(
        ...(await allAtOnce(
          server,
          kept.map((make) => (turn) => make(ids, turn)),
        )),
      );
    }
    const worst = (line: Line): number => Number(/[\d.]+/.exec(line.rate ?? '')?.[0] ?? 0);
    lines.sort((a, b) => Number(a.goal?.met ?? true) - Number(b.goal?.met ?? true) || worst(b) - worst(a));
    for (const operation of all)
      if (!met.has(operation)) lines.push({ what: `${operation}: no request`, median: NaN, spread: NaN, runs: 0 });
    return lines;
  } finally {
    await server.end();
    await world.server.stop();
    await world.jellyfin.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export const routes: Bench = {
  id: 'routes',
  title:
    'every route, the first time and again, with a long history and the longest lists: longest processor time of the main thread between two turns of its event loop (by the clock, with its waits), in all; the answer; then all at once (--value LIBRARY, copied; [--value ROUTE, or "all at once"]; else the demo world)',
  heavy: true,
  run,
};
