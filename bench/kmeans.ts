import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kMeans, plusPlus } from '../src/math/kmeans.ts';
import { Rng } from '../src/math/rng.ts';
import { type Bench, lineOf, quantile, time } from './harness.ts';

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
        before = time.perf_counter()
        found = KMeans(${K}, n_init=1, random_state=seed, **given).fit(rows)
        print(name, 1000 * (time.perf_counter() - before), found.inertia_)
`;

interface PeerRuns {
  times: number[];
  inertias: number[];
}

function scikitLearn(
  rows: Float32Array,
  start: Float32Array,
  iterations: number,
): Record<'start' | 'whole', PeerRuns> | null {
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
    const of = (name: string): PeerRuns => {
      const own = runs.filter((run) => run[0] === name);
      return { times: own.map((run) => Number(run[1])), inertias: own.map((run) => Number(run[2])) };
    };
    return { start: of('start'), whole: of('whole') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const inertiaOf = (values: readonly number[]): string => `inertia ${quantile(values, 0.5).toFixed(0)}`;

export const kmeans: Bench = {
  id: 'kmeans',
  title: `k-means of ${ROWS} × ${D} with k = ${K}`,
  async run({ seed, say }) {
    const rng = new Rng(seed);
    const rows = rowsOf(rng);
    const start = plusPlus(rows, ROWS, D, K, rng.fork('start'));
    // Both do exactly as many iterations from the same start.
    const { iterations } = kMeans(rows, ROWS, D, K, { rng, start });
    // The kernels' threads start when this one is free for a moment.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const inertias: number[] = [];
    const own = time(
      () => {
        inertias.push(kMeans(rows, ROWS, D, K, { rng, start, tolerance: -1, maxIterations: iterations }).inertia);
      },
      { runs: RUNS },
    );
    const wholeInertias: number[] = [];
    const whole = time(
      (i) => {
        wholeInertias.push(kMeans(rows, ROWS, D, K, { rng: new Rng(seed + i) }).inertia);
      },
      { warmUp: 1, runs: RUNS },
    );
    const peer = scikitLearn(rows, start, iterations);
    if (!peer) say('scikit-learn is not there: set SEGUE_BENCH_PYTHON to a Python that has it to compare.');
    const ratio = (ours: number[], theirs: number[]): number => quantile(ours, 0.5) / quantile(theirs, 0.5);
    const part = peer ? ratio(own, peer.start.times) : Number.NaN;
    const wholePart = peer ? ratio(whole, peer.whole.times) : Number.NaN;
    return [
      lineOf(`from a given start, ${iterations} iterations`, own, {
        quality: inertiaOf(inertias),
        ...(peer && {
          rate: `${part.toFixed(2)} × the peer's time`,
          goal: { text: 'no slower than scikit-learn', met: part <= 1 },
        }),
      }),
      ...(peer
        ? [lineOf('peer: scikit-learn, same start', peer.start.times, { quality: inertiaOf(peer.start.inertias) })]
        : []),
      lineOf('with k-means++, until it stands still', whole, {
        quality: inertiaOf(wholeInertias),
        ...(peer && { rate: `${wholePart.toFixed(2)} × the peer's time` }),
        goal: { text: '≤ 2 s', met: quantile(whole, 0.5) <= 2000 },
      }),
      ...(peer
        ? [lineOf('peer: scikit-learn, the same', peer.whole.times, { quality: inertiaOf(peer.whole.inertias) })]
        : []),
    ];
  },
};
