import type { Static, TObject } from '#typebox';
import type { Dataset } from '../dataset/dataset.ts';
import type { Rng } from '../math/rng.ts';
import type { ModelQuery } from '../models/model.ts';

/** One query with a known answer. */
export interface EvaluationCase {
  /** External id of the owner, for pairing and reports. */
  readonly owner: string;
  /** Scenario or group, e.g. "title + first 5". */
  readonly scenario: string;
  readonly query: ModelQuery;
  /**
   * Held-out track numbers, distinct, in the owner's order. Tracks without training owners stay in: real owners also choose songs that nobody else
   * has, so these count as misses that no collaborative model can avoid.
   */
  readonly truth: Int32Array;
  /** Protocols of ratings only: the true rating of each track of `truth`. */
  readonly ratings?: Float32Array;
}

/** One split: models are fitted on `train` only, which contains nothing of `cases`. */
export interface Fold {
  readonly label: string;
  readonly train: Dataset;
  readonly cases: readonly EvaluationCase[];
}

/** A way of splitting a dataset into training and test. Seeded; both parts share vocabularies, so track numbers agree. */
export interface Protocol<Options extends TObject = TObject> {
  readonly id: string;
  readonly title: string;
  /** One or two plain sentences: what it measures, when to choose it. */
  readonly description: string;
  /** Ranked lists, or predicted ratings. */
  readonly task: 'ranking' | 'ratings';
  /** What is excluded from training: whole owners, or only some of their entries. */
  readonly heldOut: 'owners' | 'entries';
  /** One schema of its settings: default, range and meaning of each. */
  readonly options: Options;
  /** Keys of the leaderboard's metrics, e.g. "ndcg@20"; the first determines the order. */
  readonly headline: readonly string[];
  /** Default cut-offs, ascending; the last is the length of the lists. */
  readonly cutoffs: readonly number[];
  /** @throws SegueError SPLIT_IMPOSSIBLE */
  folds(dataset: Dataset, options: Static<Options>, rng: Rng): Iterable<Fold>;
}
