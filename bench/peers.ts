import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readShared } from '../src/library/files.ts';
import { Library } from '../src/library/library.ts';
import { TopK } from '../src/math/topk.ts';
import type { FittedAls } from '../src/models/als/fitted.ts';
import { decodeArtifact } from '../src/models/artifact.ts';
import type { Fitted } from '../src/models/model.ts';
import { modelById } from '../src/models/registry.ts';
import { holdOut, ndcgOf } from './growth/held-out.ts';
import { type Bench, type BenchContext, type Line, lineOf, quantile } from './harness.ts';

const SCRIPT = fileURLToPath(new URL('./peers/answering.py', import.meta.url));
const N = 500;
const QUESTIONS = 180;
const ROUNDS = 3;
/** Candidates that hnswlib keeps while searching, which trade recall for time. */
const BREADTHS = [500, 1000, 2000, 4000, 8000];

/** Milliseconds: wall-clock and processor time. */
interface Times {
  readonly wall: number;
  readonly processor: number;
}
interface Reply extends Times {
  readonly found: number[];
}

/** The packages in a separate process, given one query at a time. */
class Peers {
  private readonly child;
  private readonly lines;

  constructor(python: string, folder: string) {
    this.child = spawn(python, [SCRIPT, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** @throws Error when the process has ended */
  async next<T>(): Promise<T> {
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`${SCRIPT} ended before it answered`);
    return JSON.parse(value) as T;
  }

  async ask(question: object): Promise<Reply> {
    this.child.stdin.write(`${JSON.stringify({ ...question, n: N })}\n`);
    return this.next<Reply>();
  }

  async end(): Promise<void> {
    const ended = this.child.exitCode === null && this.child.signalCode === null ? once(this.child, 'exit') : null;
    this.child.stdin.end();
    await ended;
  }
}

/** Times of one side, and the quality of its answers. */
class Side {
  readonly wall: number[] = [];
  readonly processor: number[] = [];
  quality = 0;

  add({ wall, processor }: Times, quality: number): void {
    this.wall.push(wall);
    this.processor.push(processor);
    this.quality += quality;
  }

  get mean(): number {
    return this.quality / this.wall.length;
  }

  line(what: string, quality: string, extra: Partial<Line> = {}): Line {
    const rate = `p99 ${quantile(this.wall, 0.99).toPrecision(3)} ms; processor p50 ${quantile(this.processor, 0.5).toPrecision(3)} ms`;
    return lineOf(what, this.wall, { rate, quality: `${quality} ${this.mean.toFixed(4)}`, ...extra });
  }
}

function timed(run: () => Int32Array): Times & { found: Int32Array } {
  const before = process.cpuUsage();
  const start = performance.now();
  const found = run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { wall, processor: (user + system) / 1000, found };
}

/** Our median relative to the peer's, in wall-clock time. */
const against = (ours: Side, peer: Side): number => quantile(ours.wall, 0.5) / quantile(peer.wall, 0.5);

async function compare(python: string, library: string, { seed, say }: BenchContext): Promise<Line[]> {
  const { train, cases } = holdOut(await (await Library.open(library)).dataset(), seed);
  const load = async (id: string): Promise<Fitted> => {
    const bytes = await readShared(join(`${library}-bench`, `${id}.model`));
    if (!bytes) throw new Error(`${id} is not trained in ${library}-bench. Run: npm run bench -- growth`);
    return modelById(id).load(decodeArtifact(bytes, id), train);
  };
  const neighbours = await load('track-neighbours');
  const als = (await load('als')) as FittedAls;
  const withSeeds = cases.filter(({ query }) => query.seeds.length > 0);
  const pace = Math.max(1, withSeeds.length / QUESTIONS);
  const asked = withSeeds.filter((_, i) => Math.floor(i / pace) !== Math.floor((i - 1) / pace));
  const folder = await mkdtemp(join(tmpdir(), 'segue-peers-'));
  const { ptr, idx, rows, columns } = train.byOwner;
  const { table, d } = als.distinctVectors;
  await writeFile(join(folder, 'ptr.i32'), ptr);
  await writeFile(join(folder, 'idx.i32'), idx);
  await writeFile(join(folder, 'table.f32'), table);
  await writeFile(join(folder, 'shape.json'), JSON.stringify({ rows, columns, dimension: d }));
  const peers = new Peers(python, folder);
  try {
    for (let i = 0; i < 2; i++) {
      const { what, processor } = await peers.next<{ what: string; processor: number }>();
      say(`the peer's ${what}: built in ${processor.toFixed(1)} s of processor time`);
    }
    const sides = { ours: new Side(), knn: new Side(), scan: new Side() };
    const graphs = BREADTHS.map(() => new Side());
    const scores = new Float32Array(als.columns);
    const best = (vector: Float32Array): Int32Array => {
      als.scorePoint(vector, scores);
      const top = new TopK(N);
      for (let i = 0; i < scores.length; i++) if (scores[i]! > top.threshold) top.push(i, scores[i]!);
      return top.drain().items;
    };
    // The first round of each pair warms both sides up and is not counted. Pairs are not interleaved, because a scan evicts the caches for whatever
    // runs next.
    for (let round = 0; round <= ROUNDS; round++)
      for (const { query, truth } of asked) {
        const ours = timed(() => neighbours.recommend(query, N).tracks);
        const theirs = await peers.ask({ what: 'neighbours', seeds: Array.from(query.seeds) });
        if (round === 0) continue;
        sides.ours.add(ours, ndcgOf(ours.found, truth, N));
        sides.knn.add(theirs, ndcgOf(Int32Array.from(theirs.found), truth, N));
      }
    say('item neighbours compared');
    const vectors = asked.map(({ query }) => als.foldIn(query.seeds, query.weights));
    const exact: Set<number>[] = [];
    for (const vector of vectors)
      exact.push(new Set((await peers.ask({ what: 'all', vector: Array.from(vector) })).found));
    for (let round = 0; round <= ROUNDS; round++)
      for (const [q, vector] of vectors.entries()) {
        const recall = (found: ArrayLike<number>): number =>
          Array.from(found).filter((item) => exact[q]!.has(item)).length / N;
        const ours = timed(() => best(vector));
        if (round > 0) sides.scan.add(ours, recall(ours.found));
        for (const [b, breadth] of BREADTHS.entries()) {
          const theirs = await peers.ask({ what: 'graph', vector: Array.from(vector), breadth });
          if (round > 0) graphs[b]!.add(theirs, recall(theirs.found));
        }
      }
    const level = graphs.find(({ mean }) => mean >= sides.scan.mean);
    return [
      sides.ours.line('track-neighbours', 'NDCG@500', {
        goal: {
          text: `no slower than item-kNN of implicit (${against(sides.ours, sides.knn).toFixed(2)} ×), no worse`,
          met: against(sides.ours, sides.knn) <= 1 && sides.ours.mean >= sides.knn.mean,
        },
      }),
      sides.knn.line('peer: item-kNN of implicit (cosine)', 'NDCG@500'),
      sides.scan.line('als: the best 500 by a scan in int8', 'recall of the exact best', {
        goal: {
          text: level
            ? `no slower than hnswlib at this recall (${against(sides.scan, level).toFixed(2)} ×)`
            : 'no slower than hnswlib at this recall (which it does not reach)',
          met: !level || against(sides.scan, level) <= 1,
        },
      }),
      ...graphs.map((side, b) => side.line(`peer: hnswlib, breadth ${BREADTHS[b]}`, 'recall of the exact best')),
    ];
  } finally {
    await peers.end();
    await rm(folder, { recursive: true, force: true });
  }
}

export const peersBench: Bench = {
  id: 'peers',
  title:
    'answers of track-neighbours and als against implicit and hnswlib, question by question by turns (--value LIBRARY: one that growth has trained, e.g. DIR/200000)',
  heavy: true,
  async run(context) {
    const [library] = context.values;
    const python = process.env.SEGUE_BENCH_PYTHON;
    if (!library) throw new Error('Name a library of the bench growth: --value DIR/200000');
    if (!python) throw new Error('SEGUE_BENCH_PYTHON names no Python. Expected: one with implicit and hnswlib.');
    return compare(python, library, context);
  },
};
