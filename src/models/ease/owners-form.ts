import { type Csr, transpose } from '../../math/csr.ts';
import type { Region } from '../../math/kernels/memory.ts';
import { VectorIndex } from '../../math/kernels/search.ts';
import { invertPositiveDefinite } from '../../math/kernels/solve.ts';
import type { EaseConfig, EaseScorer } from './config.ts';

/** Amount of work below which adding rows one by one is faster than a product with the whole matrix. */
const FEW = 1_500_000;

/**
 * K = (X Xᵀ + λ I)⁻¹, owners × owners. By the identity (XᵀX + λI)⁻¹ = (I − Xᵀ K X) / λ it holds all of P, so EASE is exact for every
 * track, however rare, in time O(owners³) instead of O(tracks³).
 * @param region holds the matrix @param between called with 0–1, may throw to stop
 */
export function invertOwners(
  region: Region,
  matrix: Csr,
  settings: EaseConfig,
  between: (fraction: number) => void,
): Float32Array {
  const n = matrix.rows;
  const k = region.float32(n * n);
  const { trackScale, ownerScale } = scales(matrix, settings);
  const inverted = transpose(matrix);
  for (let t = 0; t < inverted.rows; t++) {
    const square = trackScale[t]! ** 2;
    const end = inverted.ptr[t + 1]!;
    for (let e = inverted.ptr[t]!; e < end; e++) {
      const u = inverted.idx[e]!;
      // Owners ascend, so this fills the lower triangle; the inversion reads nothing else.
      const part = square * ownerScale[u]!;
      for (let f = inverted.ptr[t]!; f <= e; f++) {
        const v = inverted.idx[f]!;
        k[u * n + v] = k[u * n + v]! + part * ownerScale[v]!;
      }
    }
  }
  for (let u = 0; u < n; u++) k[u * n + u] = k[u * n + u]! + settings.regularisation;
  invertPositiveDefinite(k, n, between);
  return k;
}

function scales(matrix: Csr, settings: EaseConfig): { trackScale: Float32Array; ownerScale: Float32Array } {
  const counts = new Int32Array(matrix.columns);
  for (const t of matrix.idx) counts[t]!++;
  return {
    trackScale: Float32Array.from(counts, (c) => (c > 0 ? c ** -settings.popularityExponent : 0)),
    ownerScale: Float32Array.from({ length: matrix.rows }, (_, u) => {
      const size = matrix.ptr[u + 1]! - matrix.ptr[u]!;
      return size > 0 ? size ** -settings.ownerExponent : 0;
    }),
  };
}

/** Scores from K: with a = X r, answer j is xⱼᵀ K a / (1 − xⱼᵀ K xⱼ), for tracks other than the seeds. */
export class OwnersForm implements EaseScorer {
  private readonly n: number;
  private readonly kernel: VectorIndex;
  private readonly rows: Float32Array;
  private readonly inverted: Csr;
  private readonly trackScale: Float32Array;
  private readonly ownerScale: Float32Array;
  /** 1 / (1 − xⱼᵀ K xⱼ) */
  private readonly gain: Float32Array;
  private readonly mass: Float32Array;
  private readonly image: Float32Array;
  /** For each owner, its overlap with the owners of the current track. */
  private readonly part: Float64Array;
  /** The owners of the latest seeds. */
  private known: { readonly seeds: Int32Array | null; readonly owners: Int32Array } = {
    seeds: null,
    owners: new Int32Array(0),
  };

  /** @param matrix the owners in the training data @param k owners × owners */
  constructor(matrix: Csr, k: Float32Array, settings: EaseConfig) {
    const n = matrix.rows;
    this.n = n;
    this.rows = k;
    this.kernel = new VectorIndex(k, n, n);
    this.inverted = transpose(matrix);
    const { trackScale, ownerScale } = scales(matrix, settings);
    this.trackScale = trackScale;
    this.ownerScale = ownerScale;
    this.mass = new Float32Array(n);
    this.image = new Float32Array(n);
    this.part = new Float64Array(n);
    this.gain = new Float32Array(matrix.columns);
    for (let t = 0; t < matrix.columns; t++) {
      if (trackScale[t] === 0) continue;
      const explained = trackScale[t]! ** 2 * this.between(t, t);
      // Rounding can push the value below 0 for a track that its owners explain completely.
      this.gain[t] = 1 / Math.max(1e-3, 1 - explained);
    }
  }

  /** Σ over the owners u of a and v of b of |u|^−a K_uv |v|^−a */
  private between(a: number, b: number): number {
    const { inverted, ownerScale, rows, n } = this;
    let sum = 0;
    for (let e = inverted.ptr[a]!; e < inverted.ptr[a + 1]!; e++) {
      const u = inverted.idx[e]!;
      let part = 0;
      for (let f = inverted.ptr[b]!; f < inverted.ptr[b + 1]!; f++) {
        const v = inverted.idx[f]!;
        part += rows[u * n + v]! * ownerScale[v]!;
      }
      sum += part * ownerScale[u]!;
    }
    return sum;
  }

  contributions(seeds: Int32Array, track: number): Float64Array {
    const { inverted, ownerScale, trackScale, rows, n, part } = this;
    const { ptr, idx } = inverted;
    const owners = this.ownersOf(seeds);
    for (let i = 0; i < owners.length; i++) part[owners[i]!] = 0;
    // K is symmetric: the rows of the track's owners are read in order, once for all seeds.
    for (let f = ptr[track]!; f < ptr[track + 1]!; f++) {
      const row = idx[f]! * n;
      const scale = ownerScale[idx[f]!]!;
      for (let i = 0; i < owners.length; i++) part[owners[i]!]! += rows[row + owners[i]!]! * scale;
    }
    const gain = this.gain[track]!;
    return Float64Array.from(seeds, (seed) => {
      let sum = 0;
      for (let e = ptr[seed]!; e < ptr[seed + 1]!; e++) sum += part[idx[e]!]! * ownerScale[idx[e]!]!;
      return trackScale[seed]! ** 2 * gain * sum;
    });
  }

  /** The owners of any of these seeds, ascending. */
  private ownersOf(seeds: Int32Array): Int32Array {
    if (this.known.seeds === seeds) return this.known.owners;
    const { ptr, idx } = this.inverted;
    const owners = new Set<number>();
    for (const seed of seeds) for (let e = ptr[seed]!; e < ptr[seed + 1]!; e++) owners.add(idx[e]!);
    this.known = { seeds, owners: Int32Array.from(owners).sort() };
    return this.known.owners;
  }

  score(seeds: Int32Array, weights: Float32Array, out: Float32Array): void {
    const { inverted, ownerScale, gain, image } = this;
    this.project(seeds, weights);
    for (let u = 0; u < image.length; u++) image[u] = image[u]! * ownerScale[u]!;
    const { ptr, idx } = inverted;
    for (let t = 0; t < out.length; t++) {
      let sum = 0;
      const end = ptr[t + 1]!;
      for (let e = ptr[t]!; e < end; e++) sum += image[idx[e]!]!;
      out[t] = sum * gain[t]!;
    }
  }

  /** image = K X r */
  private project(seeds: Int32Array, weights: Float32Array): void {
    const { inverted, ownerScale, trackScale, mass, image, rows, n } = this;
    mass.fill(0);
    for (let i = 0; i < seeds.length; i++) {
      const seed = seeds[i]!;
      const weight = weights[i]! * trackScale[seed]! ** 2;
      for (let e = inverted.ptr[seed]!; e < inverted.ptr[seed + 1]!; e++) {
        const u = inverted.idx[e]!;
        mass[u] = mass[u]! + weight * ownerScale[u]!;
      }
    }
    let support = 0;
    for (let u = 0; u < n; u++) if (mass[u] !== 0) support++;
    if (support * n > FEW) {
      this.kernel.scores(mass, image);
      return;
    }
    image.fill(0);
    for (let u = 0; u < n; u++) {
      const weight = mass[u]!;
      if (weight === 0) continue;
      const row = u * n;
      for (let v = 0; v < n; v++) image[v] = image[v]! + weight * rows[row + v]!;
    }
  }

  dispose(): void {
    this.kernel.dispose();
  }

  info(): Record<string, unknown> {
    return { form: 'owners', owners: this.n, tracks: this.gain.length };
  }
}
