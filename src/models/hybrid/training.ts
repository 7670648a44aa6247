import type { Dataset } from '../../dataset/dataset.ts';
import { threads } from '../../math/pool.ts';
import { within } from '../../math/progress.ts';
import { Rng } from '../../math/rng.ts';
import { resumable, type Stage } from '../checkpoints.ts';
import type { FitContext } from '../model.ts';
import { step } from '../progress.ts';
import { TreeEnsemble } from '../ranker/ensemble.ts';
import { RANKER_DEFAULTS, type TrainedRanker, trainRanker } from '../ranker/train.ts';
import { type BaseModels, fitBaseModels, loadBaseModels } from './base-models.ts';
import type { HybridCatalogue } from './catalogue.ts';
import { COLUMNS } from './columns.ts';
import type { HybridConfig } from './config.ts';
import { coldAttributes } from './content-inputs.ts';
import { answerFold, type FoldTask } from './fold.ts';
import { performOnThreads } from './fold-pool.ts';
import { type FoldRows, joinJudged } from './fold-rows.ts';
import { joinRows, type QueryRows } from './row-store.ts';
import { type Judgement, judge } from './validation.ts';

/** Most queries kept for validation, and their share of all. */
const JUDGED = 400;
const JUDGED_SHARE = 0.06;

/** Most queries by title alone. */
const TITLED = 5000;
/** Fewer title queries than this teach less than all kinds of queries together. */
const LEAST_TITLED = 50;

/** Share of the work spent on the folds; the rest grows trees, those for titles last. */
const ASKING = 0.6;
const GROWING = 0.85;

export interface TrainedHybrid {
  /** Trained on all owners. */
  readonly baseModels: BaseModels;
  readonly ranker: TrainedRanker;
  /** Trees trained only on title queries; null when there are too few titles. */
  readonly titleTrees: TreeEnsemble | null;
  readonly trainingQueries: number;
  readonly rows: number;
  /** Share of the true tracks that were among the candidates. */
  readonly recall: number;
  /** How candidates are ordered, by held-out queries. */
  readonly judgement: Judgement;
}

/**
 * Trains the ranker by cross-fitting: deals owners into folds, and answers each fold's training queries with retrievers that never saw that fold.
 * Also trains the finished model's base models. Folds run in parallel on worker threads. @throws SegueError CANCELLED
 */
export async function trainHybrid(
  dataset: Dataset,
  catalogue: HybridCatalogue,
  config: HybridConfig,
  context: FitContext,
): Promise<TrainedHybrid> {
  const { rng, signal, checkpoints } = context;
  const onAsking = within(context.onProgress, 0, ASKING);
  const folds = dealFolds(dataset.owners.count, config, context);
  const baseSeed = rng.fork('views').seed;
  let rows: FoldRows[];
  let baseModels: BaseModels;
  if (threads() > 1 && folds.length > 1) {
    const part = { signal, onProgress: onAsking, checkpoints };
    const results = await performOnThreads(dataset, config, folds, baseSeed, threads(), part);
    rows = results.rows;
    baseModels = loadBaseModels(results.baseModels, dataset);
  } else {
    rows = [];
    for (const [f, fold] of folds.entries()) {
      const onProgress = within(onAsking, f / (folds.length + 1), (f + 1) / (folds.length + 1));
      rows.push(await answerFold(dataset, catalogue, config, fold, { signal, onProgress, checkpoints }));
    }
    baseModels = await fitBaseModels(
      dataset,
      { rng: new Rng(baseSeed), signal, checkpoints },
      coldAttributes(dataset),
      'all',
    );
  }
  await step(context, 'hybrid', ASKING, 'growing trees');
  const data = joinRows(rows);
  const grow = (rows: QueryRows, name: string, from: number, to: number): TrainedRanker =>
    trainRanker(
      { ...rows, columns: COLUMNS.length },
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
        rng: rng.fork(name),
        signal,
        onProgress: within(context.onProgress, from, to),
      },
    );
  const ranker = await resumable(checkpoints, 'ranker', rankerStage, () => grow(data, 'ranker', ASKING, GROWING));
  const titled = joinRows(rows.map((fold) => fold.titled));
  const titleRanker =
    titled.groups.length <= LEAST_TITLED
      ? null
      : await resumable(checkpoints, 'title ranker', rankerStage, () => grow(titled, 'title ranker', GROWING, 1));
  const judgement = judge(joinJudged(rows.map((fold) => fold.judged)), ranker.ensemble);
  const truths = rows.reduce((sum, fold) => sum + fold.truths, 0);
  const found = rows.reduce((sum, fold) => sum + fold.found, 0);
  return {
    baseModels,
    ranker,
    titleTrees: titleRanker?.ensemble ?? null,
    trainingQueries: data.groups.length - 1,
    rows: data.labels.length,
    recall: truths > 0 ? found / truths : 0,
    judgement,
  };
}

const rankerStage = {
  save: ({ ensemble, importance }: TrainedRanker): Stage => ({ meta: {}, arrays: { ...ensemble.arrays, importance } }),
  load({ arrays }: Stage): TrainedRanker {
    const { importance, ...trees } = arrays;
    const ensemble = new TreeEnsemble(COLUMNS.length, trees as unknown as TreeEnsemble['arrays']);
    return { ensemble, importance: importance as Float64Array };
  },
};

/**
 * Deals the owners that get queries into as few folds as keep each below 1 / `folds` of all owners: in a large library, one fold takes little away
 * from the retrievers.
 */
function dealFolds(owners: number, config: HybridConfig, { rng }: FitContext): FoldTask[] {
  const asked = rng.fork('owners').sample(owners, Math.min(owners, config.maxTrainingQueries));
  const count = Math.min(asked.length, Math.ceil((asked.length * config.folds) / owners));
  const judged = Math.min(JUDGED, Math.floor(JUDGED_SHARE * asked.length));
  return Array.from({ length: count }, (_, f) => ({
    fold: f,
    held: asked.filter((_, i) => i % count === f),
    judged: Math.floor(judged / count),
    titled: Math.floor(TITLED / count),
    seed: rng.fork(`fold ${f}`).seed,
  }));
}
