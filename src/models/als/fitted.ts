import type { Dataset } from '../../dataset/dataset.ts';
import { solveRows } from '../../math/kernels/als.ts';
import { gram } from '../../math/kernels/gemm.ts';
import { Region } from '../../math/kernels/memory.ts';
import { VectorIndex } from '../../math/kernels/search.ts';
import type { Artifact } from '../artifact.ts';
import { songsReason } from '../contributions.ts';
import type { Fitted, ModelQuery, Reason, ScoredTracks } from '../model.ts';
import { rankScores } from '../ranking.ts';
import { type AlsConfig, alsSettings, paddedFactors } from './config.ts';
import { ridge } from './solve.ts';

export const ALS_VERSION = 1;

/** Trained track vectors; owners are folded in per query. */
export class FittedAls implements Fitted {
  readonly modelId = 'als';
  private readonly dataset: Dataset;
  private readonly settings: AlsConfig;
  private readonly factors: Float32Array;
  private readonly ownerCount: number;
  private readonly d: number;
  private readonly index: VectorIndex;
  /** α₀ YᵀY */
  private readonly product: Float32Array;
  /** owners of the track ^ scoreExponent; null when the exponent is 0 */
  private readonly scale: Float32Array | null;
  private cosines: VectorIndex | null = null;

  /** @param factors tracks × padded factors @param ownerCount owners that it was trained on */
  constructor(dataset: Dataset, settings: AlsConfig, factors: Float32Array, ownerCount: number) {
    this.dataset = dataset;
    this.settings = settings;
    this.factors = factors;
    this.ownerCount = ownerCount;
    this.d = paddedFactors(settings.factors);
    const { count } = dataset.tracks;
    this.index = new VectorIndex(factors, count, this.d);
    this.scale =
      settings.scoreExponent === 0
        ? null
        : Float32Array.from({ length: count }, (_, t) => Math.max(1, dataset.ownersOf(t)) ** settings.scoreExponent);
    const region = new Region();
    try {
      const product = region.float32(this.d * this.d);
      gram(region.place(factors), count, this.d, product);
      this.product = Float32Array.from(product, (v) => v * settings.unobservedWeight);
    } finally {
      region.free();
    }
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

  /** Solves the normal equations of the seeds for right sides Σ target(i) y_i; the result lies in the region. */
  private solve(
    region: Region,
    seeds: Int32Array,
    weights: Float32Array,
    target: (i: number) => number,
    rightSide: Float32Array | null = null,
  ): { rows: number; out: Float32Array } {
    const { d, factors } = this;
    const known: number[] = [];
    for (let i = 0; i < seeds.length; i++) if (weights[i] !== 0 && this.isTrained(seeds[i]!)) known.push(i);
    // A further row of Y, weighted 0, carries a right side that is not a sum over the seeds.
    const extra = rightSide ? 1 : 0;
    const n = known.length + extra;
    const y = region.float32(Math.max(1, n) * d);
    known.forEach((i, row) => {
      y.set(factors.subarray(seeds[i]! * d, (seeds[i]! + 1) * d), row * d);
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
      lambdas: region.place(Float32Array.of(ridge(total, this.dataset.tracks.count, alsSettings(this.settings)))),
      gram: region.place(this.product),
      factors: y,
      d,
      out,
    });
    return { rows: known.length, out };
  }

  private isTrained(track: number): boolean {
    const from = track * this.d;
    for (let j = from; j < from + this.d; j++) if (this.factors[j] !== 0) return true;
    return false;
  }

  score(query: ModelQuery, out: Float32Array): void {
    this.index.scores(this.foldIn(query.seeds, query.weights), out);
    const { scale } = this;
    if (scale) for (let t = 0; t < out.length; t++) out[t] = out[t]! * scale[t]!;
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const scores = new Float32Array(this.dataset.tracks.count);
    this.score(query, scores);
    return rankScores(scores, query, n);
  }

  /** Cosine between track vectors. */
  similar(track: number, n: number): ScoredTracks {
    const { count } = this.dataset.tracks;
    this.cosines ??= new VectorIndex(this.factors, count, this.d, { normalise: true });
    if (!this.isTrained(track)) return { tracks: new Int32Array(0), scores: new Float32Array(0) };
    const { items, scores } = this.cosines.search(this.cosines.row(track), n + 1, { floor: 0 });
    const others = Array.from(items, (_, i) => i)
      .filter((i) => items[i] !== track)
      .slice(0, n);
    return { tracks: Int32Array.from(others, (i) => items[i]!), scores: Float32Array.from(others, (i) => scores[i]!) };
  }

  /** ŷ = Σ_i s_i c_i p_i with s_i = y_trackᵀ W y_i, W the inverse of the owner's system: what each seed adds (Hu et al. 2008, §5). */
  explain(query: ModelQuery, track: number): Reason[] {
    const { d, factors } = this;
    const { seeds, weights } = query;
    const region = new Region();
    try {
      const own = factors.slice(track * d, (track + 1) * d);
      const { rows, out } = this.solve(region, seeds, weights, () => 0, own);
      if (rows === 0 || !this.isTrained(track)) return [];
      const contributions = Float64Array.from(seeds, (seed, i) => {
        let dot = 0;
        for (let j = 0; j < d; j++) dot += out[j]! * factors[seed * d + j]!;
        return Math.max(0, weights[i]!) * dot;
      });
      return songsReason(this.dataset, seeds, contributions);
    } finally {
      region.free();
    }
  }

  vectors(): { data: Float32Array; dimension: number } {
    return { data: this.factors, dimension: this.d };
  }

  info(): Record<string, unknown> {
    return { factors: this.d, owners: this.ownerCount, tracks: this.dataset.tracks.count };
  }

  toArtifact(): Artifact {
    return {
      modelId: this.modelId,
      modelVersion: ALS_VERSION,
      config: { ...this.settings },
      catalogueId: this.dataset.catalogueId,
      meta: { owners: this.ownerCount },
      arrays: { factors: this.factors },
    };
  }
}
