import { solveRows } from '../../math/kernels/als.ts';
import {
  basisOf,
  type DiagonalHalfStep,
  gramOfRows,
  rotateRows,
  solveRowsDiagonal,
} from '../../math/kernels/als-diagonal.ts';
import { Region } from '../../math/kernels/memory.ts';
import type { PlacedCsr } from '../../math/kernels/sparse.ts';

/**
 * min Σ_(u,i) c_ui (1 − xᵤ·yᵢ)² + α₀ Σ_all (xᵤ·yᵢ)² + λ Σᵤ (|u| + α₀ |I|)^ν |xᵤ|² + λ Σᵢ (|i| + α₀ |U|)^ν |yᵢ|²
 * Hu, Koren & Volinsky 2008 with the unobserved weight and the frequency-scaled regularisation of Rendle et al. 2021 (iALS).
 */
export interface AlsSettings {
  unobservedWeight: number;
  regularisation: number;
  regularisationExponent: number;
  /** 0 = Cholesky */
  steps: number;
}

/** λ (count + α₀ · others)^ν */
export function ridge(count: number, others: number, settings: AlsSettings): number {
  const { regularisation, unobservedWeight, regularisationExponent } = settings;
  return regularisation * (count + unobservedWeight * others) ** regularisationExponent;
}

/** One side of the factorisation in the kernels' memory. */
export interface Side {
  matrix: PlacedCsr;
  /** rows × d */
  factors: Float32Array;
  lambdas: Float32Array;
  /** How many rows of the full matrix each row represents, in the kernels' memory; null = one each. */
  sizes: Int32Array | null;
}

const SLICE = 65_536;

/**
 * Solves one side given the other's factors. For conjugate gradients, both sides are first rotated into the basis where the gramian is diagonal,
 * which leaves all scores unchanged. `between` is awaited after each slice of rows.
 */
export async function halfStep(
  side: Side,
  other: Side,
  d: number,
  settings: AlsSettings,
  between: (fraction: number) => Promise<void>,
): Promise<void> {
  const { matrix, factors, lambdas } = side;
  const rows = matrix.ptr.length - 1;
  const region = new Region();
  try {
    const gram = gramOfRows(other.factors, d, other.sizes).map((v) => v * settings.unobservedWeight);
    const { ptr, idx, values } = matrix;
    const weights = values ?? 1;
    const common = { ptr, idx, weights, lambdas, factors: other.factors, d, out: factors };
    const solve = solver(region, common, gram, settings.steps);
    for (let from = 0; from < rows; from += SLICE) {
      const to = Math.min(rows, from + SLICE);
      solve(from, to);
      await between(to / rows);
    }
  } finally {
    region.free();
  }
}

type Common = Omit<DiagonalHalfStep, 'basis' | 'steps'>;

function solver(region: Region, common: Common, gram: Float64Array, steps: number): (from: number, to: number) => void {
  if (steps === 0) {
    const placed = region.place(Float32Array.from(gram));
    return (from, to) => solveRows({ ...common, targets: common.weights, gram: placed, from, to });
  }
  const basis = basisOf(region, gram, common.d);
  rotateRows(common.factors, common.d, basis);
  return (from, to) => solveRowsDiagonal({ ...common, basis, steps, from, to });
}
