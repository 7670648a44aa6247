import { type Static, Type } from '#typebox';
import type { Dataset } from '../../dataset/dataset.ts';
import { present } from '../../math/kernels/file-memory.ts';
import { Int8Index, type Int8Rows } from '../../math/kernels/int8-index.ts';
import { VectorIndex } from '../../math/kernels/search.ts';
import { type Artifact, arrayOf, arrayOnDemand, checkArtifact } from '../artifact.ts';
import { songsReason } from '../contributions.ts';
import { type Derived, ownDerived } from '../derived.ts';
import { int8Arrays, int8RowsOf } from '../int8-arrays.ts';
import { type Fitted, type Model, type ModelQuery, modelQuery, type Reason, type ScoredTracks } from '../model.ts';
import { step } from '../progress.ts';
import { rankScores } from '../ranking.ts';
import { automaticDimensions, sharpening } from './filter.ts';
import { LinearWalk, walkScales } from './linear-walk.ts';
import { type Spectrum, trainSpectrum } from './train.ts';

const VERSION = 1;
/** Tables with at least this many numbers are scanned in int8. */
const LARGE = 4_000_000;
/** Normalises owners' points by the length of their lists; values between 0.4 and 0.8 perform alike. */
const POINT_EXPONENT = 0.6;

const config = Type.Object({
  dimensions: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 2048,
    description: 'number of singular vectors; 0 = one per 32 owners or tracks, whichever are fewer, from 32 to 448',
  }),
  idealWeight: Type.Number({
    default: 0.2,
    minimum: 0,
    maximum: 10,
    description: 'weight of the ideal low-pass filter relative to the linear filter',
  }),
  sharpeningTime: Type.Number({
    default: -1,
    minimum: -1,
    maximum: 4,
    description: 'integration time of the sharpening step; 0 = none (GF-CF); −1 = 2.5 for people, 1 for playlists',
  }),
  trackExponent: Type.Number({
    default: -1,
    minimum: -1,
    maximum: 1,
    description: 'normalisation of tracks: divided by owners^exponent; −1 = 0.5 for people, 0.25 for playlists',
  }),
  ownerExponent: Type.Number({
    default: -1,
    minimum: -1,
    maximum: 1,
    description: 'normalisation of owners: divided by tracks^exponent; −1 = 0.5 for people, 0.4 for playlists',
  }),
  maxTracks: Type.Integer({
    default: 50_000,
    minimum: 100,
    maximum: 1_000_000,
    description:
      'maximum number of tracks in the low-rank part, most popular first; the rest use the linear filter only',
  }),
});
type Config = Static<typeof config>;

/** Fills in settings left open, from the size of the data and from whether most owners are people or playlists. */
function resolved(settings: Config, dataset: Dataset): Config {
  const { count, kind } = dataset.owners;
  let people = 0;
  for (const k of kind) people += k;
  const forPeople = 2 * people >= count;
  return {
    ...settings,
    dimensions: settings.dimensions || automaticDimensions(count, dataset.tracks.count),
    sharpeningTime: settings.sharpeningTime < 0 ? (forPeople ? 2.5 : 1) : settings.sharpeningTime,
    trackExponent: settings.trackExponent < 0 ? (forPeople ? 0.5 : 0.25) : settings.trackExponent,
    ownerExponent: settings.ownerExponent < 0 ? (forPeople ? 0.5 : 0.4) : settings.ownerExponent,
  };
}

/**
 * Collaborative filtering as a graph filter. With R̃ = owners^−½ R tracks^−½, P = R̃ᵀ R̃ (eigenvectors V, eigenvalues λ) and r the row of
 * an owner: blur r P, add β times the ideal low-pass r D^−½ V Vᵀ D^½, then sharpen by p(P) ≈ e^−TP. Nothing is learned by gradient;
 * a new owner costs the same as a known one. Sharpening r P is exact within V and a single factor outside.
 * Choi et al. 2023, "Blurring-Sharpening Process Models for Collaborative Filtering" (early merge); Shen et al. 2021, GF-CF (T = 0).
 */
export const spectral = {
  id: 'spectral',
  title: 'Spectral filter',
  description:
    'Smooths the seeds over the graph of owners and tracks, keeps the low frequencies and sharpens the result. Needs no tuning on general listening data.',
  family: 'collaborative',
  source: 'Choi et al. 2023 (BSPM); Shen et al. 2021 (GF-CF)',
  byDefault: true,
  versions: [VERSION],
  config,
  unusable(dataset) {
    return dataset.byOwner.idx.length > 0
      ? null
      : 'No playlist or person holds a track, so there is no graph to filter on.';
  },
  async fit(dataset, config, context) {
    const settings = resolved(config, dataset);
    const spectrum = await trainSpectrum(dataset, settings, context.rng, (fraction, note) =>
      step(context, spectral.id, fraction, note),
    );
    return new FittedSpectral(dataset, settings, spectrum);
  },
  load(artifact, dataset, derived?: Derived) {
    checkArtifact(artifact, spectral.id, VERSION, dataset.catalogueId);
    const tracks = arrayOf(artifact, 'tracks', 'Int32Array');
    const eigenvalues = arrayOf(artifact, 'eigenvalues', 'Float32Array');
    const size = tracks.length * eigenvalues.length;
    const rounded = (name: string): Int8Rows | undefined =>
      artifact.meta.rounded === true ? int8RowsOf(artifact, name, tracks.length, eigenvalues.length) : undefined;
    const settings = artifact.config as Config;
    const spectrum: Spectrum = {
      tracks,
      eigenvalues,
      basis: arrayOnDemand(artifact, 'basis', 'Float32Array', size),
      image: arrayOnDemand(artifact, 'image', 'Float32Array', size),
      tailGain: Number(artifact.meta.tailGain),
      scale: Number(artifact.meta.scale),
    };
    const sharp = settings.sharpeningTime === 0 ? undefined : rounded('basis');
    return new FittedSpectral(dataset, settings, spectrum, { sharp, ideal: rounded('image') }, derived);
  },
} satisfies Model<typeof config>;

/** A row of a table whose data may still be in its file. */
const rowOf = (table: Float32Array, row: number, k: number): Float32Array =>
  present(table.subarray(row * k, (row + 1) * k));

export class FittedSpectral implements Fitted {
  readonly modelId = 'spectral';
  private readonly dataset: Dataset;
  private readonly settings: Config;
  private readonly spectrum: Spectrum;
  /** The linear part. */
  readonly walk: LinearWalk;
  private readonly rowOf: Int32Array;
  /** V, as used to sharpen the linear part; null without sharpening. */
  private readonly sharp: VectorIndex | Int8Index | null;
  /** p(P) D V, the ideal part. */
  private readonly ideal: VectorIndex | Int8Index;
  /** Λ (p(Λ) − c) */
  private readonly response: Float32Array;
  private readonly lowRank: Float32Array;

  /** @param rounded the tables in int8, where these were saved */
  constructor(
    dataset: Dataset,
    settings: Config,
    spectrum: Spectrum,
    rounded: { readonly sharp?: Int8Rows | undefined; readonly ideal?: Int8Rows | undefined } = {},
    derived: Derived = ownDerived,
  ) {
    this.dataset = dataset;
    this.settings = settings;
    this.spectrum = spectrum;
    const { tracks, eigenvalues, basis, image, tailGain, scale } = spectrum;
    const scales = derived('spectral.scales', () =>
      walkScales(dataset, settings.trackExponent, settings.ownerExponent, tailGain / scale),
    );
    this.walk = new LinearWalk(dataset, scales);
    this.rowOf = derived('spectral.rowOf', () => {
      const rowOf = new Int32Array(dataset.tracks.count).fill(-1);
      for (let i = 0; i < tracks.length; i++) rowOf[tracks[i]!] = i;
      return rowOf;
    });
    this.response = eigenvalues.map((l) => l * (sharpening(settings.sharpeningTime, l) - tailGain));
    const k = eigenvalues.length;
    // Large tables use int8: the scan is memory-bound, and the error is far below the gaps between the top scores.
    const indexOf = (table: Float32Array, saved: Int8Rows | undefined): VectorIndex | Int8Index =>
      tracks.length * k > LARGE
        ? new Int8Index(saved ?? present(table), k)
        : new VectorIndex(present(table), tracks.length, k);
    this.sharp = settings.sharpeningTime === 0 ? null : indexOf(basis, rounded.sharp);
    this.ideal = indexOf(image, rounded.ideal);
    this.lowRank = new Float32Array(tracks.length);
  }

  score(query: ModelQuery, out: Float32Array): void {
    this.walk.score(query.seeds, query.weights, out);
    if (this.spectrum.tracks.length === 0) return;
    const { sharp, ideal } = this.lowRankQuery(query.seeds, query.weights);
    this.ideal.scoresFast(ideal, this.lowRank);
    this.addLowRank(out);
    if (!this.sharp) return;
    this.sharp.scoresFast(sharp, this.lowRank);
    this.addLowRank(out);
  }

  /** Row of a track in the low-rank space, −1 when it has none. */
  lowRankRow(track: number): number {
    return this.rowOf[track]!;
  }

  /**
   * The low-rank part for rows[i], 0 for row −1, as two summands: ideal[i] and sharp[i]. All arrays must be in the kernels' memory; the results are
   * at least as long as `rows`.
   * @throws SegueError INTERNAL when they are not, or after `dispose`
   */
  lowRankAt(query: ModelQuery, rows: Int32Array, ideal: Float32Array, sharp: Float32Array): void {
    if (this.spectrum.tracks.length === 0 || !this.sharp) sharp.fill(0, 0, rows.length);
    if (this.spectrum.tracks.length === 0) {
      ideal.fill(0, 0, rows.length);
      return;
    }
    const points = this.lowRankQuery(query.seeds, query.weights);
    this.ideal.scoresAt(points.ideal, rows, ideal);
    this.sharp?.scoresAt(points.sharp, rows, sharp);
  }

  /** Number of rows in the low-rank space. */
  get lowRankCount(): number {
    return this.spectrum.tracks.length;
  }

  /** As `lowRankAt` for all rows in order; the results hold at least `lowRankCount` numbers and may be in any memory. */
  lowRankAll(query: ModelQuery, ideal: Float32Array, sharp: Float32Array): void {
    if (this.lowRankCount === 0) return;
    const points = this.lowRankQuery(query.seeds, query.weights);
    this.ideal.scoresFast(points.ideal, ideal);
    if (this.sharp) this.sharp.scoresFast(points.sharp, sharp);
    else sharp.fill(0, 0, this.lowRankCount);
  }

  /** Length of a point in the low-rank space. */
  get dimensions(): number {
    return this.spectrum.tracks.length === 0 ? 0 : this.spectrum.eigenvalues.length;
  }

  /**
   * An owner's list as a point of the low-rank space, for maps into it: |list|^−0.6 · β r D^−½ V / p(Λ). The ideal filter's sharpening is undone on
   * each eigenvector, since it suppresses the broad directions, which carry most of what can be predicted about an unknown list.
   */
  ownerPoint(owner: number): Float32Array {
    const tracks = this.dataset.tracksOf(owner);
    const { ideal } = this.lowRankQuery(tracks, new Float32Array(tracks.length).fill(1));
    const { eigenvalues } = this.spectrum;
    const scale = Math.max(1, tracks.length) ** -POINT_EXPONENT;
    return ideal.map((value, j) => (value * scale) / sharpening(this.settings.sharpeningTime, eigenvalues[j]!));
  }

  /**
   * Applies the ideal low-pass filter to a point and writes a score for every track; 0 for tracks outside the low-rank space. out: length
   * tracks.count
   */
  scorePoint(point: Float32Array, out: Float32Array): void {
    out.fill(0);
    this.ideal.scoresFast(point, this.lowRank);
    this.addLowRank(out);
  }

  /** As `scorePoint`, for all rows of the low-rank space in order; `out` holds at least `lowRankCount` numbers and may be in any memory. */
  scorePointAll(point: Float32Array, out: Float32Array): void {
    this.ideal.scoresFast(point, out);
  }

  /** As `scorePoint`, for rows[i] of the low-rank space, 0 for row −1. `rows` and `out` have equal length and must be in the kernels' memory. */
  scorePointAt(point: Float32Array, rows: Int32Array, out: Float32Array): void {
    this.ideal.scoresAt(point, rows, out);
  }

  private addLowRank(out: Float32Array): void {
    const { tracks } = this.spectrum;
    const { lowRank } = this;
    for (let i = 0; i < tracks.length; i++) out[tracks[i]!] = out[tracks[i]!]! + lowRank[i]!;
  }

  /** r V ∘ Λ (p(Λ) − c), and β r D^−½ V */
  private lowRankQuery(
    seeds: ArrayLike<number>,
    weights: ArrayLike<number>,
  ): { sharp: Float32Array; ideal: Float32Array } {
    const { basis, eigenvalues } = this.spectrum;
    const { trackExponent, idealWeight } = this.settings;
    const k = eigenvalues.length;
    const sharp = new Float32Array(k);
    const ideal = new Float32Array(k);
    for (let i = 0; i < seeds.length; i++) {
      const row = this.rowOf[seeds[i]!]!;
      if (row < 0) continue;
      const weight = weights[i]!;
      const share = weight * idealWeight * this.dataset.ownersOf(seeds[i]!) ** -trackExponent;
      const point = rowOf(basis, row, k);
      for (let j = 0; j < k; j++) {
        const value = point[j]!;
        sharp[j] = sharp[j]! + weight * value;
        ideal[j] = ideal[j]! + share * value;
      }
    }
    for (let j = 0; j < k; j++) sharp[j] = sharp[j]! * this.response[j]!;
    return { sharp, ideal };
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const scores = new Float32Array(this.dataset.tracks.count);
    this.score(query, scores);
    return rankScores(scores, query, n);
  }

  similar(track: number, n: number): ScoredTracks {
    return this.recommend(modelQuery({ seeds: [track] }), n);
  }

  /** The score is linear in the seeds, so each seed's contribution is exact. */
  explain(query: ModelQuery, track: number): Reason[] {
    const contributions = new Float64Array(query.seeds.length);
    const row = this.rowOf[track]!;
    const { basis, image, eigenvalues } = this.spectrum;
    const { trackExponent, idealWeight } = this.settings;
    const k = eigenvalues.length;
    // As lowRankQuery for each seed alone, with the sums swapped: the track's side is computed once for all seeds.
    const sharp = new Float64Array(k);
    const own = row >= 0 ? { basis: rowOf(basis, row, k), image: rowOf(image, row, k) } : null;
    if (own && this.sharp) for (let j = 0; j < k; j++) sharp[j] = this.response[j]! * own.basis[j]!;
    for (let i = 0; i < contributions.length; i++) {
      const seed = query.seeds[i]!;
      const at = this.rowOf[seed]!;
      let [smooth, ideal] = [0, 0];
      if (own && at >= 0) {
        const point = rowOf(basis, at, k);
        for (let j = 0; j < k; j++) {
          const value = point[j]!;
          smooth += value * sharp[j]!;
          ideal += value * own.image[j]!;
        }
      }
      const share = idealWeight * this.dataset.ownersOf(seed) ** -trackExponent;
      contributions[i] =
        query.weights[i]! * (this.walk.between(seed, track) + smooth + (ideal === 0 ? 0 : share * ideal));
    }
    return songsReason(this.dataset, query.seeds, contributions);
  }

  info(): Record<string, unknown> {
    const { tracks, eigenvalues, tailGain } = this.spectrum;
    return { dimensions: eigenvalues.length, tracks: tracks.length, lastEigenvalue: eigenvalues.at(-1) ?? 0, tailGain };
  }

  dispose(): void {
    this.sharp?.dispose();
    this.ideal.dispose();
  }

  toArtifact(): Artifact {
    const { tracks, eigenvalues, basis, image, tailGain, scale } = this.spectrum;
    return {
      modelId: this.modelId,
      modelVersion: VERSION,
      config: { ...this.settings },
      catalogueId: this.dataset.catalogueId,
      meta: { tailGain, scale, ...(this.ideal instanceof Int8Index && { rounded: true }) },
      arrays: {
        tracks,
        eigenvalues,
        basis: present(basis),
        image: present(image),
        ...(this.sharp instanceof Int8Index && int8Arrays('basis', this.sharp.toRows())),
        ...(this.ideal instanceof Int8Index && int8Arrays('image', this.ideal.toRows())),
      },
    };
  }
}
