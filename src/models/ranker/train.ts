import { SegueError, throwIfCancelled } from '../../errors.ts';
import { addTreeScores } from '../../math/kernels/growing.ts';
import { Region } from '../../math/kernels/memory.ts';
import { MOST_LEAVES } from '../../math/kernels/trees.ts';
import type { Rng } from '../../math/rng.ts';
import { type BinnedMatrix, binEdges, binRows } from './binning.ts';
import { EnsembleBuilder, type TreeEnsemble } from './ensemble.ts';
import { TreeGrower } from './grow.ts';
import { lambdaRank, logistic, ndcgOf, type Objective, softmax } from './objectives.ts';

/** Rows of features with a label each, grouped by query. */
export interface RankingData {
  /** rows × columns, row by row; NaN = missing */
  readonly features: Float32Array;
  readonly columns: number;
  /** Relevance, ≥ 0; 0 = irrelevant. */
  readonly labels: Float32Array;
  /** Query q has the rows groups[q] … groups[q + 1]. */
  readonly groups: Int32Array;
}

export interface RankerConfig {
  readonly objective: 'lambdarank' | 'softmax' | 'logistic';
  /** Most trees, ≥ 1. */
  readonly rounds: number;
  readonly learningRate: number;
  /** Of each tree, 2–256. */
  readonly leaves: number;
  readonly minRows: number;
  readonly minHessian: number;
  readonly l2: number;
  /** Share of the columns that each tree may use, (0, 1]. */
  readonly columnShare: number;
  /** Share of the queries that each tree learns from, (0, 1]. */
  readonly queryShare: number;
  /** Bins per column, 3–256. */
  readonly maxBins: number;
  /** Ranks beyond it don't count in the objective and in the validation's NDCG. */
  readonly truncation: number;
  /** Scale each query's lambdas (lambdarank only). */
  readonly normalise: boolean;
  /** Stop when the validation's NDCG has not grown for so many rounds; 0 = never. */
  readonly patience: number;
}

export const RANKER_DEFAULTS: RankerConfig = {
  objective: 'lambdarank',
  rounds: 300,
  learningRate: 0.06,
  leaves: 31,
  minRows: 50,
  minHessian: 1e-3,
  l2: 1,
  columnShare: 0.6,
  queryShare: 0.7,
  maxBins: 128,
  truncation: 500,
  normalise: true,
  patience: 30,
};

export interface RankerContext {
  readonly rng: Rng;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number, note: string) => void;
}

export interface TrainedRanker {
  readonly ensemble: TreeEnsemble;
  /** NDCG on the validation queries after each round; empty without validation. */
  readonly curve: number[];
  /** Total loss reduction by column. */
  readonly importance: Float64Array;
}

/**
 * Gradient boosting (Friedman 2001) of histogram trees with a ranking objective (LambdaMART: Burges 2010).
 * With validation data the ensemble is cut where its NDCG was best.
 * @throws SegueError CANCELLED, OUT_OF_RANGE
 */
export function trainRanker(
  train: RankingData,
  validation: RankingData | null,
  config: RankerConfig,
  context: RankerContext,
): TrainedRanker {
  if (config.leaves > MOST_LEAVES)
    throw new SegueError('OUT_OF_RANGE', { got: `${config.leaves} leaves`, expected: `at most ${MOST_LEAVES}` });
  const edges = binEdges(train.features, train.labels.length, train.columns, config.maxBins);
  const region = new Region();
  const inBins = (data: RankingData): Binned => ({
    matrix: binRows(data.features, data.labels.length, edges, region),
    scores: region.float64(data.labels.length),
  });
  let grower: TreeGrower | null = null;
  let objective: Objective | null = null;
  try {
    const own = inBins(train);
    const held = validation && {
      ...inBins(validation),
      measure: ndcgOf(validation.labels, validation.groups, config.truncation),
    };
    grower = new TreeGrower(own.matrix, config);
    objective = objectiveOf(train, config);
    return boost(train, own, grower, objective, held, config, context);
  } finally {
    objective?.free();
    grower?.free();
    region.free();
  }
}

/** Rows in bins and their scores so far. */
interface Binned {
  readonly matrix: BinnedMatrix;
  readonly scores: Float64Array;
}

interface Held extends Binned {
  /** Mean NDCG of the scores. */
  readonly measure: (scores: Float64Array) => number;
}

function boost(
  train: RankingData,
  { matrix, scores }: Binned,
  grower: TreeGrower,
  objective: Objective,
  held: Held | null,
  config: RankerConfig,
  context: RankerContext,
): TrainedRanker {
  const builder = new EnsembleBuilder();
  const importance = new Float64Array(train.columns);
  const usable = Int32Array.from(matrix.edges.keys()).filter(
    (c) => matrix.edges[c]!.length > 2 || hasMissing(matrix, c),
  );
  const curve: number[] = [];
  let best = 0;
  for (let round = 0; usable.length > 0 && round < config.rounds; round++) {
    throwIfCancelled(context.signal, 'Training of the ranker');
    objective.derive(scores, grower.gradient, grower.hessian);
    const columns = pickColumns(usable, config.columnShare, context.rng);
    const tree = grower.grow(pickRows(train.groups, matrix.rows, config.queryShare, context.rng), columns);
    if (tree.feature.length === 0) break;
    for (let i = 0; i < tree.leaves.length; i++) tree.leaves[i]! *= config.learningRate;
    for (let i = 0; i < tree.feature.length; i++) importance[tree.feature[i]!]! += tree.gain[i]!;
    builder.add(tree);
    addTreeScores(tree, matrix.bins, matrix.columns, scores);
    if (held) {
      addTreeScores(tree, held.matrix.bins, matrix.columns, held.scores);
      curve.push(held.measure(held.scores));
      if (curve[round]! > curve[best]!) best = round;
      if (config.patience > 0 && round - best >= config.patience) break;
    }
    const note = held ? `tree ${round + 1}, NDCG ${curve[round]!.toFixed(4)}` : `tree ${round + 1}`;
    context.onProgress?.((round + 1) / config.rounds, note);
  }
  const kept = held && builder.trees > 0 ? best + 1 : builder.trees;
  return { ensemble: builder.finish(train.columns, kept), curve, importance };
}

function objectiveOf({ labels, groups }: RankingData, config: RankerConfig): Objective {
  if (config.objective === 'lambdarank') return lambdaRank(labels, groups, config.truncation, config.normalise);
  return config.objective === 'softmax' ? softmax(labels, groups) : logistic(labels);
}

function hasMissing(matrix: BinnedMatrix, column: number): boolean {
  for (let at = column; at < matrix.bins.length; at += matrix.columns) if (matrix.bins[at] === 0) return true;
  return false;
}

function pickColumns(usable: Int32Array, share: number, rng: Rng): Int32Array {
  if (share >= 1) return usable;
  const picked = rng.sample(usable.length, Math.max(1, Math.round(usable.length * share))).sort();
  return picked.map((i) => usable[i]!);
}

/** The rows of a random share of the queries, ascending. */
function pickRows(groups: Int32Array, rows: number, share: number, rng: Rng): Int32Array {
  const all = new Int32Array(rows);
  let n = 0;
  for (let q = 0; q + 1 < groups.length; q++) {
    if (share < 1 && rng.uniform() >= share) continue;
    for (let r = groups[q]!; r < groups[q + 1]!; r++) all[n++] = r;
  }
  return n > 0 ? all.subarray(0, n) : Int32Array.from(all.keys());
}
