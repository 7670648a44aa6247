import type { Dataset } from '../../dataset/dataset.ts';
import { type Csr, transpose } from '../../math/csr.ts';
import { gemm } from '../../math/kernels/gemm.ts';
import { Region } from '../../math/kernels/memory.ts';
import type { PlacedCsr } from '../../math/kernels/sparse.ts';
import { sparseTimesDense } from '../../math/kernels/spmm.ts';
import type { Rng } from '../../math/rng.ts';
import { TopK } from '../../math/topk.ts';
import { place, truncatedSvd } from '../../math/truncated-svd.ts';

export interface SpectralSettings {
  dimensions: number;
  sharpeningTime: number;
  trackExponent: number;
  ownerExponent: number;
  maxTracks: number;
}

/** The trained part: the data of the tracks in the low-rank space. */
export interface Spectrum {
  /** Track numbers of the low-rank space, ascending. */
  tracks: Int32Array;
  /** Eigenvalues of P, descending; the first is 1. */
  eigenvalues: Float32Array;
  /** V: tracks × dimensions, row by row. */
  basis: Float32Array;
  /** p(P) D V, the sharpened basis, tracks × dimensions. */
  image: Float32Array;
  /** The effect of p(P) on the part of r P outside the basis, as one factor. */
  tailGain: number;
  /** σ₁², by which P is divided. */
  scale: number;
}

/** Number of owners whose rows determine the effect of sharpening on the tail. */
const PROBES = 64;
const COMPETING = 100;
/** Columns filtered at a time, to bound the memory to owners × this. */
const CHUNK = 64;

/** owners^−a R tracks^−b over the given tracks (renumbered); `held` and `sizes` are counts in the whole dataset. */
export function normalised(dataset: Dataset, tracks: Int32Array, trackExponent: number, ownerExponent: number): Csr {
  const numbers = new Int32Array(dataset.tracks.count).fill(-1);
  for (let i = 0; i < tracks.length; i++) numbers[tracks[i]!] = i;
  const { rows, ptr, idx } = dataset.byOwner;
  const outPtr = new Int32Array(rows + 1);
  for (let r = 0; r < rows; r++) {
    let kept = 0;
    for (let e = ptr[r]!; e < ptr[r + 1]!; e++) if (numbers[idx[e]!]! >= 0) kept++;
    outPtr[r + 1] = outPtr[r]! + kept;
  }
  const outIdx = new Int32Array(outPtr[rows]!);
  const values = new Float32Array(outPtr[rows]!);
  const trackScale = Float64Array.from(tracks, (t) => dataset.ownersOf(t) ** -trackExponent);
  let at = 0;
  for (let r = 0; r < rows; r++) {
    const ownerScale = (ptr[r + 1]! - ptr[r]!) ** -ownerExponent;
    for (let e = ptr[r]!; e < ptr[r + 1]!; e++) {
      const number = numbers[idx[e]!]!;
      if (number < 0) continue;
      outIdx[at] = number;
      values[at++] = ownerScale * trackScale[number]!;
    }
  }
  return { rows, columns: tracks.length, ptr: outPtr, idx: outIdx, values };
}

/** The `most` tracks with the most owners, ascending by number; leaves out those that nobody holds. */
export function mostHeld(dataset: Dataset, most: number): Int32Array {
  const { count } = dataset.tracks;
  const held: number[] = [];
  for (let t = 0; t < count; t++) if (dataset.ownersOf(t) > 0) held.push(t);
  if (held.length > most) {
    held.sort((a, b) => dataset.ownersOf(b) - dataset.ownersOf(a) || a - b);
    held.length = most;
  }
  return Int32Array.from(held).sort();
}

/** @param report awaited between steps with a fraction of 0–1; may throw to stop */
export async function trainSpectrum(
  dataset: Dataset,
  settings: SpectralSettings,
  rng: Rng,
  report: (fraction: number, note: string) => Promise<void>,
): Promise<Spectrum> {
  const { sharpeningTime, trackExponent, ownerExponent, maxTracks } = settings;
  const tracks = mostHeld(dataset, maxTracks);
  const matrix = normalised(dataset, tracks, trackExponent, ownerExponent);
  const { values, right } = await truncatedSvd(matrix, settings.dimensions, {
    rng,
    onProgress: (fraction) => report(0.7 * fraction, 'singular vectors'),
  });
  const k = values.length;
  const scale = k > 0 ? values[0]! ** 2 : 1;
  const eigenvalues = Float32Array.from(values, (v) => v ** 2 / scale);
  await report(0.75, 'sharpening');

  const region = new Region();
  try {
    const filter = new LinearFilter(region, matrix, scale);
    const image = new Float32Array(tracks.length * k);
    const chunk = region.float32(tracks.length * CHUNK);
    const degrees = Float64Array.from(tracks, (t) => dataset.ownersOf(t) ** trackExponent);
    for (let from = 0; from < k; from += CHUNK) {
      const width = Math.min(CHUNK, k - from);
      chunk.fill(0);
      for (let i = 0; i < tracks.length; i++)
        for (let j = 0; j < width; j++) chunk[i * CHUNK + j] = right[i * k + from + j]! * degrees[i]!;
      filter.sharpen(chunk, CHUNK, sharpeningTime);
      for (let i = 0; i < tracks.length; i++) image.set(chunk.subarray(i * CHUNK, i * CHUNK + width), i * k + from);
      await report(0.75 + (0.15 * from) / k, 'sharpening');
    }
    await report(0.9, 'gain outside the basis');
    const tailGain =
      sharpeningTime === 0 ? 1 : fitTailGain(region, filter, dataset, { tracks, right, k }, sharpeningTime, rng);
    return { tracks, eigenvalues, basis: right, image, tailGain, scale };
  } finally {
    region.free();
  }
}

/** P = R̃ᵀ R̃ / σ₁² applied to the columns of a dense table. */
class LinearFilter {
  private readonly forward: PlacedCsr;
  private readonly backward: PlacedCsr;
  private readonly owners: number;
  private readonly scale: number;

  constructor(region: Region, matrix: Csr, scale: number) {
    this.forward = place(region, matrix);
    this.backward = place(region, transpose(matrix));
    this.owners = matrix.rows;
    this.scale = scale;
  }

  /** out = P x, tracks × d; x may be out. */
  apply(x: Float32Array, d: number, out: Float32Array): void {
    const region = new Region();
    try {
      const between = region.float32(this.owners * d);
      sparseTimesDense(this.forward, x, d, between);
      sparseTimesDense(this.backward, between, d, out);
      if (this.scale !== 1) for (let i = 0; i < out.length; i++) out[i] = out[i]! / this.scale;
    } finally {
      region.free();
    }
  }

  /** x ← p(P) x by Horner's rule, p the polynomial of `sharpening`. */
  sharpen(x: Float32Array, d: number, time: number): void {
    if (time === 0) return;
    const region = new Region();
    try {
      const start = region.place(Float32Array.from(x));
      for (let order = 4; order >= 1; order--) {
        this.apply(x, d, x);
        const factor = -time / order;
        for (let i = 0; i < x.length; i++) x[i] = start[i]! + factor * x[i]!;
      }
    } finally {
      region.free();
    }
  }
}

/**
 * Least squares of p(P) y ≈ c y over the parts outside the basis of y = P r, for the rows r of random owners, at the tracks that compete
 * for a place in the answer (largest y, not held): on these, the tail leans to larger eigenvalues than over the whole catalogue.
 */
function fitTailGain(
  region: Region,
  filter: LinearFilter,
  dataset: Dataset,
  basis: { tracks: Int32Array; right: Float32Array; k: number },
  time: number,
  rng: Rng,
): number {
  const { tracks, right, k } = basis;
  const probes = rng.sample(dataset.owners.count, PROBES);
  const linear = region.float32(tracks.length * PROBES);
  const numbers = new Map<number, number>();
  for (let i = 0; i < tracks.length; i++) numbers.set(tracks[i]!, i);
  const held = Array.from({ length: PROBES }, (_, j) => {
    const rows = new Set<number>();
    if (j >= probes.length) return rows;
    for (const t of dataset.tracksOf(probes[j]!)) if (numbers.has(t)) rows.add(numbers.get(t)!);
    return rows;
  });
  held.forEach((rows, j) => {
    for (const row of rows) linear[row * PROBES + j] = 1;
  });
  filter.apply(linear, PROBES, linear);
  const competing = held.map((rows, j) => {
    const top = new TopK(COMPETING);
    for (let i = 0; i < tracks.length; i++) if (!rows.has(i)) top.push(i, linear[i * PROBES + j]!);
    return top.drain().items;
  });
  const sharp = region.place(Float32Array.from(linear));
  filter.sharpen(sharp, PROBES, time);
  const v = region.place(right);
  const inside = region.float32(k * PROBES);
  for (const table of [linear, sharp]) {
    gemm({ m: k, n: PROBES, k: tracks.length, a: v, transposeA: true, b: table, c: inside });
    gemm({ m: tracks.length, n: PROBES, k, a: v, b: inside, c: table, alpha: -1, beta: 1 });
  }
  let square = 0;
  let product = 0;
  competing.forEach((rows, j) => {
    for (const row of rows) {
      const y = linear[row * PROBES + j]!;
      square += y ** 2;
      product += y * sharp[row * PROBES + j]!;
    }
  });
  // An empty tail has no meaningful gain.
  return square > 1e-12 ? product / square : 1;
}
