import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Library } from '../src/library/library.ts';
import { train } from '../src/recommend/train.ts';
import { demo, demoBatches } from '../src/sources/demo/demo.ts';
import { type Bench, lineOf, once, quantile } from './harness.ts';

const SEGUE = fileURLToPath(new URL('../bin/segue', import.meta.url));
const TRACKS = 200_000;
const ROUNDS = 5;

/** Starts the server and resolves when it has announced its address. */
function ready(dir: string): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(process.execPath, [SEGUE, '--library', dir, 'serve', '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /http:\/\/[\d.:]+/.exec(said)?.[0];
      if (address) resolve({ child, address });
    });
    child.on('exit', () => reject(new Error(said)));
  });
}

/** Processor milliseconds used by a process; NaN where /proc does not exist. On a busy machine this is more meaningful than wall-clock time. */
async function processorTime(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

export const readiness: Bench = {
  id: 'ready',
  title: `Server ready on a library of ${TRACKS.toLocaleString('en')} songs (goal: ≤ 3 s)`,
  async run({ seed, say }) {
    const dir = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    try {
      say('making the library');
      const library = await Library.open(dir);
      await library.importBatches(demo, 'bench', demoBatches({ tracks: TRACKS, playlists: 5000, seed }));
      await train(library, { models: ['popularity', 'balanced'] });
      const times = {
        listening: [] as number[],
        health: [] as number[],
        answer: [] as number[],
        search: [] as number[],
      };
      const processor: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const start = performance.now();
        const { child, address } = await ready(dir);
        times.listening.push(performance.now() - start);
        processor.push(await processorTime(child.pid));
        await (await fetch(`${address}/healthz`)).json();
        times.health.push(performance.now() - start);
        await fetch(`${address}/api/recommendations`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ seeds: [{ track: 'demo:track:000001' }], n: 20 }),
        });
        times.answer.push(performance.now() - start);
        await (await fetch(`${address}/api/tracks?q=silver`)).json();
        times.search.push(performance.now() - start);
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await ended;
      }
      const files = (await readdir(dir)).filter((name) => name.endsWith('.bin'));
      const limit = await once(() => Promise.all(files.map((name) => readFile(join(dir, name)))));
      const node = await once(() => new Promise((resolve) => spawn(process.execPath, ['-e', '0']).on('exit', resolve)));
      return [
        lineOf('listening', times.listening, {
          rate: `${quantile(processor, 0.5).toFixed(0)} ms of processor`,
          goal: { text: '≤ 3 s', met: quantile(times.listening, 0.5) <= 3000 },
        }),
        lineOf('first /healthz', times.health),
        lineOf('first recommendation', times.answer),
        lineOf('first search (index built)', times.search),
        lineOf('limit: an empty Node process, and reading the files', [limit + node]),
      ];
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  },
};
