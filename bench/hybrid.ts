import { Value } from '#typebox/value';
import { DatasetBuilder } from '../src/dataset/builder.ts';
import type { Dataset } from '../src/dataset/dataset.ts';
import { Rng } from '../src/math/rng.ts';
import type { HybridConfig } from '../src/models/hybrid/config.ts';
import { hybrid } from '../src/models/hybrid/hybrid.ts';
import { trainingQueryOf } from '../src/models/hybrid/training-queries.ts';
import { demoDataset } from '../src/sources/demo/demo-dataset.ts';
import { mpd } from '../src/sources/mpd.ts';
import { type Bench, lineOf, once, quantile } from './harness.ts';

const QUESTIONS = 300;
const N = 500;

/** The MPD slices under a path; by default a demo world of the sample's size. */
async function datasetOf(path: string | undefined): Promise<Dataset> {
  if (!path) return demoDataset({ tracks: 60_000, playlists: 6000, seed: 1 });
  const builder = new DatasetBuilder();
  for (const file of await mpd.files([path])) for await (const batch of mpd.read(file)) builder.add(batch);
  return builder.finish();
}

export const hybridBench: Bench = {
  id: 'hybrid',
  title:
    'hybrid: training of all retrievers and the ranker, and answers of 500 (--value DIR of MPD slices; else the demo world)',
  heavy: true,
  async run({ seed, values, say }) {
    const dataset = await datasetOf(values[0]);
    const rng = new Rng(seed);
    const config = Value.Default(hybrid.config, {}) as HybridConfig;
    const before = process.cpuUsage();
    let fitted: Awaited<ReturnType<typeof hybrid.fit>> | null = null;
    let said = 0;
    const training = await once(async () => {
      fitted = await hybrid.fit(dataset, config, {
        rng,
        onProgress: ({ fraction, note }) => {
          if (fraction < said + 0.1) return;
          said = fraction;
          say(note);
        },
      });
    });
    const { user, system } = process.cpuUsage(before);
    const answers: number[] = [];
    const processor: number[] = [];
    for (let i = 0; i < QUESTIONS; i++) {
      const training = trainingQueryOf(dataset, rng.below(dataset.owners.count), rng);
      if (!training) continue;
      const cpu = process.cpuUsage();
      const start = performance.now();
      fitted!.recommend(training.query, N);
      answers.push(performance.now() - start);
      const used = process.cpuUsage(cpu);
      processor.push((used.user + used.system) / 1000);
    }
    const p99 = quantile(answers, 0.99);
    return [
      lineOf('training', [training], {
        rate: `${((user + system) / 1e6).toFixed(0)} s of processor time`,
        quality: `${dataset.owners.count} owners, ${dataset.tracks.count} tracks`,
        goal: { text: '≤ 5 min', met: training <= 300_000 },
      }),
      lineOf('an answer', answers, {
        rate: `p99 ${p99.toFixed(0)} ms; ${quantile(processor, 0.5).toFixed(0)} ms of processor time`,
        goal: { text: 'p50 ≤ 30 ms, p99 ≤ 120 ms', met: quantile(answers, 0.5) <= 30 && p99 <= 120 },
      }),
    ];
  },
};
