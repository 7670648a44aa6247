import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { kMeans, plusPlus } from '../src/math/kmeans.ts';
import { Rng } from '../src/math/rng.ts';
import { audio } from '../src/models/audio.ts';
import { autoencoder } from '../src/models/autoencoder/autoencoder.ts';
import { balanced } from '../src/models/balanced.ts';
import { clusters } from '../src/models/clusters.ts';
import { type Fitted, type Model, modelQuery } from '../src/models/model.ts';
import { demoDataset } from '../src/sources/demo/demo-dataset.ts';
import { type Bench, type BenchContext, type Line, lineOf, once, quantile, time } from './harness.ts';

const TRACKS = 200_000;
const SAVED = 2000;
const N = 50;
const D = 20;
const K = 20;

/** Rows around 30 overlapping centres, as songs are: neither separated nor uniform. */
function rowsOf(rng: Rng): Float32Array {
  const centres = new Float32Array(30 * D).map(() => 1.2 * rng.normal());
  const data = new Float32Array(TRACKS * D);
  for (let r = 0; r < TRACKS; r++) {
    const c = rng.below(30);
    for (let j = 0; j < D; j++) data[r * D + j] = centres[c * D + j]! + rng.normal();
  }
  return data;
}

/** scikit-learn's Lloyd from the same start with the same number of iterations. Prints seconds and inertia. */
const PEER = `
import sys, time, warnings
import numpy as np
from sklearn.cluster import KMeans
warnings.filterwarnings('ignore')
folder, iterations = sys.argv[1], int(sys.argv[2])
rows = np.fromfile(folder + '/rows.f32', dtype=np.float32).reshape(-1, ${D})
start = np.fromfile(folder + '/start.f32', dtype=np.float32).reshape(-1, ${D})
KMeans(${K}, init=start, n_init=1, max_iter=2, tol=0).fit(rows[:5000])
for _ in range(3):
    before = time.perf_counter()
    found = KMeans(${K}, init=start, n_init=1, max_iter=iterations, tol=0).fit(rows)
    print(time.perf_counter() - before, found.inertia_, found.n_iter_)
`;

function scikitLearn(
  rows: Float32Array,
  start: Float32Array,
  iterations: number,
): { times: number[]; inertia: number } | null {
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
      .map((line) => line.split(' ').map(Number));
    return { times: runs.map(([seconds]) => seconds! * 1000), inertia: runs[0]![1]! };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function kMeansLines({ seed, say }: BenchContext): Line[] {
  const rng = new Rng(seed);
  const rows = rowsOf(rng);
  const start = plusPlus(rows, TRACKS, D, K, rng.fork('start'));
  const whole = time((i) => kMeans(rows, TRACKS, D, K, { rng: new Rng(seed + i) }), { warmUp: 1, runs: 3, seconds: 1 });
  // Both do exactly as many iterations from the same start.
  const iterations = kMeans(rows, TRACKS, D, K, { rng, start }).iterations;
  let inertia = 0;
  const own = time(
    () => {
      inertia = kMeans(rows, TRACKS, D, K, { rng, start, tolerance: -1, maxIterations: iterations }).inertia;
    },
    { warmUp: 1, runs: 3, seconds: 1 },
  );
  const lines = [
    lineOf(`k-means ${TRACKS} × ${D}, k = ${K}, with k-means++`, whole, {
      goal: { text: '≤ 2 s', met: quantile(whole, 0.5) <= 2000 },
    }),
  ];
  const peer = scikitLearn(rows, start, iterations);
  if (!peer) say('scikit-learn is not there: set SEGUE_BENCH_PYTHON to a Python that has it to compare k-means.');
  const ratio = peer ? quantile(peer.times, 0.5) / quantile(own, 0.5) : Number.NaN;
  lines.push(
    lineOf(`the same from a given start, ${iterations} iterations`, own, {
      quality: `inertia ${inertia.toFixed(0)}`,
      ...(peer && { goal: { text: 'no slower than scikit-learn', met: ratio >= 1 } }),
    }),
  );
  if (peer)
    lines.push(
      lineOf('peer: scikit-learn, same start', peer.times, {
        quality: `inertia ${peer.inertia.toFixed(0)}`,
        rate: `${ratio.toFixed(2)} × ours`,
      }),
    );
  return lines;
}

export const content: Bench = {
  id: 'content',
  title: `Content models on ${TRACKS} tracks of the demo world`,
  heavy: true,
  async run(context) {
    const { seed, say } = context;
    say('making the demo world');
    const dataset = demoDataset({ tracks: TRACKS, playlists: 200, seed });
    const saved = new Rng(seed).sample(TRACKS, SAVED);
    const lines: Line[] = [];
    const fit = async (model: Model, goal?: number): Promise<Fitted> => {
      say(`training ${model.id}`);
      let fitted: Fitted | null = null;
      const took = await once(async () => {
        fitted = await model.fit(dataset, Value.Default(model.config, {}) as Record<string, unknown>, {
          rng: new Rng(seed),
        });
      });
      lines.push(
        lineOf(`training ${model.id}`, [took], goal ? { goal: { text: `≤ ${goal / 1000} s`, met: took <= goal } } : {}),
      );
      return fitted!;
    };
    const ask = (what: string, run: (i: number) => unknown, goal: number): void => {
      const times = time(run, { runs: 30, seconds: 2 });
      lines.push(
        lineOf(what, times, {
          rate: `p99 ${quantile(times, 0.99).toFixed(1)} ms`,
          goal: { text: `p50 ≤ ${goal} ms`, met: quantile(times, 0.5) <= goal },
        }),
      );
    };
    const divided = await fit(clusters);
    ask(`clusters: ${N} from ${SAVED} saved`, () => divided.recommend(modelQuery({ seeds: saved }), N), 50);
    const near = await fit(audio);
    ask('audio: k-NN of one song', (i) => near.similar!(saved[i % SAVED]!, N), 10);
    const even = await fit(balanced);
    ask(`balanced: ${N} from ${SAVED} saved`, () => even.recommend(modelQuery({ seeds: saved }), N), 50);
    const compressed = await fit(autoencoder, 60_000);
    ask('autoencoder: k-NN of one song', (i) => compressed.similar!(saved[i % SAVED]!, N), 10);
    lines.push(...kMeansLines(context));
    return lines;
  },
};
