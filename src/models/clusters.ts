import { type Static, Type } from '#typebox';
import { throwIfCancelled } from '../errors.ts';
import { type ClusterPortrait, nameClusters } from '../features/cluster-names.ts';
import { chooseClusters, clusterCurve, clusterQuality } from '../features/cluster-quality.ts';
import { DenseRows } from '../features/dense.ts';
import { ContentSpace } from '../features/space.ts';
import { splitOversized } from '../features/split-clusters.ts';
import { kMeans, nearestCentroid } from '../math/kmeans.ts';
import type { Rng } from '../math/rng.ts';
import { arrayOf } from './artifact.ts';
import { nothingKnown } from './content.ts';
import { type ClusterState, FittedClusters } from './fitted-clusters.ts';
import { checkGrownArtifact } from './grown-catalogue.ts';
import type { Model } from './model.ts';

const VERSION = 2;

const config = Type.Object({
  k: Type.Integer({
    default: 20,
    minimum: 2,
    maximum: 200,
    description:
      'number of clusters when choose is "fixed", at most √(tracks / 2); oversized clusters are then split by genre',
  }),
  choose: Type.Union([Type.Literal('fixed'), Type.Literal('silhouette'), Type.Literal('elbow')], {
    default: 'fixed',
    description: 'how k is chosen: fixed, by the highest silhouette, or at the elbow of the inertia curve',
  }),
  genreAxes: Type.Integer({
    default: 8,
    minimum: 0,
    maximum: 64,
    description: 'number of genre dimensions, in addition to sound, year and popularity',
  }),
  restarts: Type.Integer({
    default: 1,
    minimum: 1,
    maximum: 20,
    description: 'number of independent starts; the best one is kept',
  }),
});
type Config = Static<typeof config>;

/**
 * k-means over the feature space. Divides a list among the clusters in proportion to the number of seeds in each; within a cluster, picks the tracks
 * nearest to the mean of its own seeds.
 */
export const clusters: Model<typeof config> = {
  id: 'clusters',
  title: 'Clusters',
  description:
    'Finds the styles in your songs and gives each its fair share of the list, with the tracks nearest to your songs of that style. Choose it for a mixed library, where a single average would fall between the styles.',
  family: 'content',
  source: 'k-means (Lloyd 1982) with k-means++ (Arthur & Vassilvitskii 2007); places by largest remainders',
  grows: true,
  byDefault: true,
  versions: [VERSION],
  config,
  unusable: (dataset) => nothingKnown(dataset),
  async fit(dataset, settings, context) {
    const report = (fraction: number, note: string): void => {
      throwIfCancelled(context.signal, 'Training clusters');
      context.onProgress?.({ fraction, note });
    };
    report(0, 'measuring features and genres');
    const rows = await DenseRows.fit(ContentSpace.fit(dataset), settings.genreAxes, context.rng.fork('genres'));
    report(0.3, 'grouping');
    const state = await group(rows, settings, context.rng, report);
    report(1, `${state.k} clusters`);
    return new FittedClusters(dataset, rows, state, settings, VERSION);
  },
  load(artifact, dataset) {
    const before = checkGrownArtifact(artifact, clusters.id, VERSION, dataset);
    const rows = DenseRows.restore(artifact.meta.rows, dataset);
    const meta = artifact.meta as unknown as { portraits: ClusterPortrait[] } & ClusterState['figures'];
    const k = meta.portraits.length;
    const centroids = arrayOf(artifact, 'centroids', 'Float32Array', k * rows.dimension);
    const clusterOf = new Int32Array(dataset.tracks.count).fill(-1);
    clusterOf.set(arrayOf(artifact, 'clusterOf', 'Int16Array', before));
    for (let t = before; t < clusterOf.length; t++)
      if (rows.known[t] === 1) clusterOf[t] = nearestCentroid(rows.row(t), centroids, k);
    const state: ClusterState = {
      k,
      centroids,
      clusterOf,
      portraits: meta.portraits,
      figures: { quality: meta.quality, curve: meta.curve, iterations: meta.iterations },
    };
    return new FittedClusters(dataset, rows, state, artifact.config as Config, VERSION);
  },
};

async function group(
  rows: DenseRows,
  settings: Config,
  rng: Rng,
  report: (fraction: number, note: string) => void,
): Promise<ClusterState> {
  const { dimension } = rows;
  const members: number[] = [];
  for (let t = 0; t < rows.known.length; t++) if (rows.known[t] === 1) members.push(t);
  const data = new Float32Array(members.length * dimension);
  members.forEach((t, i) => {
    data.set(rows.row(t), i * dimension);
  });
  const curve = settings.choose === 'fixed' ? [] : clusterCurve(data, dimension, rng.fork('curve'));
  const wanted = settings.choose !== 'fixed' && curve.length > 0 ? chooseClusters(curve, settings.choose) : settings.k;
  // √(n / 2), the usual bound (Mardia et al. 1979): with more clusters, a small catalogue would have only a handful of tracks in each.
  const k = Math.min(wanted, Math.max(1, Math.floor(Math.sqrt(members.length / 2))));
  report(0.4, 'grouping');
  const found = kMeans(data, members.length, dimension, k, {
    rng: rng.fork('k-means'),
    restarts: settings.restarts,
    onIteration: (iteration) => report(0.4 + 0.4 * (1 - 1 / (1 + iteration / 20)), `iteration ${iteration}`),
  });
  const clusterOf = new Int32Array(rows.known.length).fill(-1);
  members.forEach((t, i) => {
    clusterOf[t] = found.nearest[i]!;
  });
  report(0.7, 'splitting large clusters');
  const split = await splitOversized(rows, clusterOf, found.k, rng.fork('split'));
  report(0.8, 'measuring the clusters');
  return {
    k: split,
    centroids: split === found.k ? found.centroids : meansOf(rows, clusterOf, split),
    clusterOf,
    portraits: nameClusters(rows, clusterOf, split),
    figures: {
      quality: clusterQuality(data, dimension, found, rng.fork('quality')),
      curve,
      iterations: found.iterations,
    },
  };
}

/** k × dimension, the mean row of each cluster. */
function meansOf(rows: DenseRows, clusterOf: Int32Array, k: number): Float32Array {
  const { dimension } = rows;
  const sums = new Float64Array(k * dimension);
  const counts = new Int32Array(k);
  for (let t = 0; t < clusterOf.length; t++) {
    const c = clusterOf[t]!;
    if (c < 0) continue;
    counts[c]!++;
    const row = rows.row(t);
    for (let d = 0; d < dimension; d++) sums[c * dimension + d]! += row[d]!;
  }
  return Float32Array.from(sums, (sum, i) => sum / Math.max(1, counts[Math.floor(i / dimension)]!));
}
