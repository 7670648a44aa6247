import type { Dataset } from '../../dataset/dataset.ts';
import { within } from '../../math/progress.ts';
import { Rng } from '../../math/rng.ts';
import { resumable } from '../checkpoints.ts';
import type { FitContext } from '../model.ts';
import { step } from '../progress.ts';
import { disposeBaseModels, fitBaseModels } from './base-models.ts';
import { boundsFor } from './bounds.ts';
import type { HybridCatalogue } from './catalogue.ts';
import { COLUMNS } from './columns.ts';
import type { HybridConfig } from './config.ts';
import { coldAttributes } from './content-inputs.ts';
import { Features } from './features.ts';
import { type FoldRows, foldStage, joinFold } from './fold-rows.ts';
import { RetrieverScores } from './retriever-scores.ts';
import { RowStore } from './row-store.ts';
import { type TrainingQuery, titleQueryOf, trainingQueryOf } from './training-queries.ts';

/** Share of a fold's work spent on training the base models. */
const BASE_TRAINING = 0.35;

/** Owners from whom the ranker learns together, since the retrievers that answer their training queries saw none of them. */
export interface FoldTask {
  /** Number of the fold. */
  readonly fold: number;
  /** Owners whose tracks the training queries ask for. */
  readonly held: Int32Array;
  /** How many of these, counted from the first, are used for validation only. */
  readonly judged: number;
  /** How many of the others, at most, also get a query by title alone. */
  readonly titled: number;
  readonly seed: number;
}

/** A validation query keeps the candidates that some retriever ranks above this: a candidate below it everywhere will not rank among the first 20. */
const JUDGED_PLACES = 100;
/** Owners per stage, which is the most work that an interrupted training repeats. */
const STAGE = 1000;

/**
 * Trains the retrievers on all owners but the held-out ones and answers training queries about these. Keeps every true track among the candidates,
 * and a random sample of the others. Gives the same rows on any thread, resumed or not. @throws SegueError CANCELLED
 */
export async function answerFold(
  dataset: Dataset,
  catalogue: HybridCatalogue,
  config: Pick<HybridConfig, 'trainingQueriesPerOwner' | 'negatives'>,
  { fold, held, judged, titled, seed }: FoldTask,
  context: Omit<FitContext, 'rng'>,
): Promise<FoldRows> {
  const { checkpoints } = context;
  const rng = new Rng(seed);
  const isHeld = new Uint8Array(dataset.owners.count);
  for (const owner of held) isHeld[owner] = 1;
  const rest = Int32Array.from({ length: isHeld.length }, (_, owner) => owner).filter((owner) => isHeld[owner] === 0);
  const train = dataset.withOwners(rest);
  const baseModels = await fitBaseModels(
    train,
    {
      rng: rng.fork('views'),
      signal: context.signal,
      onProgress: within(context.onProgress, 0, BASE_TRAINING),
      checkpoints,
    },
    coldAttributes(dataset),
    `fold ${fold}`,
  );
  const features = new Features(new RetrieverScores(train, catalogue, baseModels, boundsFor(dataset.owners.count)));
  let sampler = rng.fork('questions');
  const parts: FoldRows[] = [];
  for (let from = 0; from < held.length; from += STAGE) {
    const answered = await resumable(checkpoints, `fold ${fold} queries ${from}`, foldStage, async () => {
      const rows = await answer(from, Math.min(held.length, from + STAGE));
      return { rows, sampler: sampler.state };
    });
    sampler = Rng.at(answered.sampler);
    parts.push(answered.rows);
  }
  features.dispose();
  disposeBaseModels(baseModels);
  return joinFold(parts);

  async function answer(from: number, to: number): Promise<FoldRows> {
    const rows = new RowStore(COLUMNS.length);
    const judgedRows = new RowStore(COLUMNS.length);
    const judgedTruths: number[] = [];
    const titledRows = new RowStore(COLUMNS.length);
    // A random generator of their own, so that the other queries do not depend on the number of title queries.
    const titleSampler = rng.fork(`titles ${from}`);
    const shareOf = (candidates: number): number => config.negatives / Math.max(1, candidates);
    let truths = 0;
    let found = 0;
    for (let i = from; i < to; i++) {
      if (i % 25 === 0)
        await step(
          { ...context, rng },
          'hybrid',
          BASE_TRAINING + ((1 - BASE_TRAINING) * i) / held.length,
          'running training queries',
        );
      for (let repeat = 0; repeat < config.trainingQueriesPerOwner; repeat++) {
        const training = trainingQueryOf(dataset, held[i]!, sampler);
        if (!training) continue;
        if (i >= judged) truths += training.truth.size;
        // Points are for the trees that learn from titles alone; for the others, spectral and als keep describing seeds.
        const candidates = features.retrieve(training.query, barredFor(dataset, training), undefined, false);
        if (i < judged) {
          judgedRows.addJudged(features, candidates, training.truth, JUDGED_PLACES);
          judgedTruths.push(training.truth.size);
          continue;
        }
        found += rows.addGroup(features, candidates, training.truth, shareOf(candidates), sampler);
      }
      const byTitle = i >= judged && i - judged < titled ? titleQueryOf(dataset, held[i]!) : null;
      if (!byTitle) continue;
      const candidates = features.retrieve(byTitle.query, barredFor(dataset, byTitle));
      titledRows.addGroup(features, candidates, byTitle.truth, shareOf(candidates), titleSampler);
    }
    return {
      ...rows.finish(),
      truths,
      found,
      judged: { ...judgedRows.finish(), truths: Int32Array.from(judgedTruths) },
      titled: titledRows.finish(),
    };
  }
}

/**
 * Tracks that must not be proposed: the seeds, and those that only the querying owner holds. The latter are in the catalogue only because of this
 * very list. Proposed as songs that nobody holds, they would be true so often that the ranker would trust every new song.
 */
export function barredFor(dataset: Dataset, { query, truth }: TrainingQuery): Set<number> {
  const barred = new Set<number>(query.seeds);
  for (const track of truth) if (dataset.ownersOf(track) === 1) barred.add(track);
  return barred;
}
