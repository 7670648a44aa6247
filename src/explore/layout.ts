import type { Dataset } from '../dataset/dataset.ts';
import { throwIfCancelled } from '../errors.ts';
import { nameClusters } from '../features/cluster-names.ts';
import { DenseRows } from '../features/dense.ts';
import { ContentSpace } from '../features/space.ts';
import { splitOversized } from '../features/split-clusters.ts';
import { type DistinctRows, distinctRows } from '../math/distinct-rows.ts';
import { type KMeans, kMeans, nearestCentroid } from '../math/kmeans.ts';
import { neighbourGraph } from '../math/neighbour-graph.ts';
import { neighbourLayout } from '../math/neighbour-layout.ts';
import { pca, project } from '../math/pca.ts';
import type { OnProgress } from '../math/progress.ts';
import { Rng } from '../math/rng.ts';
import { gatherRows } from '../math/rows.ts';
import { TaskThread, withThreads } from '../math/task-thread.ts';
import type { LayoutTasks } from './layout-worker.ts';
import { besides, intoSquare } from './plane.ts';

/** Changes when the same catalogue would be laid out differently; a stored layout of another version is recomputed. */
export const LAYOUT_VERSION = 3;

/** Position of every track on the taste map, and the group that determines its colour. */
export interface TasteLayout {
  /** One per track, in [−1, 1]. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Cluster number, 255 = nothing is known about the track. */
  readonly cluster: Uint8Array;
  /** Names of the clusters. */
  readonly labels: string[];
  /** Description of the method, for people. */
  readonly method: string;
}

export interface LayoutSettings {
  /** principal: fast; neighbours: the layout that keeps neighbours together, which takes seconds to minutes. */
  readonly method: 'principal' | 'neighbours';
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** Above this number of tracks, the neighbour layout is computed from a sample, and the others are placed by projection. */
export const MOST_POINTS = 200_000;
const CLUSTERS = 20;
const GENRE_AXES = 12;
const NEIGHBOURS = 12;
/** Tracks with identical data are placed side by side, at this fraction of the mean distance of points in an evenly filled square. */
const CLOSE = 0.4;
/** Tracks about which nothing is known have no position of their own and are scattered thinly over the map. */
const STREWN = 0.9;

/**
 * Computes the taste map of a catalogue: tracks similar in sound, genre, era and popularity are close together. The same dataset and seed give the
 * same map. The neighbour layout is computed in a separate thread. @throws SegueError CANCELLED
 */
export async function tasteMap(dataset: Dataset, settings: LayoutSettings): Promise<TasteLayout> {
  const { method, seed = 1, signal, onProgress } = settings;
  const rng = new Rng(seed);
  throwIfCancelled(signal, 'Making the map');
  onProgress?.({ fraction: 0, note: 'measuring features and genres' });
  const rows = await DenseRows.fit(ContentSpace.fit(dataset), GENRE_AXES, rng.fork('genres'));
  throwIfCancelled(signal, 'Making the map');
  const members = knownTracks(rows, rng.fork('sample'));
  const d = rows.dimension;
  const data = new Float32Array(members.length * d);
  members.forEach((t, i) => {
    data.set(rows.row(t), i * d);
  });
  const found = kMeans(data, members.length, d, Math.min(CLUSTERS, Math.max(1, members.length >> 3)), {
    rng: rng.fork('clusters'),
  });
  onProgress?.({ fraction: 0.1, note: 'laying out' });
  const axes = pca(data, d, 2);
  // Tracks of an artist of whom only genres are known have identical rows: each distinct row is laid out once.
  const kinds = distinctRows(data, d);
  const rowsOnce = gatherRows(data, d, kinds.first);
  const start = members.length > 1 ? project(rowsOnce, d, axes) : new Float32Array(kinds.first.length * 2);
  const plane =
    method === 'neighbours' && kinds.first.length > 2
      ? await inBackground({ data: rowsOnce, d, start, seed }, signal, ({ fraction, note }) =>
          onProgress?.({ fraction: 0.1 + 0.9 * fraction, note }),
        )
      : start;
  onProgress?.({ fraction: 1, note: 'done' });
  return assemble(rows, { members, kinds, plane }, found, rng, method);
}

function knownTracks(rows: DenseRows, rng: Rng): Int32Array {
  const members: number[] = [];
  for (let t = 0; t < rows.known.length; t++) if (rows.known[t] === 1) members.push(t);
  if (members.length <= MOST_POINTS) return Int32Array.from(members);
  return rng
    .sample(members.length, MOST_POINTS)
    .map((i) => members[i]!)
    .sort();
}

/** The tracks that were laid out, and the positions of their kinds. */
interface Placed {
  members: Int32Array;
  kinds: DistinctRows;
  /** kinds × 2 */
  plane: Float32Array;
}

async function assemble(
  rows: DenseRows,
  { members, kinds, plane }: Placed,
  { centroids, k }: KMeans,
  rng: Rng,
  method: LayoutSettings['method'],
): Promise<TasteLayout> {
  const count = rows.known.length;
  const x = new Float32Array(count).fill(Number.NaN);
  const y = new Float32Array(count).fill(Number.NaN);
  const across = Float32Array.from(kinds.first, (_, i) => plane[i * 2]!);
  const up = Float32Array.from(kinds.first, (_, i) => plane[i * 2 + 1]!);
  intoSquare(across);
  intoSquare(up);
  const spacing = CLOSE * Math.sqrt(4 / Math.max(1, members.length));
  members.forEach((t, i) => {
    const [dx, dy] = besides(kinds.place[i]!, spacing);
    x[t] = within(across[kinds.kind[i]!]! + dx);
    y[t] = within(up[kinds.kind[i]!]! + dy);
  });
  const strewn = rng.fork('strewn');
  const clusterOf = new Int32Array(count).fill(-1);
  const homes = Array.from({ length: k }, () => [] as number[]);
  for (let t = 0; t < count; t++) {
    if (rows.known[t] === 0) continue;
    clusterOf[t] = nearestCentroid(rows.row(t), centroids, k);
    if (!Number.isNaN(x[t]!)) homes[clusterOf[t]!]!.push(t);
  }
  for (let t = 0; t < count; t++) {
    if (!Number.isNaN(x[t]!)) continue;
    const home = clusterOf[t]! >= 0 ? homes[clusterOf[t]!]! : [];
    const beside = home.length > 0 ? home[strewn.below(home.length)]! : -1;
    x[t] = beside >= 0 ? within(x[beside]! + 0.01 * strewn.normal()) : STREWN * (2 * strewn.uniform() - 1);
    y[t] = beside >= 0 ? within(y[beside]! + 0.01 * strewn.normal()) : STREWN * (2 * strewn.uniform() - 1);
  }
  // A cluster whose tracks the directions cannot distinguish is split by its own genres, so that no colour covers a quarter of the map.
  const clusters = await splitOversized(rows, clusterOf, k, rng.fork('split'));
  return {
    x,
    y,
    cluster: Uint8Array.from(clusterOf, (c) => (c < 0 ? 255 : c)),
    labels: nameClusters(rows, clusterOf, clusters).map(({ name }) => name),
    method: method === 'neighbours' ? 'neighbours in sound, genre, era and popularity' : 'principal components',
  };
}

/** Mirrors a point beyond the edge back inside. */
const within = (value: number): number => (Math.abs(value) <= 1 ? value : Math.sign(value) * (2 - Math.abs(value)));

export interface LayoutWork {
  readonly data: Float32Array;
  readonly d: number;
  readonly start: Float32Array;
  readonly seed: number;
}

/** The thread's work: the neighbour graph, then the layout. */
export function pictureOf(work: LayoutWork, onProgress: OnProgress): Float32Array {
  const rng = new Rng(work.seed).fork('picture');
  const graph = neighbourGraph(work.data, work.d, NEIGHBOURS, rng.fork('graph'), (part) =>
    onProgress({ fraction: 0.4 * part, note: 'finding neighbours' }),
  );
  return neighbourLayout(graph, work.start, rng.fork('layout'), {
    onProgress: (part) => onProgress({ fraction: 0.4 + 0.6 * part, note: 'laying out' }),
  });
}

async function inBackground(
  work: LayoutWork,
  signal: AbortSignal | undefined,
  onProgress: OnProgress,
): Promise<Float32Array> {
  const file = new URL('layout-worker.ts', import.meta.url);
  const thread = new TaskThread<LayoutTasks>(file, null, 'Drawing the map');
  return withThreads([thread], signal, () => thread.run('draw', work, onProgress));
}
