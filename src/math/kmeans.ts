import { NearestCentroids } from './kernels/kmeans.ts';
import type { Rng } from './rng.ts';
import { gatherRows } from './rows.ts';

export interface KMeansOptions {
  readonly rng: Rng;
  /** Starting centroids, k × d; k-means++ when absent. */
  readonly start?: Float32Array;
  /** Independent starts, of which the one with the least inertia is returned. Default 1. */
  readonly restarts?: number;
  readonly maxIterations?: number;
  /** Stops when the inertia falls by less than this fraction. Default 1e−4. */
  readonly tolerance?: number;
  /** Called after each iteration; may throw to stop. */
  readonly onIteration?: (iteration: number, inertia: number) => void;
}

export interface KMeans {
  readonly k: number;
  readonly dimension: number;
  /** k × d */
  readonly centroids: Float32Array;
  readonly nearest: Int32Array;
  readonly counts: Int32Array;
  /** Sum of squared distances to the nearest centroid. */
  readonly inertia: number;
  readonly iterations: number;
}

/** Rows that k-means++ chooses from; with more rows, a random sample is as good a start and much cheaper. */
const SEEDING_ROWS = 20_000;

/**
 * Lloyd's algorithm (Lloyd 1982) from a k-means++ start (Arthur & Vassilvitskii 2007, greedy: the best of 2 + ⌊ln k⌋ draws).
 * Exact: every iteration assigns each row its nearest centroid; bounds only avoid comparisons. An empty cluster takes the row farthest from its
 * centroid. The same rng gives the same result on any number of threads.
 * @param data count × d, row by row @param k clamped to the number of rows
 */
export function kMeans(data: Float32Array, count: number, d: number, k: number, options: KMeansOptions): KMeans {
  const clusters = Math.max(1, Math.min(k, count));
  const nearest = new NearestCentroids(data, count, d);
  try {
    let best: KMeans | null = null;
    for (let r = 0; r < (options.restarts ?? 1); r++) {
      const start = options.start ?? plusPlus(data, count, d, clusters, options.rng);
      nearest.forget();
      const run = lloyd(nearest, data, start, clusters, options);
      if (!best || run.inertia < best.inertia) best = run;
    }
    return best!;
  } finally {
    nearest.free();
  }
}

function lloyd(
  table: NearestCentroids,
  data: Float32Array,
  start: Float32Array,
  k: number,
  { maxIterations = 100, tolerance = 1e-4, onIteration }: KMeansOptions,
): KMeans {
  const d = table.dimension;
  const centroids = Float32Array.from(start);
  let before = Number.POSITIVE_INFINITY;
  for (let iteration = 1; ; iteration++) {
    const { nearest, sums, counts, inertia } = table.assign(centroids, k);
    onIteration?.(iteration, inertia);
    // The assignment is for the centroids before they move, so the result is consistent when stopping here.
    if (before - inertia <= tolerance * inertia || iteration > maxIterations)
      return {
        k,
        dimension: d,
        centroids,
        nearest: nearest.slice(),
        counts,
        inertia: table.distances().inertia,
        iterations: iteration,
      };
    before = inertia;
    const distances = counts.includes(0) ? table.distances().distances : null;
    for (let c = 0; c < k; c++) {
      if (distances && counts[c] === 0) {
        const far = farthest(distances);
        distances[far] = 0;
        centroids.set(data.subarray(far * d, (far + 1) * d), c * d);
        before = Number.POSITIVE_INFINITY;
        continue;
      }
      for (let j = 0; j < d; j++) centroids[c * d + j] = sums[c * d + j]! / counts[c]!;
    }
  }
}

function farthest(distances: Float32Array): number {
  let at = 0;
  for (let r = 1; r < distances.length; r++) if (distances[r]! > distances[at]!) at = r;
  return at;
}

/** Greedy k-means++: each next centre is the best of a few rows drawn in proportion to their squared distance. */
export function plusPlus(data: Float32Array, count: number, d: number, k: number, rng: Rng): Float32Array {
  const rows = count > SEEDING_ROWS ? gatherRows(data, d, rng.sample(count, Math.max(SEEDING_ROWS, k))) : data;
  const n = rows.length / d;
  const centroids = new Float32Array(k * d);
  let closest = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  let trial = new Float64Array(n);
  let kept = new Float64Array(n);
  const draws = 2 + Math.floor(Math.log(k));
  let potential = 0;
  for (let c = 0; c < k; c++) {
    let bestPotential = Number.POSITIVE_INFINITY;
    let bestRow = 0;
    for (let draw = 0; draw < (c === 0 ? 1 : draws); draw++) {
      const pick = c === 0 || potential === 0 ? rng.below(n) : drawn(closest, rng.uniform() * potential);
      const sum = nearerOf(closest, rows, d, pick, trial);
      if (sum < bestPotential) {
        bestPotential = sum;
        bestRow = pick;
        [kept, trial] = [trial, kept];
      }
    }
    [closest, kept] = [kept, closest];
    potential = bestPotential;
    centroids.set(rows.subarray(bestRow * d, (bestRow + 1) * d), c * d);
  }
  return centroids;
}

/** Writes to `out` the squared distances to the nearest centre if the row `pick` were added as a centre; returns their sum. */
function nearerOf(closest: Float64Array, rows: Float32Array, d: number, pick: number, out: Float64Array): number {
  const centre = Float64Array.from(rows.subarray(pick * d, (pick + 1) * d));
  let sum = 0;
  for (let i = 0, at = 0; i < out.length; i++) {
    let squared = 0;
    for (let j = 0; j < d; j++, at++) {
      const difference = rows[at]! - centre[j]!;
      squared += difference * difference;
    }
    const least = Math.min(closest[i]!, squared);
    out[i] = least;
    sum += least;
  }
  return sum;
}

/** The first index at which the running sum of the weights exceeds `target`. */
function drawn(weights: Float64Array, target: number): number {
  let sum = 0;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    sum += weights[i]!;
    if (sum > target) return i;
  }
  return last;
}

/** The centroid at the least distance from one row; ties: the lower number. */
export function nearestCentroid(row: Float32Array, centroids: Float32Array, k: number): number {
  const d = row.length;
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let c = 0; c < k; c++) {
    let squared = 0;
    for (let j = 0; j < d; j++) squared += (row[j]! - centroids[c * d + j]!) ** 2;
    if (squared < least) {
      least = squared;
      best = c;
    }
  }
  return best;
}
