import { type KMeans, kMeans } from '../math/kmeans.ts';
import type { Rng } from '../math/rng.ts';
import { silhouette } from '../math/silhouette.ts';

/** Silhouettes compare all pairs, so they are measured on a sample of this many rows. */
const SAMPLE = 2000;
/** Rows on which different numbers of clusters are compared. */
const SEARCH_ROWS = 20_000;
const CANDIDATES = [2, 3, 4, 6, 8, 10, 12, 15, 18, 20, 25, 30, 40];

export interface ClusterQuality {
  /** Mean silhouette of a sample, −1 … 1. */
  silhouette: number;
  /** Mean silhouette by cluster; null where the sample has none. */
  silhouetteByCluster: (number | null)[];
  /** Sum of squared distances to the centroids. */
  inertia: number;
  /** Share of the total variance that is between the clusters, 0–1. */
  explained: number;
  /** Mean distance of a centroid to the nearest other one, in units of the mean distance of a row to its centroid. */
  separation: number;
}

export function clusterQuality(data: Float32Array, d: number, clusters: KMeans, rng: Rng): ClusterQuality {
  const count = clusters.nearest.length;
  const sample = rng.sample(count, Math.min(SAMPLE, count));
  const picked = new Float32Array(sample.length * d);
  const labels = new Int32Array(sample.length);
  sample.forEach((row, i) => {
    picked.set(data.subarray(row * d, (row + 1) * d), i * d);
    labels[i] = clusters.nearest[row]!;
  });
  const { mean, byCluster } = silhouette(picked, d, labels, clusters.k);
  return {
    silhouette: mean,
    silhouetteByCluster: [...byCluster].map((value) => (Number.isNaN(value) ? null : value)),
    inertia: clusters.inertia,
    explained: explainedPart(data, d, clusters.inertia),
    separation: separationOf(clusters),
  };
}

function explainedPart(data: Float32Array, d: number, inertia: number): number {
  const count = data.length / d;
  let total = 0;
  for (let j = 0; j < d; j++) {
    let sum = 0;
    let squares = 0;
    for (let at = j; at < data.length; at += d) {
      sum += data[at]!;
      squares += data[at]! * data[at]!;
    }
    total += squares - (sum * sum) / count;
  }
  return total > 0 ? 1 - inertia / total : 1;
}

function separationOf({ centroids, k, dimension: d, inertia, nearest }: KMeans): number {
  if (k < 2 || inertia === 0) return 0;
  let sum = 0;
  for (let a = 0; a < k; a++) {
    let least = Number.POSITIVE_INFINITY;
    for (let b = 0; b < k; b++) {
      if (a === b) continue;
      let squared = 0;
      for (let j = 0; j < d; j++) squared += (centroids[a * d + j]! - centroids[b * d + j]!) ** 2;
      least = Math.min(least, squared);
    }
    sum += Math.sqrt(least);
  }
  return sum / k / Math.sqrt(inertia / nearest.length);
}

export interface CurvePoint {
  k: number;
  inertia: number;
  silhouette: number;
}

/** Inertia and silhouette for a range of k on a sample of the rows. */
export function clusterCurve(data: Float32Array, d: number, rng: Rng): CurvePoint[] {
  const count = data.length / d;
  const rows = rng.sample(count, Math.min(SEARCH_ROWS, count));
  const sample = new Float32Array(rows.length * d);
  rows.forEach((row, i) => {
    sample.set(data.subarray(row * d, (row + 1) * d), i * d);
  });
  return CANDIDATES.filter((k) => k < rows.length).map((k) => {
    const clusters = kMeans(sample, rows.length, d, k, { rng: rng.fork(`k=${k}`), maxIterations: 40 });
    return {
      k,
      inertia: clusters.inertia,
      silhouette: clusterQuality(sample, d, clusters, rng.fork('quality')).silhouette,
    };
  });
}

/** The k with the largest silhouette, or at the elbow: the point of the inertia curve farthest below the line between its ends. */
export function chooseClusters(curve: readonly CurvePoint[], by: 'silhouette' | 'elbow'): number {
  let best = curve[0]!;
  if (by === 'silhouette') {
    for (const point of curve) if (point.silhouette > best.silhouette) best = point;
    return best.k;
  }
  const first = curve[0]!;
  const last = curve.at(-1)!;
  let depth = Number.NEGATIVE_INFINITY;
  for (const point of curve) {
    const along = (point.k - first.k) / (last.k - first.k || 1);
    const below = 1 - along - (point.inertia - last.inertia) / (first.inertia - last.inertia || 1);
    if (below > depth) {
      depth = below;
      best = point;
    }
  }
  return best.k;
}
