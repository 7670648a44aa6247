import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Library } from '../src/library/library.ts';
import { Rng } from '../src/math/rng.ts';
import { train } from '../src/recommend/train.ts';
import { demo, demoBatches } from '../src/sources/demo/demo.ts';
import { type Bench, type BenchContext, type Line, lineOf, printTable, quantile } from './harness.ts';
import { type Offered, offer, swing } from './load/offer.ts';
import { MeasuredServer } from './load/server.ts';

const CORES = availableParallelism();
/** Most milliseconds allowed for loading a model. */
const LOADING = 120_000;
/** Clients that send the next request as soon as they have an answer: enough to keep every thread busy. */
const AT_CAPACITY = 4 * CORES;
const QUESTIONS = 5000;
const SEEDS = 10;
const N = 50;
const WARM_SECONDS = 5;
const CAPACITY_SECONDS = 20;
const DEFAULT_MINUTES = 0.5;

/** Goals for each model: answers per second and core, and the 99th percentile in milliseconds. */
const GOALS = [
  { model: 'playlist-neighbours', perCore: 400, p99: 400 },
  { model: 'hybrid', perCore: 25, p99: 400 },
] as const;

/** Distinct queries with ten songs of a playlist each. */
function questions(model: string, library: Awaited<ReturnType<Library['dataset']>>, seed: number): string[] {
  const rng = new Rng(seed);
  return Array.from({ length: QUESTIONS }, () => {
    const songs = new Set<number>();
    while (songs.size < SEEDS) {
      const of = library.tracksOf(rng.below(library.owners.count));
      const from = rng.below(Math.max(1, of.length - SEEDS));
      for (const track of of.subarray(from, from + SEEDS - songs.size)) songs.add(track);
    }
    const seeds = Array.from(songs, (track) => ({ track: library.tracks.vocabulary.id(track) }));
    return JSON.stringify({ model, n: N, seeds });
  });
}

const describe = (offered: Offered): string =>
  `${offered.rate.toFixed(1)} answers/s, ${offered.perCore.toFixed(1)} per second of processor time, p99 ${quantile(offered.times, 0.99).toFixed(0)} ms`;

const spread = (times: readonly number[]): string =>
  `p50 ${quantile(times, 0.5).toFixed(1)}, p99 ${quantile(times, 0.99).toFixed(1)}, at most ${Math.max(...times).toFixed(0)} ms`;

const health = ({ probes, healthPort, bare, eventLoop }: Offered): string =>
  `/healthz and /readyz ${spread(probes)}, on the health port ${spread(healthPort)}, of a server without work ${spread(bare)}; event loop p99 ${eventLoop.p99.toFixed(1)}, at most ${eventLoop.most.toFixed(0)} ms late`;

async function* linesOf(
  server: MeasuredServer,
  goal: (typeof GOALS)[number],
  bodies: string[],
  minutes: number,
): AsyncGenerator<Line> {
  const { model } = goal;
  await server.answered(bodies[0]!, LOADING);
  await offer(server, { bodies, connections: AT_CAPACITY, seconds: WARM_SECONDS });
  const full = await offer(server, { bodies, connections: AT_CAPACITY, seconds: CAPACITY_SECONDS });
  const p99 = quantile(full.times, 0.99);
  yield lineOf(`${model}, at capacity (${AT_CAPACITY} clients)`, full.times, {
    rate: describe(full),
    quality: `${full.errors} errors, ${full.refused} refused; ${health(full)}`,
    goal: {
      text: `≥ ${goal.perCore}/s a core, p99 ≤ ${goal.p99} ms`,
      met: full.perCore >= goal.perCore && p99 <= goal.p99,
    },
  });
  const over = await offer(server, {
    bodies,
    connections: Math.max(1, Math.ceil(6 * full.rate)),
    seconds: minutes * 60,
    rate: Math.max(1, Math.ceil(3 * full.rate)),
  });
  const overP99 = quantile(over.times, 0.99);
  const flat = swing(over.memory);
  yield lineOf(`${model}, 2 × over it for ${minutes} min`, over.times, {
    rate: describe(over),
    quality: `${over.errors} errors, ${over.refused} refused; memory ${(Math.max(...over.memory) / 2 ** 20).toFixed(0)} MB ± ${(100 * flat).toFixed(1)} %; ${health(over)}`,
    goal: {
      text: 'only 503, memory ± 5 %, p99 ≤ 2 × that at capacity, health ≤ 20 ms',
      met: over.errors === 0 && flat <= 0.05 && overP99 <= 2 * p99 && quantile(over.probes, 0.99) <= 20,
    },
  });
}

async function run({ seed, values, minutes = DEFAULT_MINUTES, say }: BenchContext): Promise<Line[]> {
  const folder = await mkdtemp(join(tmpdir(), 'segue-bench-'));
  const dir = values[0] ?? join(folder, 'library');
  const library = await Library.open(dir);
  if (!values[0]) {
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 20_000, playlists: 3000, seed }));
    await train(library, { models: ['playlist-neighbours', 'hybrid'], seed });
  }
  const dataset = await library.dataset();
  const server = await MeasuredServer.start(dir);
  const lines: Line[] = [];
  // The server is a separate process: stopping the bench stops it, too, and prints what was measured so far.
  const stop = async (): Promise<void> => {
    await server.end();
    printTable('measured before it was stopped', lines);
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  server.onEnd((how) => {
    printTable('measured before the server ended', lines);
    console.error(`${how} Its own messages are above.`);
    process.exit(1);
  });
  try {
    for (const goal of GOALS) {
      if (values.length > 1 && !values.slice(1).includes(goal.model)) continue;
      say(`${goal.model} on ${dataset.tracks.count} tracks`);
      for await (const line of linesOf(server, goal, questions(goal.model, dataset, seed), minutes)) {
        lines.push(line);
        say(`  ${line.what}: ${line.rate}; ${line.quality}`);
      }
    }
    return lines;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await server.end();
    await rm(folder, { recursive: true, force: true });
  }
}

export const load: Bench = {
  id: 'load',
  title: `a server at capacity and 2 × over it, lists of ${N} for ${SEEDS} songs (--value LIBRARY [--value MODEL], --minutes M; Linux; else the demo world)`,
  heavy: true,
  run,
};
