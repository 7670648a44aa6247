import { SegueError, throwIfCancelled } from '../../errors.ts';
import { addTreeScores } from '../../math/kernels/growing.ts';
import { Region } from '../../math/kernels/memory.ts';
import { MOST_LEAVES } from '../../math/kernels/trees.ts';
import type { OnProgress } from '../../math/progress.ts';
import type { Rng } from '../../math/rng.ts';
import { type BinnedMatrix, binEdges, binRows } from './binning.ts';
import { EnsembleBuilder, type TreeEnsemble } from './ensemble.ts';
import { TreeGrower } from './grow.ts';
import { lambdaRank, type Objective } from './objectives.ts';

/** Labelled feature rows, grouped by query. */
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
  /** Number of trees, ≥ 1; fewer when nothing is left to learn. */
  readonly rounds: number;
  readonly learningRate: number;
  /** Leaves per tree, 2–256. */
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
  /** Ranks from here on don't count in the objective. */
  readonly truncation: number;
  /** Scale each query's lambdas. */
  readonly normalise: boolean;
}

export const RANKER_DEFAULTS: RankerConfig = {
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
};

export interface RankerContext {
  readonly rng: Rng;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

export interface TrainedRanker {
  readonly ensemble: TreeEnsemble;
  /** Total loss reduction by column. */
  readonly importance: Float64Array;
}

/**
 * Gradient boosting (Friedman 2001) of histogram trees with a ranking objective (LambdaMART: Burges 2010).
 * @throws SegueError CANCELLED, OUT_OF_RANGE
 */
export function trainRanker(train: RankingData, config: RankerConfig, context: RankerContext): TrainedRanker {
  if (config.leaves > MOST_LEAVES)
    throw new SegueError('OUT_OF_RANGE', { got: `${config.leaves} leaves`, expected: `at most ${MOST_LEAVES}` });
  const edges = binEdges(train.features, train.labels.length, train.columns, config.maxBins);
  const region = new Region();
  let grower: TreeGrower | null = null;
  let objective: Objective | null = null;
  try {
    const matrix = binRows(train.features, train.labels.length, edges, region);
    const scores = region.float64(train.labels.length);
    grower = new TreeGrower(matrix, config);
    objective = lambdaRank(train.labels, train.groups, config.truncation, config.normalise);
    return boost(train, matrix, scores, grower, objective, config, context);
  } finally {
    objective?.free();
    grower?.free();
    region.free();
  }
}

function boost(
  train: RankingData,
  matrix: BinnedMatrix,
  scores: Float64Array,
  grower: TreeGrower,
  objective: Objective,
  config: RankerConfig,
  context: RankerContext,
): TrainedRanker {
  const builder = new EnsembleBuilder();
  const importance = new Float64Array(train.columns);
  const usable = Int32Array.from(matrix.edges.keys()).filter(
    (c) => matrix.edges[c]!.length > 2 || hasMissing(matrix, c),
  );
  for (let round = 0; usable.length > 0 && round < config.rounds; round++) {
    throwIfCancelled(context.signal, 'Training of the ranker');
    const columns = pickColumns(usable, config.columnShare, context.rng);
    const queries = pickQueries(train.groups.length - 1, config.queryShare, context.rng);
    objective.derive(scores, grower.gradient, grower.hessian, queries);
    const tree = grower.grow(rowsOf(queries, train.groups), columns);
    if (tree.feature.length === 0) break;
    for (let i = 0; i < tree.leaves.length; i++) tree.leaves[i]! *= config.learningRate;
    for (let i = 0; i < tree.feature.length; i++) importance[tree.feature[i]!]! += tree.gain[i]!;
    builder.add(tree);
    addTreeScores(tree, matrix.bins, matrix.columns, scores);
    context.onProgress?.({ fraction: (round + 1) / config.rounds, note: `tree ${round + 1}` });
  }
  return { ensemble: builder.finish(train.columns), importance };
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

/** 1 for each query of a random share; all 1 when none was drawn. */
function pickQueries(count: number, share: number, rng: Rng): Uint8Array {
  const picked = new Uint8Array(count).fill(1);
  if (share >= 1) return picked;
  for (let q = 0; q < count; q++) if (rng.uniform() >= share) picked[q] = 0;
  return picked.includes(1) ? picked : picked.fill(1);
}

/** The rows of the picked queries, ascending. */
function rowsOf(picked: Uint8Array, groups: Int32Array): Int32Array {
  const all = new Int32Array(groups.at(-1)!);
  let n = 0;
  for (let q = 0; q < picked.length; q++)
    if (picked[q] === 1) for (let r = groups[q]!; r < groups[q + 1]!; r++) all[n++] = r;
  return all.subarray(0, n);
}
