import type { Dataset, Lists } from '../../dataset/dataset.ts';
import type { EvaluationCase } from '../protocol.ts';
import type { Answer, CaseMetric, Catalogue, ExposureMetric, Metric, RatingMetric } from './metric.ts';
import { METRICS } from './registry.ts';

/** One column of results: a metric at a cut-off, a value per case. */
export interface Column {
  readonly key: string;
  readonly metric: Metric;
  readonly cutoff: number | null;
  /** NaN where the value is undefined for a case. Exposure metrics have one value per fold instead, stored at the fold's first case. */
  readonly values: Float64Array;
  /** Weight of each case (ratings: their number); null = all equal. */
  readonly weights: Float64Array | null;
}

export const columnKey = (id: string, cutoff: number | null): string => (cutoff === null ? id : `${id}@${cutoff}`);

/** What metrics need to know about a training set. */
export function catalogueOf(train: Dataset): Catalogue {
  const { count } = train.tracks;
  const artistOf = new Int32Array(count);
  const popularity = new Int32Array(count);
  const { idx } = train.byOwner;
  for (let e = 0; e < idx.length; e++) popularity[idx[e]!]!++;
  for (let t = 0; t < count; t++) artistOf[t] = train.mainArtist(t);
  return {
    tracks: count,
    artistOf,
    artists: train.artists.count,
    genresOf: genresOf(train),
    genres: train.genres.size,
    popularity,
    owners: train.owners.count,
  };
}

function genresOf({ tracks, artists, genres }: Dataset): Lists {
  const ptr = new Int32Array(tracks.count + 1);
  const idx: number[] = [];
  const seen = new Int32Array(genres.size).fill(-1);
  const take = (lists: Lists, row: number, track: number): void => {
    for (let g = lists.ptr[row]!; g < lists.ptr[row + 1]!; g++) {
      const genre = lists.idx[g]!;
      if (seen[genre] === track) continue;
      seen[genre] = track;
      idx.push(genre);
    }
  };
  for (let t = 0; t < tracks.count; t++) {
    take(tracks.genres, t, t);
    for (let a = tracks.artists.ptr[t]!; a < tracks.artists.ptr[t + 1]!; a++)
      take(artists.genres, tracks.artists.idx[a]!, t);
    ptr[t + 1] = idx.length;
  }
  return { ptr, idx: Int32Array.from(idx) };
}

/** Ranked answers of one model: list i is tracks[ptr[i] … ptr[i+1]). */
export interface AnswerLists {
  readonly ptr: Int32Array;
  readonly tracks: Int32Array;
}

/** Computes all ranking metrics at all cut-offs for the lists of one fold, in one pass over each list. */
export function measureLists(
  cases: readonly EvaluationCase[],
  lists: AnswerLists,
  catalogue: Catalogue,
  cutoffs: Int32Array,
  metrics: readonly Metric[] = METRICS,
): Column[] {
  const perCase = metrics.filter((m): m is CaseMetric => m.kind === 'case');
  const exposures = metrics.filter((m): m is ExposureMetric => m.kind === 'exposure');
  const width = perCase.reduce((sum, m) => sum + (m.cutoffs === 'each' ? cutoffs.length : 1), 0);
  const table = new Float64Array(cases.length * width);
  const depth = cutoffs[cutoffs.length - 1]!;
  const inTruth = new Int32Array(catalogue.tracks);
  const exposure = Array.from(cutoffs, () => new Int32Array(exposures.length > 0 ? catalogue.tracks : 0));
  const hitRanks = new Int32Array(depth);
  const artistMarks = new Uint8Array(catalogue.artists);
  const answer: { -readonly [K in keyof Answer]: Answer[K] } = {
    list: lists.tracks,
    length: 0,
    truth: lists.tracks,
    seeds: lists.tracks,
    hitRanks,
    hits: 0,
    catalogue,
    artistMarks,
  };
  for (let i = 0; i < cases.length; i++) {
    const { truth, query } = cases[i]!;
    const list = lists.tracks.subarray(lists.ptr[i]!, Math.min(lists.ptr[i + 1]!, lists.ptr[i]! + depth));
    const stamp = i + 1;
    for (let t = 0; t < truth.length; t++) inTruth[truth[t]!] = stamp;
    let hits = 0;
    for (let rank = 0; rank < list.length; rank++) {
      if (inTruth[list[rank]!] !== stamp) continue;
      inTruth[list[rank]!] = 0;
      hitRanks[hits++] = rank + 1;
    }
    if (exposures.length > 0) countExposure(list, cutoffs, exposure);
    answer.list = list;
    answer.length = list.length;
    answer.truth = truth;
    answer.seeds = query.seeds;
    answer.hits = hits;
    let at = i * width;
    for (const metric of perCase) {
      metric.evaluate(answer, cutoffs, table, at);
      at += metric.cutoffs === 'each' ? cutoffs.length : 1;
    }
  }
  return [
    ...caseColumns(perCase, cutoffs, table, width, cases.length),
    ...exposureColumns(exposures, cutoffs, exposure),
  ];
}

function countExposure(list: Int32Array, cutoffs: Int32Array, exposure: readonly Int32Array[]): void {
  for (let c = 0; c < cutoffs.length; c++) {
    const counts = exposure[c]!;
    const end = Math.min(cutoffs[c]!, list.length);
    for (let rank = 0; rank < end; rank++) counts[list[rank]!]!++;
  }
}

function caseColumns(
  metrics: readonly CaseMetric[],
  cutoffs: Int32Array,
  table: Float64Array,
  width: number,
  cases: number,
): Column[] {
  const columns: Column[] = [];
  for (const metric of metrics) {
    for (const cutoff of metric.cutoffs === 'each' ? cutoffs : [null]) {
      const at = columns.length;
      const values = new Float64Array(cases);
      for (let i = 0; i < cases; i++) values[i] = table[i * width + at]!;
      columns.push({ key: columnKey(metric.id, cutoff), metric, cutoff, values, weights: null });
    }
  }
  return columns;
}

function exposureColumns(
  metrics: readonly ExposureMetric[],
  cutoffs: Int32Array,
  exposure: readonly Int32Array[],
): Column[] {
  return metrics.flatMap((metric) =>
    Array.from(cutoffs, (cutoff, c) => ({
      key: columnKey(metric.id, cutoff),
      metric,
      cutoff,
      values: Float64Array.of(metric.evaluate(exposure[c]!)),
      weights: null,
    })),
  );
}

/** Rating metrics: predictions beside the true ratings, case by case. */
export function measureRatings(
  cases: readonly EvaluationCase[],
  predictions: readonly ArrayLike<number>[],
  metrics: readonly Metric[] = METRICS,
): Column[] {
  const rating = metrics.filter((m): m is RatingMetric => m.kind === 'rating');
  const weights = Float64Array.from(cases, (c) => c.ratings?.length ?? 0);
  return rating.map((metric) => ({
    key: metric.id,
    metric,
    cutoff: null,
    weights,
    values: Float64Array.from(cases, ({ ratings }, i) => {
      if (!ratings || ratings.length === 0) return Number.NaN;
      let sum = 0;
      for (let r = 0; r < ratings.length; r++) sum += metric.error(predictions[i]![r]!, ratings[r]!);
      return sum / ratings.length;
    }),
  }));
}
