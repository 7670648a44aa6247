import type { Dataset } from '../../dataset/dataset.ts';
import type { AudioStatistics } from '../../features/standardise.ts';
import { gemm } from '../../math/kernels/gemm.ts';
import { Region } from '../../math/kernels/memory.ts';
import { invertPositiveDefinite } from '../../math/kernels/solve.ts';
import type { Rng } from '../../math/rng.ts';
import type { FittedAls } from '../als/fitted.ts';
import { type Attributes, ContentInputs, OWN, TrackInputs } from './content-inputs.ts';

/** Most distinct vectors to learn from. */
const SAMPLES = 30_000;
/** Share of these that are presented as if nobody held anything by their artist. */
const DROPPED = 0.25;
/** Artists processed at a time, because the kernels' memory never shrinks. */
const PASSING = 4096;
/** Ridge, relative to the mean of the diagonal. */
const RIDGE = 0.02;

/**
 * Learns the linear map from a song's attributes to the vector that `als` would give it, by ridge regression over the songs that have one: W = (XᵀX +
 * λI)⁻¹ XᵀY. Each song is left out of its artist's mean, and some are presented without the artist at all (as in DropoutNet, Volkovs et al. 2017).
 * @returns inputs × factors
 */
export function learnContentMap(dataset: Dataset, catalogue: Attributes, als: FittedAls, rng: Rng): Float32Array {
  const { table } = als.distinctVectors;
  const inputs = new ContentInputs(dataset, catalogue, als);
  const { d, size } = inputs;
  const chosen = rng.sample(table.length / d, Math.min(table.length / d, SAMPLES));
  const trackOf = new Int32Array(table.length / d).fill(-1);
  for (let t = dataset.tracks.count - 1; t >= 0; t--) if (als.columnOf(t) >= 0) trackOf[als.columnOf(t)] = t;
  const n = chosen.length;
  const region = new Region();
  try {
    const x = region.float32(n * size);
    const y = region.float32(n * d);
    for (let i = 0; i < n; i++) {
      const column = chosen[i]!;
      const track = trackOf[column]!;
      inputs.ofArtist(catalogue.artistOf[track]!, column, rng.uniform() >= DROPPED, x, i * size);
      inputs.ofTrack(track, x, i * size + 2 * d);
      y.set(table.subarray(column * d, (column + 1) * d), i * d);
    }
    const gram = region.float32(size * size);
    gemm({ m: size, n: size, k: n, a: x, transposeA: true, b: x, c: gram });
    let trace = 0;
    for (let j = 0; j < size; j++) trace += gram[j * size + j]!;
    const ridge = RIDGE * (trace / size) + 1e-6;
    for (let j = 0; j < size; j++) gram[j * size + j]! += ridge;
    invertPositiveDefinite(gram, size);
    const right = region.float32(size * d);
    gemm({ m: size, n: d, k: n, a: x, transposeA: true, b: y, c: right });
    const map = region.float32(size * d);
    gemm({ m: size, n: d, k: size, a: gram, b: right, c: map });
    return Float32Array.from(map);
  } finally {
    region.free();
  }
}

/** Scores songs that nobody holds, for a query's vector. */
export class ContentMap {
  /** inputs × factors */
  readonly weights: Float32Array;
  private readonly d: number;
  private readonly inputs: TrackInputs;
  /** Created when needed, as it holds a vector for each artist. */
  private readonly artistInputs: () => ContentInputs;
  private readonly scratch: Float32Array;
  /** The query's vector mapped back to the tracks' own inputs. */
  private readonly own = new Float32Array(OWN);

  /** @param sound statistics of the catalogue that the map was learned from; by default of this dataset */
  constructor(
    dataset: Dataset,
    catalogue: Attributes,
    als: FittedAls,
    weights: Float32Array,
    sound: AudioStatistics | null = null,
  ) {
    this.weights = weights;
    this.d = als.dimension;
    this.inputs = new TrackInputs(dataset, sound);
    this.artistInputs = () => new ContentInputs(dataset, catalogue, als);
    this.scratch = new Float32Array(OWN);
  }

  /** Vectors predicted for songs by these artists from the artist alone: artists × factors. */
  vectorsOf(artists: Int32Array): Float32Array {
    const { d } = this;
    const inputs = this.artistInputs();
    const vectors = new Float32Array(artists.length * d);
    const region = new Region();
    try {
      const weights = region.place(this.weights.subarray(0, 2 * d * d));
      const most = Math.min(artists.length, PASSING);
      const x = region.float32(most * 2 * d);
      const mapped = region.float32(most * d);
      for (let from = 0; from < artists.length; from += most) {
        const count = Math.min(most, artists.length - from);
        for (let i = 0; i < count; i++) inputs.ofArtist(artists[from + i]!, -1, true, x, i * 2 * d);
        gemm({ m: count, n: d, k: 2 * d, a: x, b: weights, c: mapped });
        vectors.set(mapped.subarray(0, count * d), from * d);
      }
      return vectors;
    } finally {
      region.free();
    }
  }

  /** Prepares `ownScore` for a query's vector. */
  open(vector: Float32Array): void {
    const { d } = this;
    for (let i = 0; i < OWN; i++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += this.weights[(2 * d + i) * d + j]! * vector[j]!;
      this.own[i] = sum;
    }
  }

  /** What the track's own inputs add to its artist's score, for the vector given to `open`. */
  ownScore(track: number): number {
    this.inputs.ofTrack(track, this.scratch, 0);
    let sum = 0;
    for (let i = 0; i < OWN; i++) sum += this.own[i]! * this.scratch[i]!;
    return sum;
  }
}
