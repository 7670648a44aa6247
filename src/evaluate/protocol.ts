import type { Static, TObject } from 'typebox';
import type { Dataset } from '../dataset/dataset.ts';
import type { Rng } from '../math/rng.ts';
import type { ModelQuery } from '../models/model.ts';

/** One question with a known answer. */
export interface EvaluationCase {
  /** External id of the owner, for pairing and reports. */
  readonly owner: string;
  /** Scenario or group, e.g. "title + first 5". */
  readonly scenario: string;
  readonly query: ModelQuery;
  /** Held-out track numbers, distinct. */
  readonly truth: Int32Array;
}

/** One split: models are fitted on `train` only; nothing of `cases` is in it. */
export interface Fold {
  readonly label: string;
  readonly train: Dataset;
  readonly cases: readonly EvaluationCase[];
}

/** A way of making train and test from a dataset. Seeded; vocabularies are shared, so track numbers agree. */
export interface Protocol<Options extends TObject = TObject> {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly options: Options;
  /** Length of the lists that are asked for, e.g. 500 for the challenge. */
  listLength(options: Static<Options>): number;
  /** @throws SegueError SPLIT_IMPOSSIBLE */
  folds(dataset: Dataset, options: Static<Options>, rng: Rng): Iterable<Fold>;
}
