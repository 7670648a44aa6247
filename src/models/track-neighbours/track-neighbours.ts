import { type Static, Type } from '#typebox';
import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError } from '../../errors.ts';
import type { Csr } from '../../math/csr.ts';
import { type Artifact, arrayOf, checkArtifact } from '../artifact.ts';
import { songsReason } from '../contributions.ts';
import { type Fitted, type Model, type ModelQuery, modelQuery, type Reason, type ScoredTracks } from '../model.ts';
import { step } from '../progress.ts';
import { rankSome } from '../ranking.ts';
import { LinkCounter, ownerWeights, trainLinks } from './train.ts';

export const TRACK_NEIGHBOURS_VERSION = 1;

const config = Type.Object({
  lengthExponent: Type.Number({
    default: 0.7,
    minimum: 0,
    maximum: 2,
    description: 'discount for long playlists: each pair in a list of n tracks counts n^−exponent',
  }),
  seedExponent: Type.Number({
    default: 0.5,
    minimum: 0,
    maximum: 2,
    description: 'discount for popular seeds: a seed weighs 1 / ((owners − 1)^exponent + 1)',
  }),
  targetExponent: Type.Number({
    default: 0.1,
    minimum: 0,
    maximum: 1,
    description: 'discount for popular tracks: scores are divided by owners^exponent; larger values find rarer tracks',
  }),
  partners: Type.Integer({ default: 200, minimum: 10, maximum: 5000, description: 'neighbours kept per track' }),
  leastOwners: Type.Integer({
    default: 4,
    minimum: 1,
    maximum: 1000,
    description: 'tracks with fewer owners have no stored row; their neighbours are counted at query time',
  }),
  orderWeight: Type.Number({
    default: 0,
    minimum: 0,
    maximum: 100,
    description: 'bonus for tracks next to each other in a playlist; 0 ignores the order',
  }),
  reach: Type.Number({
    default: 5,
    minimum: 0.5,
    maximum: 100,
    description: 'number of positions over which that bonus halves',
  }),
});
type Config = Static<typeof config>;

/**
 * Scores tracks that occur in the same lists as the seeds: score(u) = owners(u)^−τ Σ_seeds w / ((owners(s) − 1)^σ + 1) · c(s, u), with
 * c(s, u) = Σ over lists of both, of length^−λ · closeness. Item-based neighbours after Sarwar et al. 2001 and Deshpande & Karypis 2004.
 */
export const trackNeighbours: Model<typeof config> = {
  id: 'track-neighbours',
  title: 'Similar tracks',
  description:
    'Recommends tracks that share playlists with your songs. Fast at any size, and says which of your songs led to each one.',
  family: 'collaborative',
  source: 'Item-based neighbours: Sarwar et al. 2001; Deshpande & Karypis 2004',
  byDefault: true,
  versions: [TRACK_NEIGHBOURS_VERSION],
  updates: 'count',
  config,
  unusable: (dataset) =>
    dataset.byOwner.idx.length > 0 ? null : 'There are no playlists or listeners to count in; import some first.',
  async fit(dataset, settings, context) {
    await step(context, trackNeighbours.id, 0, 'counting pairs');
    const links = await trainLinks(dataset, settings, (fraction) =>
      step(context, trackNeighbours.id, fraction, 'counting pairs'),
    );
    return new FittedTrackNeighbours(dataset, settings, links);
  },
  load(artifact, dataset) {
    checkArtifact(artifact, trackNeighbours.id, TRACK_NEIGHBOURS_VERSION, dataset.catalogueId);
    const { count } = dataset.tracks;
    const ptr = arrayOf(artifact, 'ptr', 'Int32Array', count + 1);
    const idx = arrayOf(artifact, 'idx', 'Int32Array', ptr[count]!);
    const values = arrayOf(artifact, 'values', 'Float32Array', idx.length);
    let sound = ptr[0] === 0;
    for (let t = 0; t < count && sound; t++) sound = ptr[t]! <= ptr[t + 1]!;
    for (let e = 0; e < idx.length && sound; e++) sound = idx[e]! >= 0 && idx[e]! < count;
    if (!sound)
      throw new SegueError('FILE_UNREADABLE', {
        got: 'The saved model "track-neighbours" refers to tracks that do not exist',
        expected: 'pairs of this catalogue',
        remedy: 'Train it again with `segue train track-neighbours`',
      });
    return new FittedTrackNeighbours(dataset, artifact.config as Config, {
      rows: count,
      columns: count,
      ptr,
      idx,
      values,
    });
  },
};

class FittedTrackNeighbours implements Fitted {
  readonly modelId = trackNeighbours.id;
  private readonly dataset: Dataset;
  private readonly settings: Config;
  private readonly links: Csr;
  private readonly counter: LinkCounter;
  private readonly discount: Float32Array;
  private scores = new Float32Array(1 << 12);

  constructor(dataset: Dataset, settings: Config, links: Csr) {
    this.dataset = dataset;
    this.settings = settings;
    this.links = links;
    this.counter = new LinkCounter(dataset, ownerWeights(dataset, settings.lengthExponent), settings);
    this.discount = new Float32Array(dataset.tracks.count);
    for (let t = 0; t < this.discount.length; t++)
      this.discount[t] = Math.max(1, dataset.ownersOf(t)) ** -settings.targetExponent;
  }

  score(query: ModelQuery, out: Float32Array): void {
    out.fill(0);
    const count = this.gather(query);
    for (let i = 0; i < count; i++) {
      const track = this.counter.touched[i]!;
      if (out[track] === 0) out[track] = this.scores[i]!;
    }
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const count = this.gather(query);
    return rankSome(this.counter.touched.subarray(0, count), this.scores, query, n);
  }

  /**
   * Computes the scores of the tracks reachable from the seeds, parallel to `counter.touched`, with 0 for one listed again. Nothing here grows with
   * the catalogue. @returns number of entries
   */
  private gather({ seeds, weights }: ModelQuery): number {
    const { counter, links, discount } = this;
    counter.clear();
    for (let i = 0; i < seeds.length; i++) {
      const seed = seeds[i]!;
      const weight = this.weightOf(seed, weights[i]!);
      if (this.hasRow(seed)) counter.addRow(links, seed, weight);
      else counter.add(seed, weight);
    }
    const { touched, sum, count } = counter;
    if (this.scores.length < count) this.scores = new Float32Array(count * 2);
    for (let i = 0; i < count; i++) {
      const track = touched[i]!;
      this.scores[i] = sum[track]! * discount[track]!;
      sum[track] = 0;
    }
    return count;
  }

  explain({ seeds, weights }: ModelQuery, track: number): Reason[] {
    const contributions = new Float64Array(seeds.length);
    for (let i = 0; i < seeds.length; i++) {
      const seed = seeds[i]!;
      contributions[i] = this.weightOf(seed, weights[i]!) * this.linkBetween(seed, track);
    }
    return songsReason(this.dataset, seeds, contributions);
  }

  similar(track: number, n: number): ScoredTracks {
    return this.recommend(modelQuery({ seeds: [track], ordered: false }), n);
  }

  info(): Record<string, unknown> {
    const { ptr, idx, rows } = this.links;
    let filled = 0;
    for (let t = 0; t < rows; t++) if (ptr[t + 1]! > ptr[t]!) filled++;
    return { rows: filled, pairs: idx.length };
  }

  toArtifact(): Artifact {
    const { ptr, idx, values } = this.links;
    return {
      modelId: this.modelId,
      modelVersion: TRACK_NEIGHBOURS_VERSION,
      config: this.settings,
      catalogueId: this.dataset.catalogueId,
      meta: {},
      arrays: { ptr, idx, values: values! },
    };
  }

  private hasRow(track: number): boolean {
    return this.dataset.ownersOf(track) >= this.settings.leastOwners;
  }

  private weightOf(seed: number, weight: number): number {
    const owners = this.dataset.ownersOf(seed);
    return owners > 0 ? weight / ((owners - 1) ** this.settings.seedExponent + 1) : 0;
  }

  /** c(seed, track) as used in scoring. */
  private linkBetween(seed: number, track: number): number {
    if (this.hasRow(seed)) {
      const at = this.links.idx.subarray(this.links.ptr[seed]!, this.links.ptr[seed + 1]!).indexOf(track);
      return at < 0 ? 0 : this.links.values![this.links.ptr[seed]! + at]!;
    }
    this.counter.clear();
    this.counter.add(seed, 1);
    return this.counter.sum[track]!;
  }
}
