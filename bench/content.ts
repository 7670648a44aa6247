import { Value } from '#typebox/value';
import { tasteMap } from '../src/explore/layout.ts';
import { Rng } from '../src/math/rng.ts';
import { audio } from '../src/models/audio.ts';
import { autoencoder } from '../src/models/autoencoder/autoencoder.ts';
import { balanced } from '../src/models/balanced.ts';
import { clusters } from '../src/models/clusters.ts';
import { type Fitted, type Model, modelQuery } from '../src/models/model.ts';
import { demoDataset } from '../src/sources/demo/demo-dataset.ts';
import { type Bench, type Line, lineOf, once, quantile, time } from './harness.ts';

const TRACKS = 200_000;
const SAVED = 2000;
const N = 50;
export const content: Bench = {
  id: 'content',
  title: `Content models on ${TRACKS} tracks of the demo world`,
  heavy: true,
  async run({ seed, say }) {
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
    for (const method of ['principal', 'neighbours'] as const) {
      say(`map: ${method}`);
      lines.push(lineOf(`map of all tracks: ${method}`, [await once(() => tasteMap(dataset, { method, seed }))]));
    }
    const compressed = await fit(autoencoder, 60_000);
    ask('autoencoder: k-NN of one song', (i) => compressed.similar!(saved[i % SAVED]!, N), 10);
    return lines;
  },
};
