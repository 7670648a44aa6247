import type { Dataset } from '../../dataset/dataset.ts';
import { within } from '../../math/progress.ts';
import { Rng } from '../../math/rng.ts';
import type { FitContext } from '../model.ts';
import { step } from '../progress.ts';
import { disposeBaseModels, fitBaseModels } from './base-models.ts';
import { boundsFor } from './bounds.ts';
import type { HybridCatalogue } from './catalogue.ts';
import { COLUMNS } from './columns.ts';
import type { HybridConfig } from './config.ts';
import { Features } from './features.ts';
import { RetrieverScores } from './retriever-scores.ts';
import { type QueryRows, RowStore } from './row-store.ts';
import { trainingQueryOf } from './training-queries.ts';
import type { JudgedRows } from './validation.ts';

/** Share of a fold's work that goes into training the base models. */
const BASE_TRAINING = 0.35;

/** Owners that the ranker learns from together: the retrievers that answer their training queries never saw any of them. */
export interface FoldTask {
  /** Owners whose tracks are asked for. */
  readonly held: Int32Array;
  /** How many of these, the first, are judged by: they teach nothing. */
  readonly judged: number;
  readonly seed: number;
}

/** A judged query keeps the candidates that some retriever places above this: what is below all of them is not ranked among the first 20. */
const JUDGED_PLACES = 100;

/** What one fold teaches, and what is judged by it. */
export interface FoldRows extends QueryRows {
  /** True tracks that were asked for, and how many of them were among the candidates. */
  readonly truths: number;
  readonly found: number;
  readonly judged: JudgedRows;
}

/**
 * Trains the retrievers on all owners but those held and answers the training queries about these. Every true track among the candidates is kept,
 * and a random sample of the others. The same rows in whatever thread it runs. @throws SegueError CANCELLED
 */
export async function answerFold(
  dataset: Dataset,
  catalogue: HybridCatalogue,
  config: Pick<HybridConfig, 'trainingQueriesPerOwner' | 'negatives'>,
  { held, judged, seed }: FoldTask,
  context: Omit<FitContext, 'rng'>,
): Promise<FoldRows> {
  const rng = new Rng(seed);
  const isHeld = new Uint8Array(dataset.owners.count);
  for (const owner of held) isHeld[owner] = 1;
  const rest = Int32Array.from({ length: isHeld.length }, (_, owner) => owner).filter((owner) => isHeld[owner] === 0);
  const train = dataset.withOwners(rest);
  const baseModels = await fitBaseModels(train, {
    rng: rng.fork('views'),
    signal: context.signal,
    onProgress: within(context.onProgress, 0, BASE_TRAINING),
  });
  const features = new Features(new RetrieverScores(train, catalogue, baseModels, boundsFor(dataset.owners.count)));
  const rows = new RowStore(COLUMNS.length);
  const sampler = rng.fork('questions');
  const judgedRows = new RowStore(COLUMNS.length);
  const judgedTruths: number[] = [];
  let truths = 0;
  let found = 0;
  for (let i = 0; i < held.length; i++) {
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
      const candidates = features.build(training.query, new Set(training.query.seeds));
      if (i < judged) {
        judgedRows.addJudged(features, candidates, training.truth, JUDGED_PLACES);
        judgedTruths.push(training.truth.size);
        continue;
      }
      found += rows.addGroup(features, candidates, training.truth, config.negatives / Math.max(1, candidates), sampler);
    }
  }
  features.dispose();
  disposeBaseModels(baseModels);
  return { ...rows.finish(), truths, found, judged: { ...judgedRows.finish(), truths: Int32Array.from(judgedTruths) } };
}
