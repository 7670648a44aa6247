import { type Csr, transpose } from './csr.ts';
import { symmetricEigen } from './eigen.ts';
import { gemm, gram } from './kernels/gemm.ts';
import { Region } from './kernels/memory.ts';
import type { PlacedCsr } from './kernels/sparse.ts';
import { sparseTimesDense } from './kernels/spmm.ts';
import type { Rng } from './rng.ts';

/** A ≈ U diag(values) Vᵀ */
export interface TruncatedSvd {
  /** Singular values, descending; fewer than asked for when the matrix has a lower rank. */
  values: Float64Array;
  /** columns × count, row by row: the right singular vectors as columns. */
  right: Float32Array;
}

export interface SvdOptions {
  rng: Rng;
  /** Vectors added at a time, a multiple of 4. Default 64. */
  block?: number;
  /** Size of the Krylov space per wanted vector; larger is more accurate. Default 2.5. */
  oversampling?: number;
  /** Awaited between steps; may throw to stop. */
  onProgress?: (fraction: number) => Promise<void> | void;
}

/** Directions shorter than this fraction of the longest are rounding errors. */
const RANK_TOLERANCE = 1e-3;

export function place(region: Region, matrix: Csr): PlacedCsr {
  return {
    ptr: region.place(matrix.ptr),
    idx: region.place(matrix.idx),
    values: matrix.values ? region.place(matrix.values) : null,
    columns: matrix.columns,
  };
}

/**
 * The largest singular values and right vectors of a sparse matrix by block Lanczos on the smaller of A Aᵀ and Aᵀ A, with full
 * reorthogonalisation and Rayleigh–Ritz over the whole space (Golub & Underwood 1977; Musco & Musco 2015 on its accuracy).
 * Vectors well inside the space are exact to float32, those near its end approximate.
 * Memory: oversampling · count · min(rows, columns) floats, and count · (rows + columns).
 */
export async function truncatedSvd(matrix: Csr, count: number, options: SvdOptions): Promise<TruncatedSvd> {
  const flipped = matrix.rows < matrix.columns;
  const region = new Region();
  try {
    const forward = place(region, matrix);
    const backward = place(region, transpose(matrix));
    // C = inner · outer is n × n
    const [inner, outer] = flipped ? [forward, backward] : [backward, forward];
    const n = flipped ? matrix.rows : matrix.columns;
    const wide = flipped ? matrix.columns : matrix.rows;
    const block = options.block ?? 64;
    const space = Math.min(n, Math.ceil(((options.oversampling ?? 2.5) * count) / block) * block + block);
    const krylov = new Krylov(region, n, space, block);
    const image = region.float32(wide * block);
    krylov.start(options.rng);
    while (krylov.size < space && krylov.width > 0) {
      krylov.accept();
      sparseTimesDense(outer, krylov.fresh, block, image);
      sparseTimesDense(inner, image, block, krylov.fresh);
      krylov.project();
      await options.onProgress?.((0.9 * krylov.size) / space);
    }
    return krylov.ritz(count, flipped ? { matrix: outer, rows: wide } : null);
  } finally {
    region.free();
  }
}

/** An orthonormal basis Q of growing size, the next block W, and T = Qᵀ C Q. */
class Krylov {
  readonly n: number;
  readonly block: number;
  readonly space: number;
  /** W, n × block; columns from `width` on are zero. */
  readonly fresh: Float32Array;
  width: number;
  size = 0;
  private readonly basis: Float32Array;
  private readonly coefficients: Float32Array;
  private readonly small: Float32Array;
  private readonly turned: Float32Array;
  private readonly t: Float64Array;
  private last = 0;
  private largest = 0;

  constructor(region: Region, n: number, space: number, block: number) {
    this.n = n;
    this.block = block;
    this.space = space;
    this.width = Math.min(block, space);
    this.fresh = region.float32(n * block);
    this.basis = region.float32(n * space);
    this.coefficients = region.float32(space * block);
    this.small = region.float32(block * block);
    this.turned = region.float32(n * block);
    this.t = new Float64Array(space * space);
  }

  start(rng: Rng): void {
    const { n, block, width, fresh } = this;
    for (let i = 0; i < n; i++) for (let j = 0; j < width; j++) fresh[i * block + j] = rng.normal();
    this.orthonormalise();
  }

  /** Moves W's columns into the basis. */
  accept(): void {
    const { n, block, space, fresh, basis } = this;
    const taken = Math.min(this.width, space - this.size);
    for (let j = taken; j < this.width; j++) for (let i = 0; i < n; i++) fresh[i * block + j] = 0;
    for (let i = 0; i < n; i++) basis.set(fresh.subarray(i * block, i * block + taken), i * space + this.size);
    this.last = this.size;
    this.size += taken;
    this.width = taken;
  }

  /** W holds C times the newest block: records its part inside the space in T and keeps the rest as the next block. */
  project(): void {
    const { space, coefficients, width, last, t, block } = this;
    for (let pass = 0; pass < 2; pass++) {
      this.removeBasis();
      for (let i = 0; i < this.size; i++)
        for (let j = 0; j < width; j++) t[i * space + last + j]! += coefficients[i * block + j]!;
    }
    for (let i = 0; i < this.size; i++) this.largest = Math.max(this.largest, t[i * space + i]!);
    this.orthonormalise();
    if (this.width === 0) return;
    // Scaling up a short direction also amplifies its components along old ones.
    this.removeBasis();
    this.orthonormalise();
  }

  /** W −= Q (QᵀW); the coefficients stay in place. */
  private removeBasis(): void {
    const { n, block, space, size, basis, fresh, coefficients } = this;
    gemm({ m: size, n: block, k: n, a: basis, transposeA: true, lda: space, b: fresh, c: coefficients });
    gemm({ m: n, n: block, k: size, a: basis, lda: space, b: coefficients, c: fresh, alpha: -1, beta: 1 });
  }

  /** W ← W E Λ^−½ for WᵀW = E Λ Eᵀ, dropping directions that are rounding errors; done twice, since float32 squares the condition. */
  private orthonormalise(): void {
    const { n, block, fresh, small, turned } = this;
    for (let pass = 0; pass < 2 && this.width > 0; pass++) {
      gram(fresh, n, block, small);
      const { values, vectors } = symmetricEigen(Float64Array.from(small), block, this.width);
      const floor = Math.max(values[0]! * RANK_TOLERANCE ** 2, (this.largest * 1e-5) ** 2 * (pass === 0 ? 1 : 0));
      let width = 0;
      while (width < values.length && values[width]! > floor && values[width]! > 0) width++;
      small.fill(0);
      for (let k = 0; k < width; k++) {
        const scale = 1 / Math.sqrt(values[k]!);
        for (let j = 0; j < block; j++) small[j * block + k] = vectors[k * block + j]! * scale;
      }
      gemm({ m: n, n: block, k: block, a: fresh, b: small, c: turned });
      fresh.set(turned);
      this.width = width;
    }
  }

  /** Eigenpairs of C from those of T; `lift` maps left vectors to right ones, v = Aᵀ u / σ. */
  ritz(count: number, lift: { matrix: PlacedCsr; rows: number } | null): TruncatedSvd {
    const { n, size, space, basis } = this;
    const dense = new Float64Array(size * size);
    for (let i = 0; i < size; i++)
      for (let j = i; j < size; j++) dense[i * size + j] = dense[j * size + i] = this.t[i * space + j]!;
    const pairs = symmetricEigen(dense, size, Math.min(count, size));
    let kept = 0;
    while (kept < pairs.values.length && pairs.values[kept]! > pairs.values[0]! * 1e-7) kept++;
    const padded = Math.max(4, Math.ceil(kept / 4) * 4);
    const region = new Region();
    try {
      const rotation = region.float32(size * padded);
      for (let k = 0; k < kept; k++) {
        const scale = lift ? 1 / Math.sqrt(pairs.values[k]!) : 1;
        for (let i = 0; i < size; i++) rotation[i * padded + k] = pairs.vectors[k * size + i]! * scale;
      }
      let vectors = region.float32(n * padded);
      gemm({ m: n, n: padded, k: size, a: basis, lda: space, b: rotation, c: vectors });
      let rows = n;
      if (lift) {
        const lifted = region.float32(lift.rows * padded);
        sparseTimesDense(lift.matrix, vectors, padded, lifted);
        vectors = lifted;
        rows = lift.rows;
      }
      const right = new Float32Array(rows * kept);
      for (let i = 0; i < rows; i++) right.set(vectors.subarray(i * padded, i * padded + kept), i * kept);
      return { values: pairs.values.slice(0, kept).map(Math.sqrt), right };
    } finally {
      region.free();
    }
  }
}
