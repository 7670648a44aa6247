import type { Dataset } from '../../dataset/dataset.ts';
import { solveRows } from '../../math/kernels/als.ts';
import { Region } from '../../math/kernels/memory.ts';
import { VectorIndex } from '../../math/kernels/search.ts';
import { type Artifact, arrayOf, checkArtifact } from '../artifact.ts';
import type { Fitted, Model, ModelQuery, Reason, ScoredTracks } from '../model.ts';
import { step } from '../progress.ts';
import { rankScores } from '../ranking.ts';
import { config, type RatingsConfig } from './config.ts';
import { ridge, rowWidth, type TrackPart, trainRatings } from './train.ts';

const VERSION = 1;

/**
 * Biased matrix factorisation, r̂ = μ + bᵤ + bᵢ + pᵤ·qᵢ (Koren, Bell & Volinsky 2009, eq. 4), by alternating ridge regressions whose regularisation
 * grows with the number of ratings (Zhou et al. 2008). A query's weights are its owner's ratings.
 */
export const ratings: Model<typeof config> = {
  id: 'ratings',
  title: 'Rating prediction',
  description:
    'Predicts how an owner would rate each song from other ratings. Only for libraries with explicit ratings.',
  family: 'collaborative',
  source: 'Koren, Bell, Volinsky 2009; Zhou et al. 2008',
  byDefault: false,
  versions: [VERSION],
  predicts: 'ratings',
  config,
  unusable(dataset) {
    const { values } = dataset.byOwner;
    return values?.some((v) => v !== values[0]) ? null : 'This library has no ratings that differ.';
  },
  async fit(dataset, settings, context) {
    const { byOwner } = dataset;
    const values = byOwner.values ?? new Float32Array(byOwner.idx.length).fill(1);
    const part = await trainRatings(byOwner, values, settings, context.rng, (fraction) =>
      step(context, ratings.id, fraction, 'owners and tracks in turn'),
    );
    return new FittedRatings(dataset, settings, part);
  },
  load(artifact, dataset) {
    checkArtifact(artifact, ratings.id, VERSION, dataset.catalogueId);
    const settings = artifact.config as RatingsConfig;
    const { count } = dataset.tracks;
    return new FittedRatings(dataset, settings, {
      mean: Number(artifact.meta.mean),
      lowest: Number(artifact.meta.lowest),
      highest: Number(artifact.meta.highest),
      biases: arrayOf(artifact, 'biases', 'Float32Array', count),
      factors: arrayOf(artifact, 'factors', 'Float32Array', count * settings.factors),
    });
  },
};

class FittedRatings implements Fitted {
  readonly modelId = ratings.id;
  private readonly dataset: Dataset;
  private readonly settings: RatingsConfig;
  private readonly part: TrackPart;
  private readonly index: VectorIndex;

  constructor(dataset: Dataset, settings: RatingsConfig, part: TrackPart) {
    this.dataset = dataset;
    this.settings = settings;
    this.part = part;
    this.index = new VectorIndex(part.factors, dataset.tracks.count, settings.factors);
  }

  /**
   * The rating that a weight represents. Seeds that all weigh 1 mean "I like these", not the lowest rating, so they count as the highest; a negative
   * weight on a scale without negative ratings is a dislike and counts as the lowest.
   */
  private marks(weights: Float32Array): Float32Array {
    const { lowest, highest } = this.part;
    const plain = weights.every((w) => w === 1 || w < 0);
    return weights.map((w) => Math.min(highest, Math.max(lowest, plain && w === 1 ? highest : w)));
  }

  /** [pᵤ, bᵤ] of the query's owner, from the seeds that have ratings; null when none has. */
  private foldIn(query: ModelQuery): Float32Array | null {
    const { factors: f } = this.settings;
    const { mean, biases, factors } = this.part;
    const known: number[] = [];
    for (let i = 0; i < query.seeds.length; i++) if (this.dataset.ownersOf(query.seeds[i]!) > 0) known.push(i);
    if (known.length === 0) return null;
    const marks = this.marks(query.weights);
    const width = rowWidth(f);
    const region = new Region();
    try {
      const table = region.float32(known.length * width);
      const targets = region.float32(known.length);
      known.forEach((i, row) => {
        const track = query.seeds[i]!;
        table.set(factors.subarray(track * f, (track + 1) * f), row * width);
        table[row * width + f] = 1;
        targets[row] = marks[i]! - mean - biases[track]!;
      });
      const out = region.float32(width);
      solveRows({
        ptr: region.place(Int32Array.of(0, known.length)),
        idx: region.place(Int32Array.from(known.keys())),
        weights: 1,
        targets,
        lambdas: region.place(Float32Array.of(ridge(known.length, this.settings))),
        gram: region.float32(width * width),
        factors: table,
        d: width,
        out,
      });
      return Float32Array.from(out);
    } finally {
      region.free();
    }
  }

  /** Writes the predicted rating of every track, clamped to the range of the training ratings. */
  score(query: ModelQuery, out: Float32Array): void {
    const { mean, lowest, highest, biases } = this.part;
    const { factors: f } = this.settings;
    const owner = this.foldIn(query);
    if (owner) this.index.scores(owner.subarray(0, f), out);
    else out.fill(0);
    const base = mean + (owner ? owner[f]! : 0);
    for (let t = 0; t < out.length; t++) out[t] = Math.min(highest, Math.max(lowest, out[t]! + base + biases[t]!));
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const scores = new Float32Array(this.dataset.tracks.count);
    if (this.foldIn(query) === null) return { tracks: new Int32Array(0), scores: new Float32Array(0) };
    this.score(query, scores);
    // Any rating is evidence, including a negative one; a track that nobody rated has none.
    const { lowest } = this.part;
    for (let t = 0; t < scores.length; t++) scores[t] = this.dataset.ownersOf(t) > 0 ? scores[t]! - lowest + LEAST : 0;
    const ranked = rankScores(scores, query, n);
    return { tracks: ranked.tracks, scores: ranked.scores.map((s) => s - LEAST + lowest) };
  }

  explain(query: ModelQuery, track: number): Reason[] {
    if (this.dataset.ownersOf(track) === 0 || this.foldIn(query) === null) return [];
    const scores = new Float32Array(this.dataset.tracks.count);
    this.score(query, scores);
    return [{ kind: 'songs', share: 1, text: `Predicted rating ${scores[track]!.toFixed(1)}, from your ratings` }];
  }

  info(): Record<string, unknown> {
    const { mean, lowest, highest } = this.part;
    return { factors: this.settings.factors, mean, lowest, highest };
  }

  dispose(): void {
    this.index.dispose();
  }

  toArtifact(): Artifact {
    const { mean, lowest, highest, biases, factors } = this.part;
    return {
      modelId: this.modelId,
      modelVersion: VERSION,
      config: { ...this.settings },
      catalogueId: this.dataset.catalogueId,
      meta: { mean, lowest, highest },
      arrays: { biases, factors },
    };
  }
}

const LEAST = 1e-3;
