import { solveRows } from '../../math/kernels/als.ts';
import { gram } from '../../math/kernels/gemm.ts';
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
  /** How many rows of the full matrix a row stands for; null = one each. */
  sizes: Int32Array | null;
}

const SLICE = 65_536;

/** Rows times √ of what they stand for, so that the gramian counts each one as often. */
function repeated(region: Region, { factors, sizes }: Side, d: number): Float32Array {
  if (sizes === null) return factors;
  const scaled = region.place(Float32Array.from(factors));
  for (let r = 0; r < sizes.length; r++) {
    if (sizes[r] === 1) continue;
    const root = Math.sqrt(sizes[r]!);
    for (let j = r * d; j < (r + 1) * d; j++) scaled[j] = scaled[j]! * root;
  }
  return scaled;
}

/** Solves one side for the other's factors. `between` is awaited after each slice of rows. */
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
    const product = region.float32(d * d);
    gram(repeated(region, other, d), other.matrix.ptr.length - 1, d, product);
    for (let i = 0; i < product.length; i++) product[i] = product[i]! * settings.unobservedWeight;
    for (let from = 0; from < rows; from += SLICE) {
      const to = Math.min(rows, from + SLICE);
      solveRows({
        ptr: matrix.ptr,
        idx: matrix.idx,
        weights: matrix.values ?? 1,
        targets: matrix.values ?? 1,
        lambdas,
        gram: product,
        factors: other.factors,
        d,
        out: factors,
        steps: settings.steps,
        from,
        to,
      });
      await between(to / rows);
    }
  } finally {
    region.free();
  }
}
