import type { Dataset } from '../../dataset/dataset.ts';
import { wholePowers } from '../../math/powers.ts';

interface WalkScales {
  /** tracks^−b */
  readonly trackScale: Float32Array;
  /** owners^−2a, times the gain. */
  readonly ownerScale: Float32Array;
}

export function walkScales(
  { tracks: { count }, byTrack, byOwner }: Dataset,
  trackExponent: number,
  ownerExponent: number,
  gain: number,
): WalkScales {
  const trackScale = new Float32Array(count);
  const ofTrack = wholePowers(-trackExponent);
  const held = byTrack.ptr;
  for (let t = 0; t < count; t++) {
    const owners = held[t + 1]! - held[t]!;
    if (owners > 0) trackScale[t] = ofTrack(owners);
  }
  const { rows, ptr } = byOwner;
  const ownerScale = new Float32Array(rows);
  const ofOwner = wholePowers(-2 * ownerExponent);
  for (let u = 0; u < rows; u++) {
    const size = ptr[u + 1]! - ptr[u]!;
    if (size > 0) ownerScale[u] = gain * ofOwner(size);
  }
  return { trackScale, ownerScale };
}

/**
 * r P for sparse rows r: from the seeds to the owners that hold them and back to their tracks, P = R̃ᵀ R̃ with
 * R̃ = owners^−a R tracks^−b. Cost is proportional to the entries of the owners that hold a seed. Serves one query at a time.
 */
export class LinearWalk {
  private readonly dataset: Dataset;
  readonly trackScale: Float32Array;
  readonly ownerScale: Float32Array;
  private readonly mass: Float32Array;
  private readonly met: Uint8Array;
  private readonly touched: Int32Array;

  constructor(dataset: Dataset, { trackScale, ownerScale }: WalkScales) {
    this.dataset = dataset;
    this.trackScale = trackScale;
    this.ownerScale = ownerScale;
    const { rows } = dataset.byOwner;
    this.mass = new Float32Array(rows);
    this.met = new Uint8Array(rows);
    this.touched = new Int32Array(rows);
  }

  /** out = gain · r P, for the row r with these weights at the seeds; overwrites out. */
  score(seeds: Int32Array, weights: Float32Array, out: Float32Array): void {
    const { mass, met, touched, trackScale, ownerScale } = this;
    const inverted = this.dataset.byTrack;
    let count = 0;
    for (let i = 0; i < seeds.length; i++) {
      const seed = seeds[i]!;
      const weight = weights[i]! * trackScale[seed]!;
      if (weight === 0) continue;
      const end = inverted.ptr[seed + 1]!;
      for (let e = inverted.ptr[seed]!; e < end; e++) {
        const owner = inverted.idx[e]!;
        if (met[owner] === 0) {
          met[owner] = 1;
          touched[count++] = owner;
        }
        mass[owner] = mass[owner]! + weight;
      }
    }
    out.fill(0);
    const { ptr, idx } = this.dataset.byOwner;
    for (let i = 0; i < count; i++) {
      const owner = touched[i]!;
      const weight = mass[owner]! * ownerScale[owner]!;
      mass[owner] = 0;
      met[owner] = 0;
      if (weight === 0) continue;
      const end = ptr[owner + 1]!;
      for (let e = ptr[owner]!; e < end; e++) out[idx[e]!] = out[idx[e]!]! + weight;
    }
    for (let t = 0; t < out.length; t++) out[t] = out[t]! * trackScale[t]!;
  }

  /** gain · P[a, b], from the owners that hold both. */
  between(a: number, b: number): number {
    const { ptr, idx } = this.dataset.byTrack;
    let i = ptr[a]!;
    let j = ptr[b]!;
    let sum = 0;
    while (i < ptr[a + 1]! && j < ptr[b + 1]!) {
      const gap = idx[i]! - idx[j]!;
      if (gap === 0) sum += this.ownerScale[idx[i]!]!;
      if (gap <= 0) i++;
      if (gap >= 0) j++;
    }
    return sum * this.trackScale[a]! * this.trackScale[b]!;
  }
}
