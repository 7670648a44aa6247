import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Library } from '../src/library/library.ts';
import { demo, demoBatches } from '../src/sources/demo/demo.ts';
import { ROOT } from '../test/support/source-files.ts';
import { type Bench, type BenchContext, type Line, lineOf, quantile } from './harness.ts';
import { HOSTILE_FILES, type HostileFile } from './hostile-files/files.ts';
import { firstUseSeconds, peakBytes, processorTimes } from './process-figures.ts';

const MB = 1e6;
const WHOLE = 100;
/** Interval in milliseconds at which the process is sampled. */
const EVERY = 20;
/** Fractions of an import's time at which it is interrupted. */
const INTERRUPTIONS = [0.3, 0.6, 0.9];
/** Prefix of half-written files. */
const TEMPORARY = '.tmp-';
const GOAL = { seconds: 10, bytes: 1e9, interrupted: 1000, growth: 2.5 };

interface Imported {
  readonly ms: number;
  readonly processor: number;
  /** Part of it that the system took, mostly for memory used for the first time. */
  readonly system: number;
  readonly peak: number;
  /** Milliseconds from Ctrl-C to the end; NaN when the import had already ended. */
  readonly interrupted: number;
  /** Its last output. */
  readonly said: string;
  /** Files in the library that are neither complete nor previous ones. */
  readonly torn: readonly string[];
}

/** Imports a file into a new library, in a separate process. @param interrupt milliseconds after which Ctrl-C is sent */
async function importing(
  folder: string,
  path: string,
  { as, songs }: HostileFile,
  interrupt = Infinity,
): Promise<Imported> {
  const library = join(folder, 'library');
  if (songs)
    await (await Library.open(library)).importBatches(
      demo,
      'demo',
      demoBatches({ tracks: 200, playlists: 20, seed: 1 }),
    );
  const [source, ...options] = as;
  const args = [`${ROOT}bin/segue`, '--library', library, 'import', source, path, ...options];
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said = `${text}`));
  const ended = once(child, 'exit');
  let [processor, system, peak, sent] = [0, 0, 0, Number.NaN];
  while (child.exitCode === null && child.signalCode === null) {
    try {
      const times = processorTimes(child.pid!);
      [processor, system, peak] = [times.own + times.system, times.system, peakBytes(child.pid!)];
    } catch {
      // It has just ended.
    }
    if (Number.isNaN(sent) && performance.now() - start >= interrupt) {
      sent = performance.now();
      child.kill('SIGINT');
    }
    await Promise.race([ended, sleep(EVERY)]);
  }
  const now = performance.now();
  const torn = (await readdir(library, { recursive: true }).catch(() => [])).filter((name) => name.includes(TEMPORARY));
  await rm(library, { recursive: true, force: true });
  return { ms: now - start, processor, system, peak, interrupted: now - sent, said: said.trim().split('\n')[0]!, torn };
}

async function lineFor(folder: string, hostile: HostileFile, say: BenchContext['say'], megabytes: number) {
  const path = join(folder, hostile.file);
  try {
    say(`${hostile.what}, ${megabytes / 2} MB`);
    await hostile.write(path, (megabytes / 2) * MB);
    const half = await importing(folder, path, hostile);
    say(`${hostile.what}, ${megabytes} MB`);
    await hostile.write(path, megabytes * MB);
    const whole = await importing(folder, path, hostile);
    say(`  ${whole.said}`);
    const stopped: number[] = [];
    let torn = 0;
    for (const part of INTERRUPTIONS) {
      const stop = await importing(folder, path, hostile, part * whole.ms);
      if (!Number.isNaN(stop.interrupted)) stopped.push(stop.interrupted);
      torn += stop.torn.length;
    }
    const growth = whole.processor / half.processor;
    const slowest = quantile(stopped, 1);
    return lineOf(`${hostile.what}, ${megabytes} MB`, [whole.ms], {
      rate: `${whole.processor.toFixed(1)} s of processor time, ${whole.system.toFixed(1)} of it the system's, ${growth.toFixed(2)} times that of half the file`,
      quality: `at most ${(whole.peak / MB).toFixed(0)} MB; ${stopped.length > 0 ? `ends ${slowest.toFixed(0)} ms after Ctrl-C, ${torn} torn files` : 'over before Ctrl-C'}; ${whole.said}`,
      goal: {
        text: '≤ 10 s of processor time, ≤ 1 GB, ≤ 2.5 times, ≤ 1 s after Ctrl-C, nothing torn',
        met:
          whole.processor <= GOAL.seconds &&
          whole.peak <= GOAL.bytes &&
          growth <= GOAL.growth &&
          torn === 0 &&
          !(slowest > GOAL.interrupted),
      },
    });
  } finally {
    await rm(path, { force: true });
  }
}

export const hostileFiles: Bench = {
  id: 'hostile-files',
  title: `files of ${WHOLE} MB that are made to stop or swell an import (--value MEGABYTES, --value FILE: only this one; Linux)`,
  heavy: true,
  async run({ values: [megabytes = WHOLE, only], say }) {
    const folder = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    const lines: Line[] = [];
    say(`the first use of 1 GB of memory takes ${firstUseSeconds().toFixed(1)} s on this machine`);
    try {
      for (const hostile of HOSTILE_FILES) {
        if (only !== undefined && hostile.file !== only) continue;
        lines.push(await lineFor(folder, hostile, say, Number(megabytes)));
      }
      return lines;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
