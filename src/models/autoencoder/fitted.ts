import type { DenseRows } from '../../features/dense.ts';
import { VectorIndex } from '../../math/kernels/search.ts';
import type { Artifact } from '../artifact.ts';
import { songsReason } from '../contributions.ts';
import { type Fitted, type ModelQuery, modelQuery, type Reason, type ScoredTracks } from '../model.ts';
import { rankScores } from '../ranking.ts';
import type { AutoencoderConfig } from './autoencoder.ts';
import { encode, type Trained } from './training.ts';

export class FittedAutoencoder implements Fitted {
  readonly modelId = 'autoencoder';
  private readonly rows: DenseRows;
  private readonly trained: Trained;
  private readonly config: AutoencoderConfig;
  private readonly version: number;
  /** count × latent, centred on the catalogue's mean and scaled to length 1; zeros where no feature is known. */
  private readonly latent: Float32Array;
  private readonly index: VectorIndex;

  constructor(rows: DenseRows, trained: Trained, config: AutoencoderConfig, version: number) {
    this.rows = rows;
    this.trained = trained;
    this.config = config;
    this.version = version;
    const raw = encode(rows, trained.parameters, config.hidden, config.latent);
    centre(raw, rows.known, config.latent);
    this.index = new VectorIndex(raw, rows.known.length, config.latent, { normalise: true });
    this.latent = this.index.rows();
  }

  /** Cosine to the weighted mean of the seeds' latent directions. */
  score(query: ModelQuery, out: Float32Array): void {
    const mean = this.mean(query);
    if (mean) this.index.scores(mean, out);
    else out.fill(0);
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const scores = new Float32Array(this.rows.known.length);
    this.score(query, scores);
    return rankScores(scores, query, n);
  }

  /** The seeds, with each one's contribution to the cosine: w ⟨seed, track⟩. */
  explain(query: ModelQuery, track: number): Reason[] {
    const contributions = new Float64Array(query.seeds.length);
    for (let s = 0; s < contributions.length; s++)
      contributions[s] = query.weights[s]! * this.dot(query.seeds[s]!, track);
    return songsReason(this.rows.space.dataset, query.seeds, contributions);
  }

  similar(track: number, n: number): ScoredTracks {
    return this.recommend(modelQuery({ seeds: [track] }), n);
  }

  vectors(): { data: Float32Array; dimension: number } {
    return { data: this.latent, dimension: this.config.latent };
  }

  info(): Record<string, unknown> {
    const { curve, best, parameters } = this.trained;
    return { curve, bestEpoch: best, parameters: parameters.length, inputs: this.rows.dimension };
  }

  dispose(): void {
    this.index.dispose();
    this.rows.space.dispose();
  }

  toArtifact(): Artifact {
    const { parameters, curve, best } = this.trained;
    return {
      modelId: this.modelId,
      modelVersion: this.version,
      config: this.config,
      catalogueId: this.rows.space.dataset.catalogueId,
      meta: { rows: this.rows.record, curve, best },
      arrays: { parameters },
    };
  }

  private dot(a: number, b: number): number {
    const d = this.config.latent;
    let sum = 0;
    for (let j = 0; j < d; j++) sum += this.latent[a * d + j]! * this.latent[b * d + j]!;
    return sum;
  }

  private mean({ seeds, weights }: ModelQuery): Float32Array | null {
    const d = this.config.latent;
    const mean = new Float32Array(d);
    for (let s = 0; s < seeds.length; s++)
      for (let j = 0; j < d; j++) mean[j]! += weights[s]! * this.latent[seeds[s]! * d + j]!;
    const length = Math.sqrt(mean.reduce((sum, value) => sum + value * value, 0));
    return length > 1e-6 ? mean.map((value) => value / length) : null;
  }
}

/** Subtracts the mean over the known rows from them, and zeroes the others. */
function centre(data: Float32Array, known: Uint8Array, d: number): void {
  const mean = new Float64Array(d);
  let count = 0;
  for (let t = 0; t < known.length; t++) {
    if (known[t] === 0) continue;
    count++;
    for (let j = 0; j < d; j++) mean[j]! += data[t * d + j]!;
  }
  for (let t = 0; t < known.length; t++)
    for (let j = 0; j < d; j++) data[t * d + j] = known[t] === 0 ? 0 : data[t * d + j]! - mean[j]! / count;
}
