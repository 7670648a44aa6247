import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Value } from '#typebox/value';
import { Rng } from '../src/math/rng.ts';
import { modelQuery } from '../src/models/model.ts';
import { modelById } from '../src/models/registry.ts';
import { type Bench, lineOf, once, peakMemory, quantile } from './harness.ts';
import { mpdLibrary } from './mpd-library.ts';

const QUERIES = 200;
const N = 50;
/** Numbers of seeds as in the challenge: 1, 5, 10, 25 or 100 songs. */
const SEEDS = [1, 5, 10, 25, 100];

/** Cost of a model's answer, and of its training, on a demo world of the size of the Million Playlist Dataset. */
function mpdBench(modelId: string, goals: { p50?: number; p99?: number; minutes?: number; gigabytes: number }): Bench {
  return {
    id: `mpd-${modelId}`,
    title: `${modelId} on the MPD-sized demo world (--value DIR of its library; made there when missing)`,
    heavy: true,
    async run({ seed, values, say }) {
      const model = modelById(modelId);
      const library = await mpdLibrary(values[0] ?? join(tmpdir(), 'segue-mpd-library'), say);
      say('reading the library');
      const dataset = await library.dataset();
      const rng = new Rng(seed);
      say('training');
      const trainingBefore = process.cpuUsage();
      let fitted = null as Awaited<ReturnType<typeof model.fit>> | null;
      const training = await once(async () => {
        fitted = await model.fit(dataset, Value.Default(model.config, {}) as Record<string, unknown>, { rng });
      });
      const trained = process.cpuUsage(trainingBefore);
      const times: number[] = [];
      const processor: number[] = [];
      let hits = 0;
      let wanted = 0;
      for (let q = 0; q < QUERIES + 20; q++) {
        const tracks = dataset.tracksOf(rng.below(dataset.owners.count));
        const count = Math.min(SEEDS[q % SEEDS.length]!, Math.ceil(tracks.length / 2));
        const query = modelQuery({ seeds: tracks.subarray(0, count) });
        const before = process.cpuUsage();
        const start = performance.now();
        const answer = fitted!.recommend(query, N);
        const took = performance.now() - start;
        const { user, system } = process.cpuUsage(before);
        // The first queries warm up the caches and the compiler.
        if (q >= 20) {
          times.push(took);
          processor.push((user + system) / 1000);
        }
        const rest = new Set(tracks.subarray(count));
        hits += answer.tracks.filter((t) => rest.has(t)).length;
        wanted += Math.min(N, rest.size);
      }
      const gigabytes = peakMemory() / 1e9;
      const { owners, tracks, byOwner } = dataset;
      const size = `${owners.count} playlists, ${byOwner.idx.length} entries, ${tracks.count} tracks`;
      const p99 = quantile(times, 0.99);
      return [
        lineOf('training', [training], {
          rate: `${((trained.user + trained.system) / 1e6).toFixed(0)} s of processor time`,
          quality: size,
          goal: goals.minutes ? { text: `≤ ${goals.minutes} min`, met: training <= goals.minutes * 60_000 } : undefined,
        }),
        lineOf(`an answer of ${N}`, times, {
          rate: `p99 ${p99.toFixed(1)} ms; processor time p50 ${quantile(processor, 0.5).toFixed(1)}, p99 ${quantile(processor, 0.99).toFixed(1)} ms`,
          quality: `${((100 * hits) / wanted).toFixed(1)} % of the known rest`,
          goal: goals.p50
            ? {
                text: `p50 ≤ ${goals.p50} ms, p99 ≤ ${goals.p99} ms`,
                met: quantile(times, 0.5) <= goals.p50 && p99 <= goals.p99!,
              }
            : undefined,
        }),
        lineOf('peak memory of the process', [Number.NaN], {
          rate: `${gigabytes.toFixed(2)} GB`,
          goal: { text: `≤ ${goals.gigabytes} GB`, met: gigabytes <= goals.gigabytes },
        }),
      ];
    },
  };
}

export const mpdPlaylistNeighbours = mpdBench('playlist-neighbours', { p50: 25, p99: 100, gigabytes: 6 });
export const mpdTrackNeighbours = mpdBench('track-neighbours', { minutes: 10, gigabytes: 16 });
