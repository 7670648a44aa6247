import type { Dataset } from '../../dataset/dataset.ts';
import { solveRows } from '../../math/kernels/als.ts';
import { gramOfRows } from '../../math/kernels/als-diagonal.ts';
import { present } from '../../math/kernels/file-memory.ts';
import { Int8Index, type Int8Rows, type Pair } from '../../math/kernels/int8-index.ts';
import { Region } from '../../math/kernels/memory.ts';
import { VectorIndex } from '../../math/kernels/search.ts';
import type { Artifact } from '../artifact.ts';
import { songsReason } from '../contributions.ts';
import { int8Arrays } from '../int8-arrays.ts';
import { type Fitted, type ModelQuery, modelQuery, type Reason, type ScoredTracks } from '../model.ts';
import { rankScores } from '../ranking.ts';
import { type AlsConfig, alsSettings, paddedFactors } from './config.ts';
import { type AlsSettings, ridge } from './solve.ts';

export const ALS_VERSION = 1;

/** The result of training. */
export interface TrackVectors {
  /** Distinct vectors, columns × padded factors. May be loaded lazily: call `present` before reading rows. */
  table: Float32Array;
  /** Row of each track in the table; −1 when nobody held it. */
  columnOf: Int32Array;
  /** Number of owners in the training data. */
  owners: number;
  /** α₀ used in training. */
  unobservedWeight: number;
  /** YᵀY over the tracks, padded factors squared; computed when left out. */
  gram?: Float32Array;
  /** The table in int8; computed when left out. */
  rounded?: Int8Rows;
}

/**
 * Trained track vectors; owners are folded in per query. Queries scan the vectors in int8, which takes a quarter of the memory traffic and keeps the
 * quality of the list to the fourth digit.
 */
export class FittedAls implements Fitted {
  readonly modelId = 'als';
  private readonly dataset: Dataset;
  private readonly settings: AlsConfig;
  private readonly trained: TrackVectors;
  private readonly solver: AlsSettings;
  private readonly d: number;
  private readonly index: Int8Index;
  private readonly gram: Float32Array;
  /** α₀ YᵀY */
  private readonly product: Float32Array;
  /** (owners of the track) ^ scoreExponent; null when the exponent is 0 */
  private readonly scale: Float32Array | null;
  /** Scores of the distinct vectors for the current query. */
  private readonly distinct: Float32Array;
  private cosines: VectorIndex | null = null;

  constructor(dataset: Dataset, settings: AlsConfig, trained: TrackVectors) {
    this.dataset = dataset;
    this.settings = settings;
    this.trained = trained;
    this.d = paddedFactors(settings.factors);
    const { count } = dataset.tracks;
    const { table } = trained;
    const columns = table.length / this.d;
    this.distinct = new Float32Array(columns);
    this.scale =
      settings.scoreExponent === 0
        ? null
        : Float32Array.from({ length: count }, (_, t) => Math.max(1, dataset.ownersOf(t)) ** settings.scoreExponent);
    this.gram = trained.gram ?? gramOf(trained, this.d);
    this.solver = alsSettings(settings, trained.unobservedWeight);
    this.product = this.gram.map((v) => v * trained.unobservedWeight);
    this.index = new Int8Index(trained.rounded ?? present(table), this.d);
  }

  /** A view of a track's vector; null when the track was not trained. */
  private vector(track: number): Float32Array | null {
    const column = this.trained.columnOf[track]!;
    return column < 0 ? null : present(this.trained.table.subarray(column * this.d, (column + 1) * this.d));
  }

  /**
   * The vector of a new owner in closed form: x = (α₀ YᵀY + Σ c y yᵀ + λ I)⁻¹ Σ c p y with c = |weight| and p = 1, or 0 for a dislike.
   * @throws SegueError UNSOLVABLE
   */
  foldIn(seeds: Int32Array, weights: Float32Array): Float32Array {
    const { d } = this;
    const region = new Region();
    try {
      const { rows, out } = this.solve(region, seeds, weights, (i) => Math.max(0, weights[i]!));
      return rows === 0 ? new Float32Array(d) : Float32Array.from(out);
    } finally {
      region.free();
    }
  }

  /** Solves the normal equations of the seeds for right sides Σ target(i) y_i; the result is in the region. */
  private solve(
    region: Region,
    seeds: Int32Array,
    weights: Float32Array,
    target: (i: number) => number,
    rightSide: Float32Array | null = null,
  ): { rows: number; out: Float32Array } {
    const { d } = this;
    const known: number[] = [];
    for (let i = 0; i < seeds.length; i++) if (weights[i] !== 0 && this.vector(seeds[i]!)) known.push(i);
    // One more row of Y, with weight 0, carries a right side that is not a sum over the seeds.
    const extra = rightSide ? 1 : 0;
    const n = known.length + extra;
    const y = region.float32(Math.max(1, n) * d);
    known.forEach((i, row) => {
      y.set(this.vector(seeds[i]!)!, row * d);
    });
    if (rightSide) y.set(rightSide, known.length * d);
    const out = region.float32(d);
    if (known.length === 0) return { rows: 0, out };
    const c = known.map((i) => Math.abs(weights[i]!));
    const t = known.map((i) => (rightSide ? 0 : target(i)));
    const total = c.reduce((sum, value) => sum + value, 0);
    solveRows({
      ptr: region.place(Int32Array.of(0, n)),
      idx: region.place(Int32Array.from({ length: n }, (_, i) => i)),
      weights: region.place(Float32Array.from(extra ? [...c, 0] : c)),
      targets: region.place(Float32Array.from(extra ? [...t, 1] : t)),
      lambdas: region.place(Float32Array.of(ridge(total, this.dataset.tracks.count, this.solver))),
      gram: region.place(this.product),
      factors: y,
      d,
      out,
    });
    return { rows: known.length, out };
  }

  score(query: ModelQuery, out: Float32Array): void {
    const { scale, distinct } = this;
    const { columnOf } = this.trained;
    this.index.scoresFast(this.foldIn(query.seeds, query.weights), distinct);
    for (let t = 0; t < out.length; t++) out[t] = columnOf[t]! < 0 ? 0 : distinct[columnOf[t]!]!;
    if (scale) for (let t = 0; t < out.length; t++) out[t] = out[t]! * scale[t]!;
  }

  /** The distinct vectors as trained, row by row: a view. */
  get distinctVectors(): { readonly table: Float32Array; readonly d: number } {
    return { table: present(this.trained.table), d: this.d };
  }

  /** Length of a vector. */
  get dimension(): number {
    return this.d;
  }

  /** A track's column among the distinct vectors; −1 when nobody holds it. */
  columnOf(track: number): number {
    return this.trained.columnOf[track]!;
  }

  /**
   * Scores a vector against some of the distinct vectors, without the popularity exponent; 0 for column −1. `columns` and `out` have the same length
   * and must be in the kernels' memory. @throws SegueError INTERNAL when they are not, or after `dispose`
   */
  scorePointAt(vector: Float32Array, columns: Int32Array, out: Float32Array): void {
    this.index.scoresAt(vector, columns, out);
  }

  /** Number of distinct vectors. */
  get columns(): number {
    return this.index.count;
  }

  /** Scores a vector against all distinct vectors in order. `out` holds at least `columns` numbers and may be in any memory. */
  scorePoint(vector: Float32Array, out: Float32Array): void {
    this.index.scoresFast(vector, out);
  }

  /** As `scorePointAt` for two vectors in one pass. */
  scorePointsAt(vectors: Pair<Float32Array>, columns: Int32Array, outs: Pair<Float32Array>): void {
    this.index.scoresOfTwoAt(vectors, columns, outs);
  }

  /** As `scorePoint` for two vectors in one pass. */
  scorePoints(vectors: Pair<Float32Array>, outs: Pair<Float32Array>): void {
    this.index.scoresOfTwo(vectors, outs);
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const scores = new Float32Array(this.dataset.tracks.count);
    this.score(query, scores);
    return rankScores(scores, query, n);
  }

  /** Cosine between track vectors. */
  similar(track: number, n: number): ScoredTracks {
    const own = this.vector(track);
    const scores = new Float32Array(this.dataset.tracks.count);
    if (own) {
      const { columnOf, table } = this.trained;
      this.cosines ??= new VectorIndex(present(table), table.length / this.d, this.d, { normalise: true });
      this.cosines.scores(this.cosines.row(columnOf[track]!), this.distinct);
      for (let t = 0; t < scores.length; t++) if (columnOf[t]! >= 0) scores[t] = this.distinct[columnOf[t]!]!;
    }
    return rankScores(scores, modelQuery({ seeds: [track] }), n);
  }

  /** ŷ = Σ_i s_i c_i p_i with s_i = y_trackᵀ W y_i, W the inverse of the owner's system: what each seed adds (Hu et al. 2008, §5). */
  explain(query: ModelQuery, track: number): Reason[] {
    const { d } = this;
    const { seeds, weights } = query;
    const region = new Region();
    try {
      const own = this.vector(track);
      if (own === null) return [];
      const { rows, out } = this.solve(region, seeds, weights, () => 0, own);
      if (rows === 0) return [];
      const contributions = Float64Array.from(seeds, (seed, i) => {
        const vector = this.vector(seed);
        let dot = 0;
        if (vector) for (let j = 0; j < d; j++) dot += out[j]! * vector[j]!;
        return Math.max(0, weights[i]!) * dot;
      });
      return songsReason(this.dataset, seeds, contributions);
    } finally {
      region.free();
    }
  }

  vectors(): { data: Float32Array; dimension: number } {
    const { d } = this;
    const data = new Float32Array(this.dataset.tracks.count * d);
    for (let t = 0; t < this.dataset.tracks.count; t++) {
      const vector = this.vector(t);
      if (vector) data.set(vector, t * d);
    }
    return { data, dimension: d };
  }

  info(): Record<string, unknown> {
    return { factors: this.d, owners: this.trained.owners, vectors: this.distinct.length };
  }

  dispose(): void {
    this.index.dispose();
    this.cosines?.dispose();
  }

  toArtifact(): Artifact {
    const { owners, unobservedWeight } = this.trained;
    const lowered = unobservedWeight !== this.settings.unobservedWeight;
    return {
      modelId: this.modelId,
      modelVersion: ALS_VERSION,
      config: { ...this.settings },
      catalogueId: this.dataset.catalogueId,
      meta: { owners, ...(lowered && { unobservedWeight }), gram: true, rounded: true },
      arrays: {
        table: present(this.trained.table),
        columnOf: this.trained.columnOf,
        gram: this.gram,
        ...int8Arrays('table', this.index.toRows()),
      },
    };
  }
}

function gramOf({ table, columnOf }: TrackVectors, d: number): Float32Array {
  const region = new Region();
  try {
    const sizes = region.int32(table.length / d);
    for (const column of columnOf) if (column >= 0) sizes[column]!++;
    return Float32Array.from(gramOfRows(region.place(present(table)), d, sizes));
  } finally {
    region.free();
  }
}
