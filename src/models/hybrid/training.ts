import type { Dataset } from '../../dataset/dataset.ts';
import { threads } from '../../math/pool.ts';
import type { Progress } from '../../math/progress.ts';
import { Rng } from '../../math/rng.ts';
import type { FitContext } from '../model.ts';
import { step } from '../progress.ts';
import { RANKER_DEFAULTS, type RankingData, type TrainedRanker, trainRanker } from '../ranker/train.ts';
import { type BaseModels, fitBaseModels, loadBaseModels } from './base-models.ts';
import type { HybridCatalogue } from './catalogue.ts';
import { COLUMNS } from './columns.ts';
import type { HybridConfig } from './config.ts';
import { answerFold, type FoldRows, type FoldTask } from './fold.ts';
import { performOnThreads } from './fold-pool.ts';
import { type JudgedRows, type Judgement, judge } from './validation.ts';

/** Most queries that are kept to judge by, and their share of all. */
const JUDGED = 400;
const JUDGED_SHARE = 0.06;

/** Share of the work that goes into the folds; the rest grows trees. */
const ASKING = 0.6;

export interface TrainedHybrid {
  /** Trained on all owners. */
  readonly baseModels: BaseModels;
  readonly ranker: TrainedRanker;
  readonly trainingQueries: number;
  readonly rows: number;
  /** Share of the true tracks that were among the candidates. */
  readonly recall: number;
  /** How candidates are ordered, by held-out queries. */
  readonly judgement: Judgement;
}

/**
 * Trains the ranker by cross-fitting: owners are dealt into folds, and each fold's training queries are answered by retrievers that never saw the fold;
 * and the base models of the finished model. Folds run side by side on worker threads. @throws SegueError CANCELLED
 */
export async function trainHybrid(
  dataset: Dataset,
  catalogue: HybridCatalogue,
  config: HybridConfig,
  context: FitContext,
): Promise<TrainedHybrid> {
  const { rng, signal } = context;
  const onAsking = ({ fraction, note }: Progress): void => context.onProgress?.({ fraction: ASKING * fraction, note });
  const folds = dealFolds(dataset.owners.count, config, context);
  const baseSeed = rng.fork('views').seed;
  let rows: FoldRows[];
  let baseModels: BaseModels;
  if (threads() > 1 && folds.length > 1) {
    const part = { signal, onProgress: onAsking };
    const results = await performOnThreads(dataset, config, folds, baseSeed, threads(), part);
    rows = results.rows;
    baseModels = loadBaseModels(results.baseModels, dataset);
  } else {
    rows = [];
    for (const [f, fold] of folds.entries()) {
      const onProgress = ({ fraction, note }: Progress): void =>
        onAsking({ fraction: (f + fraction) / (folds.length + 1), note });
      rows.push(await answerFold(dataset, catalogue, config, fold, { signal, onProgress }));
    }
    baseModels = await fitBaseModels(dataset, { rng: new Rng(baseSeed), signal });
  }
  await step(context, 'hybrid', ASKING, 'growing trees');
  const data = joinFolds(rows);
  const ranker = trainRanker(
    data,
    {
      ...RANKER_DEFAULTS,
      rounds: config.trees,
      learningRate: config.learningRate,
      leaves: config.leaves,
      columnShare: 0.4,
      queryShare: 0.8,
      l2: 5,
      maxBins: 64,
      truncation: 100,
    },
    {
      rng: rng.fork('ranker'),
      signal,
      onProgress: ({ fraction, note }) => context.onProgress?.({ fraction: ASKING + (1 - ASKING) * fraction, note }),
    },
  );
  const judgement = judge(joinJudged(rows), ranker.ensemble);
  const truths = rows.reduce((sum, fold) => sum + fold.truths, 0);
  const found = rows.reduce((sum, fold) => sum + fold.found, 0);
  return {
    baseModels,
    ranker,
    trainingQueries: data.groups.length - 1,
    rows: data.labels.length,
    recall: truths > 0 ? found / truths : 0,
    judgement,
  };
}

/**
 * Deals the owners that are asked into as few folds as keep each at most 1 / `folds` of all owners: in a large library one fold takes little away
 * from the retrievers.
 */
function dealFolds(owners: number, config: HybridConfig, { rng }: FitContext): FoldTask[] {
  const asked = rng.fork('owners').sample(owners, Math.min(owners, config.maxTrainingQueries));
  const count = Math.min(asked.length, Math.ceil((asked.length * config.folds) / owners));
  const judged = Math.min(JUDGED, Math.floor(JUDGED_SHARE * asked.length));
  return Array.from({ length: count }, (_, f) => ({
    held: asked.filter((_, i) => i % count === f),
    judged: Math.floor(judged / count),
    seed: rng.fork(`fold ${f}`).seed,
  }));
}

function joinJudged(folds: readonly FoldRows[]): JudgedRows {
  const parts = folds.map(({ judged }) => judged);
  const groups = [0];
  for (const part of parts) {
    const before = groups.at(-1)!;
    for (let q = 1; q < part.groups.length; q++) groups.push(before + part.groups[q]!);
  }
  return {
    features: concatenate(parts.map(({ features }) => features)),
    labels: concatenate(parts.map(({ labels }) => labels)),
    groups: Int32Array.from(groups),
    truths: Int32Array.from(parts.flatMap(({ truths }) => [...truths])),
  };
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function joinFolds(folds: readonly FoldRows[]): RankingData {
  const rows = folds.reduce((sum, fold) => sum + fold.labels.length, 0);
  const features = new Float32Array(rows * COLUMNS.length);
  const labels = new Float32Array(rows);
  const groups = [0];
  let at = 0;
  for (const fold of folds) {
    features.set(fold.features, at * COLUMNS.length);
    labels.set(fold.labels, at);
    for (let q = 1; q < fold.groups.length; q++) groups.push(at + fold.groups[q]!);
    at += fold.labels.length;
  }
  return { features, columns: COLUMNS.length, labels, groups: Int32Array.from(groups) };
}
