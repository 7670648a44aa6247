import { type Csr, transpose } from '../../math/csr.ts';
import { solveRows } from '../../math/kernels/als.ts';
import { Region } from '../../math/kernels/memory.ts';
import type { PlacedCsr } from '../../math/kernels/sparse.ts';
import type { Rng } from '../../math/rng.ts';
import { place } from '../../math/truncated-svd.ts';
import type { RatingsConfig } from './config.ts';

/** r̂ = mean + bᵤ + bᵢ + pᵤ·qᵢ. The owner's part is solved again per query, so only the tracks' part is kept. */
export interface TrackPart {
  mean: number;
  lowest: number;
  highest: number;
  /** bᵢ; 0 for tracks without ratings. */
  biases: Float32Array;
  /** qᵢ, tracks × factors. */
  factors: Float32Array;
}

/** Row width in the kernels: the factors, then the constant 1 for the bias, padded to multiples of eight. */
export const rowWidth = (factors: number): number => Math.ceil((factors + 1) / 8) * 8;

/** λ n^ν */
export const ridge = (count: number, settings: RatingsConfig): number =>
  settings.regularisation * count ** settings.regularisationExponent;

interface Side {
  matrix: PlacedCsr;
  ratings: Float32Array;
  lambdas: Float32Array;
  /** rows × width: [factors, bias], overwritten by each solve. */
  solution: Float32Array;
  targets: Float32Array;
}

/** @param report awaited between passes with 0–1; may throw to stop */
export async function trainRatings(
  matrix: Csr,
  values: Float32Array,
  settings: RatingsConfig,
  rng: Rng,
  report: (fraction: number) => Promise<void>,
): Promise<TrackPart> {
  const f = settings.factors;
  const width = rowWidth(f);
  let mean = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    mean += value / values.length;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  const region = new Region();
  try {
    const side = (csr: Csr): Side => ({
      matrix: place(region, { ...csr, values: null }),
      ratings: csr.values!,
      lambdas: region.place(
        Float32Array.from({ length: csr.rows }, (_, r) => ridge(Math.max(1, csr.ptr[r + 1]! - csr.ptr[r]!), settings)),
      ),
      solution: region.float32(csr.rows * width),
      targets: region.float32(csr.idx.length),
    });
    const owners = side({ ...matrix, values });
    const tracks = side(transpose({ ...matrix, values }));
    const none = region.float32(width * width);
    for (let t = 0; t < matrix.columns; t++)
      for (let j = 0; j < f; j++) tracks.solution[t * width + j] = (0.1 * rng.normal()) / Math.sqrt(f);
    for (let i = 0; i < settings.iterations; i++) {
      halfStep(owners, tracks, { mean, f, width, none });
      await report((i + 0.5) / settings.iterations);
      halfStep(tracks, owners, { mean, f, width, none });
      await report((i + 1) / settings.iterations);
    }
    const biases = new Float32Array(matrix.columns);
    const factors = new Float32Array(matrix.columns * f);
    for (let t = 0; t < matrix.columns; t++) {
      biases[t] = tracks.solution[t * width + f]!;
      factors.set(tracks.solution.subarray(t * width, t * width + f), t * f);
    }
    return { mean, lowest, highest, biases, factors };
  } finally {
    region.free();
  }
}

interface Shape {
  mean: number;
  f: number;
  width: number;
  none: Float32Array;
}

/** Solves [factors, bias] for every row of one side: ridge regression of r − mean − other's bias on [other's factors, 1]. */
function halfStep(side: Side, other: Side, { mean, f, width, none }: Shape): void {
  const { matrix, ratings, lambdas, solution, targets } = side;
  const region = new Region();
  try {
    const table = region.place(Float32Array.from(other.solution));
    const rows = other.matrix.ptr.length - 1;
    const biases = new Float32Array(rows);
    for (let r = 0; r < rows; r++) {
      biases[r] = table[r * width + f]!;
      table[r * width + f] = 1;
    }
    for (let e = 0; e < ratings.length; e++) targets[e] = ratings[e]! - mean - biases[matrix.idx[e]!]!;
    solveRows({
      ptr: matrix.ptr,
      idx: matrix.idx,
      weights: 1,
      targets,
      lambdas,
      gram: none,
      factors: table,
      d: width,
      out: solution,
    });
  } finally {
    region.free();
  }
}
