import { SegueError, throwIfCancelled } from '../../errors.ts';
import { MOST_LEAVES } from '../../math/kernels/trees.ts';
import type { Rng } from '../../math/rng.ts';
import { type BinnedMatrix, binEdges, binRows } from './binning.ts';
import { EnsembleBuilder, type TreeEnsemble } from './ensemble.ts';
import { type GrownTree, TreeGrower } from './grow.ts';
import { lambdaRank, logistic, meanNdcg, type Objective, softmax } from './objectives.ts';

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
  const matrix = binRows(train.features, train.labels.length, edges);
  const held = validation && {
    data: validation,
    matrix: binRows(validation.features, validation.labels.length, edges),
    scores: new Float64Array(validation.labels.length),
  };
  const grower = new TreeGrower(matrix, config);
  try {
    return boost(train, matrix, grower, held, config, context);
  } finally {
    grower.free();
  }
}

interface Held {
  data: RankingData;
  matrix: BinnedMatrix;
  scores: Float64Array;
}

function boost(
  train: RankingData,
  matrix: BinnedMatrix,
  grower: TreeGrower,
  held: Held | null,
  config: RankerConfig,
  context: RankerContext,
): TrainedRanker {
  const objective = objectiveOf(config);
  const builder = new EnsembleBuilder();
  const scores = new Float64Array(matrix.rows);
  const importance = new Float64Array(train.columns);
  const usable = Int32Array.from(matrix.edges.keys()).filter(
    (c) => matrix.edges[c]!.length > 2 || hasMissing(matrix, c),
  );
  const curve: number[] = [];
  let best = 0;
  for (let round = 0; usable.length > 0 && round < config.rounds; round++) {
    throwIfCancelled(context.signal, 'Training of the ranker');
    objective.derive(scores, train.labels, train.groups, grower.gradient, grower.hessian);
    const columns = pickColumns(usable, config.columnShare, context.rng);
    const tree = grower.grow(pickRows(train.groups, matrix.rows, config.queryShare, context.rng), columns);
    if (tree.feature.length === 0) break;
    for (let i = 0; i < tree.leaves.length; i++) tree.leaves[i]! *= config.learningRate;
    for (let i = 0; i < tree.feature.length; i++) importance[tree.feature[i]!]! += tree.gain[i]!;
    builder.add(tree);
    addScores(tree, matrix, scores);
    if (held) {
      addScores(tree, held.matrix, held.scores);
      curve.push(meanNdcg(held.scores, held.data.labels, held.data.groups, config.truncation));
      if (curve[round]! > curve[best]!) best = round;
      if (config.patience > 0 && round - best >= config.patience) break;
    }
    const note = held ? `tree ${round + 1}, NDCG ${curve[round]!.toFixed(4)}` : `tree ${round + 1}`;
    context.onProgress?.((round + 1) / config.rounds, note);
  }
  const kept = held && builder.trees > 0 ? best + 1 : builder.trees;
  return { ensemble: builder.finish(train.columns, kept), curve, importance };
}

function objectiveOf(config: RankerConfig): Objective {
  if (config.objective === 'lambdarank') return lambdaRank(config.truncation, config.normalise);
  return config.objective === 'softmax' ? softmax() : logistic();
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

/** Adds the tree's values to every row's score, walking on bins. */
function addScores(tree: GrownTree, matrix: BinnedMatrix, scores: Float64Array): void {
  const { bins, columns, rows } = matrix;
  const feature = Int32Array.from(tree.feature);
  const bin = Int32Array.from(tree.bin);
  const children = Int32Array.from(tree.children);
  const leaves = Float64Array.from(tree.leaves);
  for (let r = 0, base = 0; r < rows; r++, base += columns) {
    let node = 0;
    do {
      node = children[2 * node + (bins[base + feature[node]!]! > bin[node]! ? 1 : 0)]!;
    } while (node >= 0);
    scores[r]! += leaves[-node - 1]!;
  }
}
