import type { Lists } from '../../dataset/dataset.ts';

/** What metrics beyond accuracy need to know of the tracks; made once per fold, from training only. */
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
 * One answered list beside its truth, prepared once for all metrics: they walk over the hits, not over the list.
 * The arrays are reused from answer to answer; a metric keeps nothing of them.
 */
export interface Answer {
  /** Recommended tracks, best first; `length` of them count. */
  readonly list: Int32Array;
  readonly length: number;
  readonly truth: Int32Array;
  readonly seeds: Int32Array;
  /** 1-based ranks of the list's tracks that are in the truth, ascending; `hits` of them. A track answered twice hits once. */
  readonly hitRanks: Int32Array;
  readonly hits: number;
  readonly catalogue: Catalogue;
  /** A zeroed mark per artist; a metric that uses it leaves it zeroed. */
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
  /** What an empty truth (or no seeds, where those are what counts) gives. */
  readonly whenEmpty: string;
  /** What a list shorter than the cut-off gives. */
  readonly whenShort: string;
}

/** A value per case and cut-off; the reported value is the mean over the cases that define it (are not NaN). */
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
  /** @param exposure per track, how many lists hold it */
  evaluate(exposure: Int32Array): number;
}

/** From predicted and true ratings. The reported value is finish(Σ errors / number of ratings). */
export interface RatingMetric extends Description {
  readonly kind: 'rating';
  error(predicted: number, actual: number): number;
  finish(meanError: number): number;
}

export type Metric = CaseMetric | ExposureMetric | RatingMetric;

export const EMPTY_TRUTH = 'undefined: the case does not count';
export const SHORT_AS_MISSES = 'the missing places count as misses';
