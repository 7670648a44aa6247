import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError } from '../../errors.ts';
import { sparseRidge } from '../../math/sparse-ridge.ts';
import { type Artifact, arrayOf } from '../artifact.ts';
import { TitleFeatures } from './title-features.ts';

/** Most terms to learn; the most frequent are kept. */
const MOST_TERMS = 32_768;
/** λ: how much evidence a term needs before it moves a title away from the mean. */
const PENALTY = 3;

/** A space in which owners are points; the part of `spectral` that the encoder needs. */
export interface OwnerSpace {
  readonly dimensions: number;
  /** The point of an owner's list. */
  ownerPoint(owner: number): Float32Array;
}

/**
 * A learned map from titles to the space of owners and tracks: point(title) = m + x W, with x the title's unit vector over words, pictographs and
 * trigrams, m the mean owner, and W = argmin Σ over owners |z − m − x W|² + λ |W|² (ridge regression, Hoerl & Kennard 1970), z the owner's point.
 * It is a two-tower model in closed form: the space provides the tracks' tower, and the titles' tower is linear.
 */
export class TitleEncoder {
  readonly features: TitleFeatures;
  readonly dimensions: number;
  private readonly mean: Float32Array;
  /** W: terms × dimensions, row by row. */
  private readonly map: Float32Array;

  constructor(features: TitleFeatures, mean: Float32Array, map: Float32Array) {
    this.features = features;
    this.mean = mean;
    this.map = map;
    this.dimensions = mean.length;
  }

  /**
   * @param onStep awaited between steps; may throw to stop
   * @param most owners to learn from, evenly spaced over those with a title; default all
   * @returns null when no owner has a title
   */
  static async train(
    dataset: Dataset,
    space: OwnerSpace,
    onStep: () => Promise<void>,
    most = Number.POSITIVE_INFINITY,
  ): Promise<TitleEncoder | null> {
    const { titles } = dataset.owners;
    const features = TitleFeatures.of(titles, MOST_TERMS);
    const d = space.dimensions;
    if (features.terms.length === 0 || d === 0) return null;
    let owners: number[] = [];
    for (let owner = 0; owner < dataset.owners.count; owner++)
      if (features.vector(titles.get(owner)).ids.length > 0 && dataset.tracksOf(owner).length > 0) owners.push(owner);
    const pace = Math.ceil(owners.length / most);
    if (pace > 1) owners = owners.filter((_, i) => i % pace === 0);
    const points = new Float32Array(owners.length * d);
    const mean = new Float32Array(d);
    owners.forEach((owner, i) => {
      const point = space.ownerPoint(owner);
      points.set(point, i * d);
      for (let j = 0; j < d; j++) mean[j] = mean[j]! + point[j]! / owners.length;
    });
    for (let i = 0; i < points.length; i++) points[i] = points[i]! - mean[i % d]!;
    const x = features.matrix(owners.map((owner) => titles.get(owner)));
    const map = await sparseRidge(x, points, d, { penalty: PENALTY, onStep });
    return new TitleEncoder(features, mean, map);
  }

  /** The point of a title; null when training knew none of its terms. */
  encode(title: string): Float32Array | null {
    const { ids, weights } = this.features.vector(title);
    if (ids.length === 0) return null;
    const { dimensions: d, map } = this;
    const point = Float32Array.from(this.mean);
    for (let i = 0; i < ids.length; i++) {
      const row = ids[i]! * d;
      for (let j = 0; j < d; j++) point[j] = point[j]! + weights[i]! * map[row + j]!;
    }
    return point;
  }

  /** The arrays to save. */
  arrays(): Artifact['arrays'] {
    const { terms, inverseFrequency } = this.features;
    return {
      terms: new TextEncoder().encode(terms.map((term) => `${term}\n`).join('')),
      inverseFrequency,
      mean: this.mean,
      map: this.map,
    };
  }

  /**
   * @param features of another map with the same terms, if any, to share them: terms take a megabyte
   * @throws SegueError FILE_UNREADABLE when the arrays do not fit each other or the space
   */
  static load(
    artifact: Pick<Artifact, 'modelId' | 'arrays'>,
    dimensions: number,
    features = TitleEncoder.loadFeatures(artifact),
  ): TitleEncoder {
    return new TitleEncoder(
      features,
      arrayOf(artifact, 'mean', 'Float32Array', dimensions),
      arrayOf(artifact, 'map', 'Float32Array', features.terms.length * dimensions),
    );
  }

  private static loadFeatures(artifact: Pick<Artifact, 'modelId' | 'arrays'>): TitleFeatures {
    const terms = new TextDecoder().decode(arrayOf(artifact, 'terms', 'Uint8Array')).split('\n');
    if (terms.pop() !== '' || new Set(terms).size !== terms.length)
      throw new SegueError('FILE_UNREADABLE', {
        got: `The saved model "${artifact.modelId}" lists a term of titles twice or in part`,
        expected: 'each term once, with a line break behind it',
        remedy: `Train it again with \`segue train ${artifact.modelId}\``,
      });
    return new TitleFeatures(terms, arrayOf(artifact, 'inverseFrequency', 'Float32Array', terms.length));
  }
}
