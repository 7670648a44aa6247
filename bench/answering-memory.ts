import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SegueError } from '../src/errors.ts';
import { Library } from '../src/library/library.ts';
import { Metrics } from '../src/recommend/metrics.ts';
import { AnsweringPool } from '../src/serve/answering/pool.ts';
import { SharedFiles } from '../src/serve/answering/shared-files.ts';
import { type Bench, type Line, lineOf } from './harness.ts';

/** Rounds of answers by all threads. */
const ROUNDS = 3;

interface Memory {
  /** In gigabytes: proportional and resident set size of the process. */
  readonly pss: number;
  readonly rss: number;
}

/** Memory of this process as counted by the kernel (Linux). */
function memory(): Memory {
  const text = readFileSync('/proc/self/smaps_rollup', 'utf8');
  const gigabytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)![1]) / 1e6;
  return { pss: gigabytes('Pss'), rss: gigabytes('Rss') };
}

/** Queries the model on every thread until all have loaded it. */
async function fill(dir: string, model: string, threads: number): Promise<Memory> {
  const library = await Library.open(dir);
  const options = { threads, waiting: 64, patience: 600_000, engine: { ahead: 'none' as const } };
  const pool = new AnsweringPool(new SharedFiles(library), dir, new Metrics(), options);
  const { vocabulary, count } = (await library.dataset()).tracks;
  await pool.whenPrepared();
  // On a busy machine, a thread that was ended for loading too long is replaced and loads again.
  for (let full = 0, round = 0; full < ROUNDS; round++) {
    const asked = Array.from({ length: threads }, (_, t) => {
      const at = (i: number): number => (7919 * (1 + i + 10 * t + 100 * round)) % count;
      const seeds = Array.from({ length: 10 }, (_, i) => ({ track: vocabulary.id(at(i)) }));
      return pool.ask('recommend', { n: 500, model, seeds });
    });
    const answers = await Promise.allSettled(asked);
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (!failed) full++;
    else if (!(failed.reason instanceof SegueError && failed.reason.code === 'OVERLOADED')) throw failed.reason;
  }
  const used = memory();
  await pool.close();
  return used;
}

/** As `fill`, in a separate process. @param cache a folder for compiled code, which `bin/segue` keeps, too: with it no thread loads a compiler */
async function measured(dir: string, model: string, threads: number, cache: string): Promise<Memory> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), dir, model, `${threads}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  });
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The process with ${threads} threads ended with exit code ${code}`);
  return JSON.parse(Buffer.concat(pieces).toString('utf8')) as Memory;
}

export const answeringMemory: Bench = {
  id: 'answering-memory',
  title:
    'memory of 4 answering threads against one (--value LIBRARY with a trained model, --value MODEL, default hybrid)',
  heavy: true,
  async run({ values }): Promise<Line[]> {
    const [dir, model = 'hybrid'] = values;
    if (!dir) throw new Error('The bench answering-memory needs --value LIBRARY.');
    const cache = await mkdtemp(join(tmpdir(), 'segue-compiled-'));
    try {
      // The first run fills the cache.
      await measured(dir, model, 1, cache);
      const one = await measured(dir, model, 1, cache);
      return lines(one, await measured(dir, model, 4, cache));
    } finally {
      await rm(cache, { recursive: true, force: true });
    }
  },
};

function lines(one: Memory, four: Memory): Line[] {
  const line = (what: string, { pss, rss }: Memory): Line => ({
    ...lineOf(what, [Number.NaN]),
    rate: `Pss ${pss.toFixed(2)} GB, Rss ${rss.toFixed(2)} GB`,
  });
  const ratio = four.pss / one.pss;
  return [
    line('one thread', one),
    { ...line('four threads', four), goal: { text: `≤ 1.3 × one; ${ratio.toFixed(2)} ×`, met: ratio <= 1.3 } },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [dir, model, threads] = process.argv.slice(2);
  console.log(JSON.stringify(await fill(dir!, model!, Number(threads))));
}
