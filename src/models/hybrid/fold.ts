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

/** Share of a fold's work that goes into training the base models. */
const BASE_TRAINING = 0.35;

/** Owners that the ranker learns from together: the retrievers that answer their training queries never saw any of them. */
export interface FoldTask {
  /** Number of the fold. */
  readonly fold: number;
  /** Owners whose tracks are asked for. */
  readonly held: Int32Array;
  /** How many of these, the first, are judged by: they teach nothing. */
  readonly judged: number;
  /** How many of the others, at most, are also asked for by their title alone. */
  readonly titled: number;
  readonly seed: number;
}

/** A judged query keeps the candidates that some retriever places above this: what is below all of them is not ranked among the first 20. */
const JUDGED_PLACES = 100;
/** Owners of one stage: what a stop makes a training answer again. */
const STAGE = 1000;

/**
 * Trains the retrievers on all owners but those held and answers the training queries about these. Every true track among the candidates is kept,
 * and a random sample of the others. The same rows in whatever thread it runs, resumed or not. @throws SegueError CANCELLED
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
    // Numbers of their own, so that the other queries do not depend on how many these are.
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
        // Points are for the trees that learn from titles alone: to the others, spectral and als shall mean what they say of seeds.
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
 * What must not be put forward: the seeds, and what nobody but the asking owner holds. Such songs are in the catalogue because of this very list. Put
 * forward as songs that nobody holds, they would be true so often that the ranker took every new song for a sure find.
 */
export function barredFor(dataset: Dataset, { query, truth }: TrainingQuery): Set<number> {
  const barred = new Set<number>(query.seeds);
  for (const track of truth) if (dataset.ownersOf(track) === 1) barred.add(track);
  return barred;
}
