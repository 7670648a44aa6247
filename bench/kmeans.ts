import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KMeans, kMeans, plusPlus } from '../src/math/kmeans.ts';
import { Rng } from '../src/math/rng.ts';
import { type Bench, type Line, lineOf, quantile, time } from './harness.ts';

const ROWS = 200_000;
const D = 20;
const K = 20;
const RUNS = 7;

/** Rows around 30 overlapping centres, as songs are: neither separated nor uniform. */
function rowsOf(rng: Rng): Float32Array {
  const centres = new Float32Array(30 * D).map(() => 1.2 * rng.normal());
  const data = new Float32Array(ROWS * D);
  for (let r = 0; r < ROWS; r++) {
    const c = rng.below(30);
    for (let j = 0; j < D; j++) data[r * D + j] = centres[c * D + j]! + rng.normal();
  }
  return data;
}

/** scikit-learn's Lloyd from the same start with the same number of iterations, then with its own k-means++. Prints milliseconds and inertia. */
const PEER = `
import sys, time, warnings
import numpy as np
from sklearn.cluster import KMeans
warnings.filterwarnings('ignore')
folder, iterations = sys.argv[1], int(sys.argv[2])
rows = np.fromfile(folder + '/rows.f32', dtype=np.float32).reshape(-1, ${D})
start = np.fromfile(folder + '/start.f32', dtype=np.float32).reshape(-1, ${D})
KMeans(${K}, init=start, n_init=1, max_iter=2, tol=0).fit(rows[:5000])
for name, given in (('start', dict(init=start, max_iter=iterations, tol=0)), ('whole', dict(init='k-means++'))):
    for seed in range(${RUNS}):
        before, processor = time.perf_counter(), time.process_time()
        found = KMeans(${K}, n_init=1, random_state=seed, **given).fit(rows)
        print(name, 1000 * (time.perf_counter() - before), found.inertia_, 1000 * (time.process_time() - processor))
`;

/** Wall-clock and processor milliseconds, and the results. */
interface Runs {
  times: number[];
  processor: number[];
  inertias: number[];
}

function runsOf(fit: (i: number) => KMeans): Runs {
  const processor: number[] = [];
  const inertias: number[] = [];
  const times = time(
    (i) => {
      const before = process.cpuUsage();
      inertias.push(fit(i).inertia);
      const { user, system } = process.cpuUsage(before);
      processor.push((user + system) / 1000);
    },
    { warmUp: 2, runs: RUNS },
  );
  return { times, processor: processor.slice(2), inertias: inertias.slice(2) };
}

function scikitLearn(
  rows: Float32Array,
  start: Float32Array,
  iterations: number,
): Record<'start' | 'whole', Runs> | null {
  const folder = mkdtempSync(join(tmpdir(), 'segue-bench-'));
  try {
    writeFileSync(join(folder, 'rows.f32'), rows);
    writeFileSync(join(folder, 'start.f32'), start);
    const python = process.env.SEGUE_BENCH_PYTHON ?? 'python3';
    const { status, stdout } = spawnSync(python, ['-c', PEER, folder, String(iterations)], { encoding: 'utf8' });
    if (status !== 0) return null;
    const runs = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    const of = (name: string): Runs => {
      const column = (c: number): number[] => runs.filter((run) => run[0] === name).map((run) => Number(run[c]));
      return { times: column(1), inertias: column(2), processor: column(3) };
    };
    return { start: of('start'), whole: of('whole') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const qualityOf = ({ inertias, processor }: Runs): string =>
  `inertia ${quantile(inertias, 0.5).toFixed(0)}, ${quantile(processor, 0.5).toFixed(0)} ms of processor time`;

export const kmeans: Bench = {
  id: 'kmeans',
  title: `k-means of ${ROWS} × ${D} with k = ${K}`,
  async run({ seed, say }) {
    const rng = new Rng(seed);
    const rows = rowsOf(rng);
    const start = plusPlus(rows, ROWS, D, K, rng.fork('start'));
    // Both perform the same number of iterations from the same start.
    const { iterations } = kMeans(rows, ROWS, D, K, { rng, start });
    // The kernels' threads need a moment to start.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const own = runsOf(() => kMeans(rows, ROWS, D, K, { rng, start, tolerance: -1, maxIterations: iterations }));
    const whole = runsOf((i) => kMeans(rows, ROWS, D, K, { rng: new Rng(seed + i), tolerance: 0, maxIterations: 300 }));
    const peer = scikitLearn(rows, start, iterations);
    if (!peer) say('scikit-learn is not there: set SEGUE_BENCH_PYTHON to a Python that has it to compare.');
    const part = (ours: Runs, theirs: Runs): number => quantile(ours.times, 0.5) / quantile(theirs.times, 0.5);
    const line = (what: string, runs: Runs, extra: Partial<Line>): Line =>
      lineOf(what, runs.times, { quality: qualityOf(runs), ...extra });
    const beside = (runs: Runs, other: Runs): Partial<Line> => ({
      rate: `${part(runs, other).toFixed(2)} × the peer's time`,
    });
    const limit = { text: '≤ 2 s', met: quantile(whole.times, 0.5) <= 2000 };
    const ours = `from a given start, ${iterations} iterations`;
    const toEnd = 'with k-means++, until it stands still';
    if (!peer) return [line(ours, own, {}), line(toEnd, whole, { goal: limit })];
    const level = { text: 'no slower than scikit-learn', met: part(own, peer.start) <= 1 };
    return [
      line(ours, own, { ...beside(own, peer.start), goal: level }),
      line('peer: scikit-learn, same start', peer.start, {}),
      line(toEnd, whole, { ...beside(whole, peer.whole), goal: limit }),
      line('peer: scikit-learn, the same', peer.whole, {}),
    ];
  },
};
