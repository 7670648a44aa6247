import { type Csr, transpose } from './csr.ts';
import { Region } from './kernels/memory.ts';
import { sparseTimesDense } from './kernels/spmm.ts';
import { place } from './truncated-svd.ts';

export interface RidgeOptions {
  /** λ > 0 */
  readonly penalty: number;
  /** Stops when every column's residual is below this fraction of its initial value. Default 1e-3. */
  readonly tolerance?: number;
  /** Default 100. */
  readonly mostSteps?: number;
  /** Awaited between steps; may throw to stop. */
  readonly onStep?: (step: number) => Promise<void> | void;
}

/**
 * Finds the W that minimises |X W − Y|² + λ |W|² for a sparse X and a dense Y of d columns: conjugate gradients on (XᵀX + λ I) W = Xᵀ Y
 * (Hestenes & Stiefel 1952), a step size for each column, so all columns share the passes over X. Each step costs 2 · entries · d.
 * @param y rows × d, row by row @returns columns × d
 */
export async function sparseRidge(x: Csr, y: Float32Array, d: number, options: RidgeOptions): Promise<Float32Array> {
  const { penalty, tolerance = 1e-3, mostSteps = 100, onStep } = options;
  const size = x.columns * d;
  const region = new Region();
  try {
    const forward = place(region, x);
    const backward = place(region, transpose(x));
    const between = region.float32(x.rows * d);
    between.set(y);
    const residual = region.float32(size);
    sparseTimesDense(backward, between, d, residual);
    const direction = region.place(Float32Array.from(residual));
    const image = region.float32(size);
    const weights = new Float32Array(size);
    let squares = columnProducts(residual, residual, d);
    const goals = squares.map((square) => square * tolerance ** 2);
    for (let step = 0; step < mostSteps && squares.some((square, j) => square > goals[j]!); step++) {
      await onStep?.(step);
      sparseTimesDense(forward, direction, d, between);
      sparseTimesDense(backward, between, d, image);
      for (let i = 0; i < size; i++) image[i] = image[i]! + penalty * direction[i]!;
      const curvatures = columnProducts(direction, image, d);
      const lengths = squares.map((square, j) => (curvatures[j]! > 0 ? square / curvatures[j]! : 0));
      for (let i = 0; i < size; i++) {
        const length = lengths[i % d]!;
        weights[i] = weights[i]! + length * direction[i]!;
        residual[i] = residual[i]! - length * image[i]!;
      }
      const next = columnProducts(residual, residual, d);
      const turns = next.map((square, j) => (squares[j]! > 0 ? square / squares[j]! : 0));
      for (let i = 0; i < size; i++) direction[i] = residual[i]! + turns[i % d]! * direction[i]!;
      squares = next;
    }
    return weights;
  } finally {
    region.free();
  }
}

/** aᵀb of each of the d columns. */
function columnProducts(a: Float32Array, b: Float32Array, d: number): Float64Array {
  const sums = new Float64Array(d);
  for (let row = 0; row < a.length; row += d) for (let j = 0; j < d; j++) sums[j]! += a[row + j]! * b[row + j]!;
  return sums;
}
