import { SegueError } from '../../errors.ts';
import { symmetricEigen } from '../eigen.ts';
import { parallel, threads } from '../pool.ts';
import { unsolvableRow } from './als.ts';
import { gemm } from './gemm.ts';
import { addressOf, Region } from './memory.ts';

/**
 * A half-step of alternating least squares for implicit data in the basis in which the gramian is diagonal: every row r gets the x that
 * solves (diag(spectrum) + λ_r I + Σ_e w_e y_e y_eᵀ) x = Σ_e w_e y_e over its entries e. Rows of up to 48 entries are solved exactly, by a system as
 * large as their number of entries; longer ones by preconditioned conjugate gradients. All arrays are in the kernels' memory.
 */
export interface DiagonalHalfStep {
  /** Row r holds the entries ptr[r] … ptr[r+1). Rows without entries get zeros. */
  ptr: Int32Array;
  idx: Int32Array;
  /** w_e ≥ 0, one per entry or one for all. */
  weights: Float32Array | number;
  /** λ_r > 0, one per row. */
  lambdas: Float32Array;
  basis: Basis;
  /** Y in that basis, × d, with rows addressed by idx. */
  factors: Float32Array;
  /** Number of factors, a multiple of 8. */
  d: number;
  /** x, rows × d: overwritten. Long rows start from their present content, given in the previous basis. */
  out: Float32Array;
  /** Steps of conjugate gradients for long rows. */
  steps: number;
  /** Rows [from, to) only, so that a caller can show progress and be cancelled between slices. Default: all. */
  from?: number;
  to?: number;
}

/** The eigenbasis of a gramian, in the kernels' memory. */
export interface Basis {
  /** d eigenvalues, descending, clamped from below to the rounding error of the largest. */
  spectrum: Float32Array;
  /** d × d, one eigenvector per row: x in the new basis is rotation · x. */
  rotation: Float32Array;
}

const GRAIN = 128;
/** As in the kernel. */
const DIRECT = 48;
const BATCH = 64;
/** The rows of a gramian are always summed in this many parts, whatever the number of threads. */
const PARTS = 16;
/** Rows rotated at a time. */
const SLICE = 4096;
const FLOAT32_EPSILON = 2 ** -23;

/** @throws SegueError UNSOLVABLE naming the row whose system has no stable solution */
export function solveRowsDiagonal(step: DiagonalHalfStep): void {
  const { ptr, idx, weights, lambdas, basis, factors, d, out, steps } = step;
  const { from = 0, to = ptr.length - 1 } = step;
  checkFactors(d);
  if (out.length < (ptr.length - 1) * d || lambdas.length < ptr.length - 1 || basis.rotation.length < d * d)
    throw new SegueError('INTERNAL', {
      got: 'Arrays of a half-step that are too short',
      expected: `${ptr.length - 1} rows × ${d}`,
    });
  const region = new Region();
  try {
    const scratch = region.float32(threads() * ((DIRECT + 2) * d + DIRECT * (DIRECT + 1)));
    const failed = region.int32(1).fill(-1);
    // The range starts at `from`, so addresses of per-row arrays are shifted.
    parallel('alsRowsDiagonal', to - from, GRAIN, [
      addressOf(ptr) + from * 4,
      addressOf(idx),
      typeof weights === 'number' ? 0 : addressOf(weights),
      typeof weights === 'number' ? weights : 0,
      addressOf(lambdas) + from * 4,
      addressOf(basis.spectrum),
      addressOf(basis.rotation),
      addressOf(factors),
      d,
      addressOf(out) + from * d * 4,
      steps,
      addressOf(scratch),
      addressOf(failed),
    ]);
    if (failed[0]! >= 0) throw unsolvableRow(from + failed[0]!);
  } finally {
    region.free();
  }
}

/**
 * The symmetric d × d matrix Σ_r sizes[r] · y_r y_rᵀ over the rows of a table in the kernels' memory.
 * @param sizes how often each row counts, also in the kernels' memory; null = once @param d a multiple of 8
 */
export function gramOfRows(factors: Float32Array, d: number, sizes: Int32Array | null): Float64Array {
  checkFactors(d);
  const rows = Math.floor(factors.length / d);
  const chunk = Math.max(1, Math.ceil(rows / PARTS));
  const parts = Math.ceil(rows / chunk);
  const gram = new Float64Array(d * d);
  const region = new Region();
  try {
    const sums = region.float32(parts * d * d);
    const scratch = region.float32(threads() * BATCH * d);
    parallel('gramOfChunks', parts, 1, [
      addressOf(factors),
      rows,
      d,
      sizes ? addressOf(sizes) : 0,
      chunk,
      addressOf(sums),
      addressOf(scratch),
    ]);
    for (let part = 0; part < parts; part++)
      for (let i = 0; i < d; i++) for (let j = i; j < d; j++) gram[i * d + j]! += sums[(part * d + i) * d + j]!;
  } finally {
    region.free();
  }
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) gram[i * d + j] = gram[j * d + i]!;
  return gram;
}

/** The eigenbasis of a d × d gramian (destroyed), placed in the region. @throws SegueError UNSOLVABLE */
export function basisOf(region: Region, gram: Float64Array, d: number): Basis {
  const { values, vectors } = symmetricEigen(gram, d);
  // Values below the rounding error of the sums are noise, and may be negative.
  const least = Math.max(0, values[0]! * FLOAT32_EPSILON);
  return {
    spectrum: region.place(Float32Array.from(values, (value) => Math.max(value, least))),
    rotation: region.place(Float32Array.from(vectors)),
  };
}

/** Rotates every row of a table in the kernels' memory into the basis, in place. */
export function rotateRows(factors: Float32Array, d: number, { rotation }: Basis): void {
  const rows = Math.floor(factors.length / d);
  const region = new Region();
  try {
    const rotated = region.float32(Math.min(rows, SLICE) * d);
    for (let from = 0; from < rows; from += SLICE) {
      const m = Math.min(rows - from, SLICE);
      const slice = factors.subarray(from * d, (from + m) * d);
      gemm({ m, n: d, k: d, a: slice, b: rotation, transposeB: true, c: rotated });
      slice.set(rotated.subarray(0, m * d));
    }
  } finally {
    region.free();
  }
}

function checkFactors(d: number): void {
  if (d <= 0 || d % 8 !== 0) throw new SegueError('INTERNAL', { got: `${d} factors`, expected: 'a multiple of 8' });
}
