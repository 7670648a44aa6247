import { TopK } from '../../math/topk.ts';
import type { TreeEnsemble } from '../ranker/ensemble.ts';
import { discounts } from '../ranker/objectives.ts';
import { AT, COLUMNS } from './columns.ts';
import { RETRIEVERS, type Retriever } from './retrievers.ts';
import type { QueryRows } from './row-store.ts';

/** Validation queries with every candidate that could rank among the first, used to choose how a library is ranked. */
export interface JudgedRows extends QueryRows {
  /** Number of true tracks of each query, candidates or not. */
  readonly truths: Int32Array;
}

/** How candidates are ordered: by the trees plus `weight` times one retriever's relative score, or by that score alone where weight is ALONE. */
export interface Order {
  readonly retriever: Retriever;
  readonly weight: number;
}
export const BY_TREES: Order = { retriever: 'blend', weight: 0 };
/** Represents an infinite weight. */
export const ALONE = 1000;

/** Result of validation: mean NDCG@20 over the validation queries. */
export interface Judgement {
  readonly order: Order;
  readonly figures: {
    readonly queries: number;
    readonly trees: number;
    readonly chosen: number;
    /** The best single retriever, and its value. */
    readonly bestRetriever: Retriever;
    readonly bestSingle: number;
  };
}

const WEIGHTS = [0.5, 1, 2, 4, 8, ALONE];
const CUT = 20;
const DISCOUNTS = discounts(CUT, CUT);
/** Another order must beat the trees by this many standard errors of the paired difference. */
const CERTAINTY = 2;

/** A candidate's score under an order. @param relative the score of the order's retriever, relative to its best; NaN = it found nothing */
export function combine({ weight }: Order, trees: number, relative: number): number {
  const own = relative > 0 ? relative : 0;
  return weight === ALONE ? ALONE_SCALE * own : trees + weight * own;
}
/** Scales relative scores used alone, so that exponentials keep their order in float32. */
const ALONE_SCALE = 32;

/**
 * Chooses the order by NDCG@20 on queries about owners that neither the retrievers nor the trees saw: the trees alone, the trees plus the best single
 * retriever, or that retriever alone. An alternative must beat the trees by two standard errors of the paired differences.
 */
export function judge(rows: JudgedRows, ensemble: TreeEnsemble): Judgement {
  const { features, labels, groups, truths } = rows;
  const queries = groups.length - 1;
  const trees = new Float32Array(labels.length);
  if (labels.length > 0) ensemble.predict(features, labels.length, trees);
  const scores = new Float32Array(labels.length);
  const values = (score: (row: number) => number): Float64Array => {
    for (let row = 0; row < scores.length; row++) scores[row] = score(row);
    return Float64Array.from({ length: queries }, (_, q) =>
      ndcg(scores.subarray(groups[q], groups[q + 1]), labels.subarray(groups[q], groups[q + 1]), truths[q]!),
    );
  };
  const relative = (retriever: Retriever, row: number): number =>
    features[row * COLUMNS.length + AT[`${retriever} score`]]!;
  const byTrees = values((row) => trees[row]!);
  let bestRetriever: Retriever = BY_TREES.retriever;
  let bestSingle = -1;
  for (const retriever of RETRIEVERS) {
    const value = mean(values((row) => (relative(retriever, row) > 0 ? relative(retriever, row) : Number.NaN)));
    if (value > bestSingle) [bestRetriever, bestSingle] = [retriever, value];
  }
  let order = BY_TREES;
  let chosen = mean(byTrees);
  for (const weight of WEIGHTS) {
    const candidate = { retriever: bestRetriever, weight };
    const own = values((row) => combine(candidate, trees[row]!, relative(bestRetriever, row)));
    const gain = own.map((value, q) => value - byTrees[q]!);
    if (mean(own) > chosen && mean(gain) > CERTAINTY * standardError(gain)) [order, chosen] = [candidate, mean(own)];
  }
  return { order, figures: { queries, trees: mean(byTrees), chosen, bestRetriever, bestSingle } };
}

/** NDCG of one query; the earlier row wins ties. Rows without a score (NaN) are not ranked. */
function ndcg(scores: Float32Array, labels: Float32Array, truth: number): number {
  const top = new TopK(CUT);
  for (let row = 0; row < scores.length; row++) top.push(row, scores[row]!);
  let sum = 0;
  top.drain().items.forEach((row, rank) => {
    if (labels[row] === 1) sum += DISCOUNTS[rank]!;
  });
  let ideal = 0;
  for (let rank = 0; rank < Math.min(CUT, truth); rank++) ideal += DISCOUNTS[rank]!;
  return ideal > 0 ? sum / ideal : 0;
}

const mean = (values: Float64Array): number =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;

function standardError(values: Float64Array): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, values.length - 1) / Math.max(1, values.length));
}
