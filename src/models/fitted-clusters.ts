import type { Dataset } from '../dataset/dataset.ts';
import type { ClusterPortrait } from '../features/cluster-names.ts';
import type { ClusterQuality, CurvePoint } from '../features/cluster-quality.ts';
import type { DenseRows } from '../features/dense.ts';
import { explainDense } from '../features/explain-dense.ts';
import { SectionNames } from '../features/section-names.ts';
import { apportion } from '../math/apportion.ts';
import type { Csr } from '../math/csr.ts';
import { VectorIndex } from '../math/kernels/search.ts';
import { TopK } from '../math/topk.ts';
import type { Artifact } from './artifact.ts';
import { type Fitted, type ModelQuery, modelQuery, type Reason, type ScoredTracks } from './model.ts';

export interface ClusterState {
  readonly k: number;
  /** k × dimension */
  readonly centroids: Float32Array;
  /** Cluster of each track, −1 when it has no known features. */
  readonly clusterOf: Int32Array;
  readonly portraits: readonly ClusterPortrait[];
  readonly figures: {
    readonly quality: ClusterQuality;
    /** Inertia and silhouette by k, when k was chosen. */
    readonly curve: readonly CurvePoint[];
    readonly iterations: number;
  };
}

/** The seeds of a query by cluster. */
interface Taste {
  /** Clusters with a positive share, largest share first. */
  readonly clusters: readonly number[];
  /** Weight of the seeds in each of them. */
  readonly weights: readonly number[];
  /** Unit mean of the cluster's seeds. */
  readonly means: readonly Float32Array[];
  /** Unit mean of the genre rows of the cluster's seeds, by genre; null when none of them has a genre. */
  readonly genres: readonly (Float32Array | null)[];
}

export class FittedClusters implements Fitted {
  readonly modelId = 'clusters';
  readonly state: ClusterState;
  readonly rows: DenseRows;
  private readonly dataset: Dataset;
  private readonly config: Record<string, unknown>;
  private readonly version: number;
  /** Tracks of each cluster, ascending: members[start[c] … start[c+1]). */
  private readonly members: Int32Array;
  private readonly start: Int32Array;
  private sectionNames: SectionNames | null = null;
  /** Reasons are computed one track at a time; this keeps the taste of the list's query. */
  private readonly tastes = new WeakMap<ModelQuery, Taste>();
  /** Unit rows of the members of each cluster, in the kernels' memory for scanning; null for an empty cluster. */
  private readonly indexes: (VectorIndex | null)[];

  constructor(
    dataset: Dataset,
    rows: DenseRows,
    state: ClusterState,
    config: Record<string, unknown>,
    version: number,
  ) {
    this.dataset = dataset;
    this.rows = rows;
    this.state = state;
    this.config = config;
    this.version = version;
    const { k, clusterOf } = state;
    this.start = new Int32Array(k + 1);
    for (const c of clusterOf) if (c >= 0) this.start[c + 1]!++;
    for (let c = 0; c < k; c++) this.start[c + 1]! += this.start[c]!;
    const cursor = this.start.slice(0, k);
    this.members = new Int32Array(this.start[k]!);
    for (let t = 0; t < clusterOf.length; t++) if (clusterOf[t]! >= 0) this.members[cursor[clusterOf[t]!]!++] = t;
    this.indexes = Array.from({ length: k }, (_, c) => {
      const own = this.members.subarray(this.start[c]!, this.start[c + 1]!);
      const data = new Float32Array(own.length * rows.dimension);
      own.forEach((track, i) => {
        data.set(rows.row(track), i * rows.dimension);
      });
      return own.length > 0 ? new VectorIndex(data, own.length, rows.dimension, { normalise: true }) : null;
    });
  }

  /**
   * Divides n places among the clusters by the largest remainders of the seeds' shares; places that a cluster cannot fill go to the others. The whole
   * list is sorted by cosine; `sections` are the clusters by share.
   */
  recommend(query: ModelQuery, n: number): ScoredTracks {
    const taste = this.taste(query);
    const barred = new Set(query.exclude);
    for (const seed of query.seeds) barred.add(seed);
    const lists = taste.clusters.map((cluster, i) =>
      this.nearest(cluster, taste.means[i]!, taste.genres[i]!, query.allowed, barred, n),
    );
    const places = apportion(
      taste.weights,
      n,
      lists.map((list) => list.items.length),
    );
    const total = taste.weights.reduce((a, b) => a + b, 0);
    const all: { track: number; score: number; section: number }[] = [];
    lists.forEach(({ items, scores }, section) => {
      for (let i = 0; i < places[section]!; i++) all.push({ track: items[i]!, score: scores[i]!, section });
    });
    all.sort((a, b) => b.score - a.score || a.track - b.track);
    return {
      tracks: Int32Array.from(all, (entry) => entry.track),
      scores: Float32Array.from(all, (entry) => entry.score),
      sections: taste.clusters.map((cluster, i) => ({
        label: this.state.portraits[cluster]!.name,
        share: taste.weights[i]! / total,
      })),
      sectionOf: Uint8Array.from(all, (entry) => entry.section),
    };
  }

  /** Closeness to the seeds in the track's own cluster, −1–1; 0 in clusters without seeds. */
  score(query: ModelQuery, out: Float32Array): void {
    out.fill(0);
    const { clusters, means, genres } = this.taste(query);
    clusters.forEach((cluster, i) => {
      const cosines = this.closeness(cluster, means[i]!, genres[i]!);
      for (let m = 0; m < cosines.length; m++) out[this.members[this.start[cluster]! + m]!] = cosines[m]!;
    });
  }

  explain(query: ModelQuery, track: number): Reason[] {
    const cluster = this.state.clusterOf[track]!;
    const taste = this.taste(query);
    const at = taste.clusters.indexOf(cluster);
    if (at < 0) return [];
    const own = this.seedsOf(query, cluster);
    const genres = taste.genres[at] ?? null;
    const profile = this.rows.space.genres.profileOf[track]!;
    const beside = genres && profile >= 0 ? dot(this.rows.space.genres.rows, profile, genres) : 0;
    const closeness = explainDense(this.rows, taste.means[at]!, own, track, beside);
    if (closeness.length === 0) return [];
    const first = `“${this.dataset.tracks.names.get(own[0]!)}”`;
    const more = own.length === 1 ? '' : ` and ${own.length - 1} more of your songs`;
    return [
      { kind: 'songs', share: 0.5, text: `Close to ${first}${more}`, tracks: [...own.subarray(0, 5)] },
      // Both reasons describe the same score, by the songs and by what they have in common, so each gets half.
      ...closeness.map((reason) => ({ ...reason, share: reason.share / 2 })),
    ];
  }

  nameSections(query: ModelQuery, kept: readonly (readonly number[])[]): string[] {
    this.sectionNames ??= new SectionNames(this.rows);
    return this.sectionNames.name(
      kept,
      this.taste(query).clusters.map((cluster) => this.seedsOf(query, cluster)[0]!),
    );
  }

  /** The liked seeds in a cluster. */
  private seedsOf({ seeds, weights }: ModelQuery, cluster: number): Int32Array {
    return seeds.filter((seed, s) => this.state.clusterOf[seed] === cluster && weights[s]! > 0);
  }

  similar(track: number, n: number): ScoredTracks {
    const { tracks, scores } = this.recommend(modelQuery({ seeds: [track] }), n);
    return { tracks, scores };
  }

  vectors(): { data: Float32Array; dimension: number } {
    return { data: this.rows.data, dimension: this.rows.dimension };
  }

  info(): Record<string, unknown> {
    const { figures, portraits, k } = this.state;
    return {
      k,
      ...figures.quality,
      iterations: figures.iterations,
      curve: figures.curve,
      clusters: portraits.map((portrait, c) => ({ ...portrait, tracks: this.start[c + 1]! - this.start[c]! })),
    };
  }

  dispose(): void {
    for (const index of this.indexes) index?.dispose();
    this.rows.space.dispose();
  }

  toArtifact(): Artifact {
    const { centroids, clusterOf, portraits, figures } = this.state;
    return {
      modelId: this.modelId,
      modelVersion: this.version,
      config: this.config,
      catalogueId: this.dataset.catalogueId,
      meta: { rows: this.rows.record, portraits, ...figures },
      arrays: { centroids, clusterOf: Int16Array.from(clusterOf) },
    };
  }

  private taste(query: ModelQuery): Taste {
    let taste = this.tastes.get(query);
    if (!taste) this.tastes.set(query, (taste = this.tasteOf(query)));
    return taste;
  }

  /** Disliked seeds push their cluster's mean away and reduce its share. */
  private tasteOf({ seeds, weights }: ModelQuery): Taste {
    const { clusterOf } = this.state;
    const { data, dimension: d } = this.rows;
    const sums = new Map<number, { weight: number; mean: Float32Array }>();
    for (let s = 0; s < seeds.length; s++) {
      const seed = seeds[s]!;
      const cluster = clusterOf[seed]!;
      if (cluster < 0) continue;
      let sum = sums.get(cluster);
      if (!sum) sums.set(cluster, (sum = { weight: 0, mean: new Float32Array(d) }));
      sum.weight += weights[s]!;
      for (let j = 0; j < d; j++) sum.mean[j]! += weights[s]! * data[seed * d + j]!;
    }
    const found = [...sums]
      .filter(([, { weight, mean }]) => weight > 0 && mean.some((value) => value !== 0))
      .sort((a, b) => b[1].weight - a[1].weight || a[0] - b[0]);
    return {
      clusters: found.map(([cluster]) => cluster),
      weights: found.map(([, { weight }]) => weight),
      means: found.map(([, { mean }]) => unit(mean)!),
      genres: found.map(([cluster]) => this.genresOf(cluster, seeds, weights)),
    };
  }

  private genresOf(cluster: number, seeds: Int32Array, weights: Float32Array): Float32Array | null {
    const { profileOf, rows } = this.rows.space.genres;
    const sum = new Float32Array(rows.columns);
    seeds.forEach((seed, s) => {
      const profile = profileOf[seed]!;
      if (this.state.clusterOf[seed] !== cluster || profile < 0) return;
      for (let e = rows.ptr[profile]!; e < rows.ptr[profile + 1]!; e++)
        sum[rows.idx[e]!]! += weights[s]! * rows.values![e]!;
    });
    return unit(sum);
  }

  /**
   * How near a cluster's members are to its seeds: the mean of the cosine of their dense rows and, where the seeds have genres, the cosine of the
   * genres themselves, which the few dimensions of the dense rows cannot all distinguish.
   */
  private closeness(cluster: number, mean: Float32Array, genres: Float32Array | null): Float32Array {
    const from = this.start[cluster]!;
    const out = new Float32Array(this.start[cluster + 1]! - from);
    this.indexes[cluster]?.scores(mean, out);
    if (!genres) return out;
    const { profileOf, rows } = this.rows.space.genres;
    const found = new Map<number, number>();
    for (let m = 0; m < out.length; m++) {
      const profile = profileOf[this.members[from + m]!]!;
      let cosine = profile < 0 ? 0 : found.get(profile);
      if (cosine === undefined) found.set(profile, (cosine = dot(rows, profile, genres)));
      out[m] = (out[m]! + cosine) / 2;
    }
    return out;
  }

  private nearest(
    cluster: number,
    mean: Float32Array,
    genres: Float32Array | null,
    allowed: Uint8Array | null,
    barred: ReadonlySet<number>,
    n: number,
  ): { items: Int32Array; scores: Float32Array } {
    const members = this.members.subarray(this.start[cluster]!, this.start[cluster + 1]!);
    const cosines = this.closeness(cluster, mean, genres);
    const top = new TopK(n);
    let threshold = 0;
    for (let m = 0; m < cosines.length; m++) {
      const score = cosines[m]!;
      if (!(score > 0) || score < threshold) continue;
      const track = members[m]!;
      if ((allowed && allowed[track] === 0) || barred.has(track)) continue;
      top.push(track, score);
      threshold = top.threshold;
    }
    return top.drain();
  }
}

/** A vector scaled to length 1; null when it is all zeros. */
function unit(vector: Float32Array): Float32Array | null {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : null;
}

function dot({ ptr, idx, values }: Csr, row: number, vector: Float32Array): number {
  let sum = 0;
  for (let e = ptr[row]!; e < ptr[row + 1]!; e++) sum += values![e]! * vector[idx[e]!]!;
  return sum;
}
