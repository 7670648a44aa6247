import type { Dataset } from '../../src/dataset/dataset.ts';
import { discountTable } from '../../src/evaluate/metrics/discounts.ts';
import type { EvaluationCase, Fold } from '../../src/evaluate/protocol.ts';
import { challenge } from '../../src/evaluate/protocols/challenge.ts';
import { bootstrapIntervals } from '../../src/evaluate/statistics/bootstrap.ts';
import { Rng } from '../../src/math/rng.ts';
import type { Fitted } from '../../src/models/model.ts';
import { quantile } from '../harness.ts';

const PER_SCENARIO = 100;

/** The dataset without 1,000 playlists, a hundred for each scenario of the challenge, and the queries for these. */
export function holdOut(dataset: Dataset, seed: number): Fold {
  const [fold] = challenge.folds(
    dataset,
    { perScenario: PER_SCENARIO, minHeldOut: 15 },
    new Rng(seed).fork('protocol challenge'),
  );
  return fold!;
}

const { gain, ideal } = discountTable((rank) => (rank === 1 ? 1 : 1 / Math.log2(rank)))(500);

/** The challenge's NDCG of an answer to a request for n songs. */
export function ndcgOf(tracks: Int32Array, truth: ArrayLike<number>, n: number): number {
  const wanted = new Set(Array.from(truth));
  let sum = 0;
  for (let i = 0; i < tracks.length; i++) if (wanted.has(tracks[i]!)) sum += gain[i + 1]!;
  return sum / ideal[Math.min(wanted.size, n)]!;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Milliseconds. Processor time is more meaningful when the machine is busy with other work. */
export interface AskedFigures {
  readonly p50: number;
  readonly p99: number;
  readonly processor50: number;
  readonly processor99: number;
  readonly ndcg: number;
}

/** Wall-clock and processor milliseconds of each query, and the NDCG of its answer. */
export class Asked {
  readonly wall: number[] = [];
  readonly processor: number[] = [];
  readonly ndcg: number[] = [];

  ask(fitted: Fitted, { query, truth }: EvaluationCase, n: number): void {
    const before = process.cpuUsage();
    const start = performance.now();
    const { tracks } = fitted.recommend(query, n);
    this.wall.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    this.processor.push((user + system) / 1000);
    this.ndcg.push(ndcgOf(tracks, truth, n));
  }

  get figures(): AskedFigures {
    return {
      p50: quantile(this.wall, 0.5),
      p99: quantile(this.wall, 0.99),
      processor50: quantile(this.processor, 0.5),
      processor99: quantile(this.processor, 0.99),
      ndcg: sumOf(this.ndcg) / this.ndcg.length,
    };
  }
}

/** A relative loss; negative for a gain. */
export interface Loss {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2000;

/** Relative loss of the mean, with its 95 % interval; both sides answer the same queries, which are resampled together. */
export function lossOf(values: readonly number[], reference: readonly number[], seed: number): Loss {
  const columns = [{ sums: Float64Array.from(values), weights: Float64Array.from(reference) }];
  const [[low, high]] = bootstrapIntervals(columns, RESAMPLES, new Rng(seed).fork('loss')) as [[number, number]];
  return { mean: 1 - sumOf(values) / sumOf(reference), low: 1 - high, high: 1 - low };
}
