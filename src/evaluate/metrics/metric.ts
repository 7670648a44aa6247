import type { Lists } from '../../dataset/dataset.ts';

/** What metrics beyond accuracy need to know about the tracks; computed once per fold, from training data only. */
export interface Catalogue {
  readonly tracks: number;
  /** Number of the main artist of each track, −1 when unknown. */
  readonly artistOf: Int32Array;
  readonly artists: number;
  /** Genres of each track: its own and those of its artists, distinct. */
  readonly genresOf: Lists;
  readonly genres: number;
  /** Training owners that hold each track. */
  readonly popularity: Int32Array;
  readonly owners: number;
}

/**
 * One list with its truth, prepared once for all metrics, which iterate over the hits instead of the list. The arrays are reused from answer to
 * answer, so metrics must not keep them.
 */
export interface Answer {
  /** Recommended tracks, best first; `length` of them count. */
  readonly list: Int32Array;
  readonly length: number;
  readonly truth: Int32Array;
  readonly seeds: Int32Array;
  /** 1-based ranks of the list's correct tracks, ascending; `hits` of them. A track that appears twice counts as one hit. */
  readonly hitRanks: Int32Array;
  readonly hits: number;
  readonly catalogue: Catalogue;
  /** A zeroed mark per artist; a metric that uses it must zero it again. */
  readonly artistMarks: Uint8Array;
}

interface Description {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly formula: string;
  readonly better: 'higher' | 'lower' | 'neither';
  /** Lowest and highest value; null = unbounded. */
  readonly range: readonly [number, number | null];
  readonly unit: string;
  /** Value for an empty truth (or for no seeds, where these count). */
  readonly whenEmpty: string;
  /** Value for a list shorter than the cut-off. */
  readonly whenShort: string;
}

/** A value per case and cut-off; the reported value is the mean over the cases for which it is defined (not NaN). */
export interface CaseMetric extends Description {
  readonly kind: 'case';
  /** 'each': one value per cut-off; 'none': one value. */
  readonly cutoffs: 'each' | 'none';
  /** Writes out[at + c] for every cut-off c, or out[at] alone. `cutoffs` ascend. */
  evaluate(answer: Answer, cutoffs: Int32Array, out: Float64Array, at: number): void;
}

/** One value over all answers, from how often each track was recommended within the cut-off. */
export interface ExposureMetric extends Description {
  readonly kind: 'exposure';
  /** @param exposure number of lists that contain each track */
  evaluate(exposure: Int32Array): number;
}

/** Computed from predicted and true ratings. The reported value is finish(Σ errors / number of ratings). */
export interface RatingMetric extends Description {
  readonly kind: 'rating';
  error(predicted: number, actual: number): number;
  finish(meanError: number): number;
}

export type Metric = CaseMetric | ExposureMetric | RatingMetric;

export const EMPTY_TRUTH = 'undefined: the case does not count';
export const SHORT_AS_MISSES = 'the missing places count as misses';
