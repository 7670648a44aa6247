import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Library } from '../../src/library/library.ts';
import { quantile } from '../harness.ts';
import { holdOut, ndcgOf } from './held-out.ts';
import type { PeerStep } from './results.ts';

const SCRIPT = fileURLToPath(new URL('../peers/implicit_models.py', import.meta.url));

/** Songs that the script requests. */
const ANSWER = 500;

interface Answered extends Omit<PeerStep, 'long'> {
  readonly name: string;
  /** Milliseconds: wall-clock and processor time. */
  readonly wall: number[];
  readonly cpu: number[];
  readonly answers: number[][];
}

/**
 * The implicit package's ALS and item neighbours on the same training data, answering the same queries with seeds, one thread per answer.
 * @param python an interpreter that has numpy, scipy and implicit
 */
export async function runPeers(
  python: string,
  library: string,
  seed: number,
  questions: number,
): Promise<Record<string, PeerStep>> {
  const { train, cases } = holdOut(await (await Library.open(library)).dataset(), seed);
  const pace = cases.length / questions;
  const asked = Array.from({ length: questions }, (_, i) => cases[Math.floor(i * pace)]!).filter(
    ({ query }) => query.seeds.length > 0,
  );
  const dir = await mkdtemp(join(tmpdir(), 'segue-peers-'));
  try {
    const { ptr, idx, rows, columns } = train.byOwner;
    await writeFile(join(dir, 'ptr.i32'), ptr);
    await writeFile(join(dir, 'idx.i32'), idx);
    const seeds = asked.map(({ query }) => Array.from(query.seeds));
    await writeFile(join(dir, 'questions.json'), JSON.stringify({ rows, columns, seeds }));
    const child = spawn(python, [SCRIPT, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pieces: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`${SCRIPT} ended with exit code ${code}`);
    const peers = JSON.parse(Buffer.concat(pieces).toString('utf8')) as Answered[];
    return Object.fromEntries(
      peers.map(({ name, wall, cpu, answers, ...cost }) => {
        const ndcg = answers.map((tracks, q) => ndcgOf(Int32Array.from(tracks), asked[q]!.truth, ANSWER));
        const long = {
          p50: quantile(wall, 0.5),
          p99: quantile(wall, 0.99),
          processor50: quantile(cpu, 0.5),
          processor99: quantile(cpu, 0.99),
          ndcg: ndcg.reduce((sum, value) => sum + value, 0) / ndcg.length,
        };
        return [name, { ...cost, long }];
      }),
    );
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
