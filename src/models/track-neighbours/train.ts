import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';
import { largestAt } from '../../math/select.ts';

export interface LinkSettings {
  /** An owner counts length^−exponent. */
  readonly lengthExponent: number;
  /** A row's partners are chosen by strength / owners^exponent. */
  readonly targetExponent: number;
  /** Partners kept per track. */
  readonly partners: number;
  /** Tracks with fewer owners get no row; their owners are read at query time. */
  readonly leastOwners: number;
  /** Extra strength of immediate neighbours in a list; halves every `reach` places. 0 = order is ignored. */
  readonly orderWeight: number;
  readonly reach: number;
}

/** How much one owner's co-occurrences count. */
export function ownerWeights({ byOwner }: Dataset, lengthExponent: number): Float32Array {
  const weights = new Float32Array(byOwner.rows);
  for (let o = 0; o < weights.length; o++) {
    const length = byOwner.ptr[o + 1]! - byOwner.ptr[o]!;
    weights[o] = length > 0 ? length ** -lengthExponent : 0;
  }
  return weights;
}

/**
 * Sums in `sum` the links from some tracks to all others, and lists in `touched` every track with a link; a track appears twice when its sum returned
 * to 0 in between.
 */
export class LinkCounter {
  /** In float64, so that the order of addition does not affect the float32 that is kept; Spark's job gives the same numbers. */
  readonly sum: Float64Array;
  readonly touched: Int32Array;
  count = 0;
  private readonly dataset: Dataset;
  private readonly weights: Float32Array;
  private readonly closeness: Float32Array;

  constructor(dataset: Dataset, weights: Float32Array, { orderWeight, reach }: LinkSettings) {
    this.dataset = dataset;
    this.weights = weights;
    this.sum = new Float64Array(dataset.tracks.count);
    this.touched = new Int32Array(dataset.tracks.count);
    // 1 + w · 2^(−distance / reach), up to where it makes no difference.
    this.closeness = Float32Array.from(
      { length: orderWeight > 0 ? Math.ceil(reach * 10) : 0 },
      (_, distance) => 1 + orderWeight * 2 ** (-distance / reach),
    );
  }

  clear(): void {
    for (let i = 0; i < this.count; i++) this.sum[this.touched[i]!] = 0;
    this.count = 0;
  }

  /** c(track, u) = Σ_owners of both weight · closeness; times `factor`. */
  add(track: number, factor: number): void {
    const { sum, touched, weights, closeness } = this;
    const { byOwner, byTrack } = this.dataset;
    const { ptr, idx } = byOwner;
    let count = this.count;
    for (let h = byTrack.ptr[track]!, last = byTrack.ptr[track + 1]!; h < last; h++) {
      const owner = byTrack.idx[h]!;
      const weight = weights[owner]! * factor;
      const from = ptr[owner]!;
      const to = ptr[owner + 1]!;
      let own = from;
      if (closeness.length > 0) while (idx[own] !== track) own++;
      for (let e = from; e < to; e++) {
        const other = idx[e]!;
        if (sum[other] === 0) touched[count++] = other;
        const distance = e > own ? e - own : own - e;
        sum[other]! += distance < closeness.length ? weight * closeness[distance]! : weight;
      }
    }
    this.count = count;
  }

  /** As `add`, from a stored row: its strengths times `factor`. */
  addRow({ ptr, idx, values }: Csr, track: number, factor: number): void {
    const { sum, touched } = this;
    let count = this.count;
    for (let e = ptr[track]!, last = ptr[track + 1]!; e < last; e++) {
      const other = idx[e]!;
      if (sum[other] === 0) touched[count++] = other;
      sum[other]! += factor * values![e]!;
    }
    this.count = count;
  }
}

/**
 * Computes the strongest partners of every track with enough owners, row by row in one pass: O(Σ length² of the owners) time, and memory for the
 * result and one row. Awaits `onRow` now and then.
 */
export async function trainLinks(
  dataset: Dataset,
  settings: LinkSettings,
  onRow: (fraction: number) => Promise<void>,
): Promise<Csr> {
  const { count } = dataset.tracks;
  const counter = new LinkCounter(dataset, ownerWeights(dataset, settings.lengthExponent), settings);
  const discount = new Float32Array(count);
  for (let t = 0; t < count; t++) discount[t] = Math.max(1, dataset.ownersOf(t)) ** -settings.targetExponent;
  const ptr = new Int32Array(count + 1);
  const strengths = new Float32Array(count);
  let idx = new Int32Array(1 << 16);
  let values = new Float32Array(1 << 16);
  let at = 0;
  for (let track = 0; track < count; track++) {
    if (track % 1000 === 0) await onRow(track / count);
    ptr[track + 1] = at;
    if (dataset.ownersOf(track) < settings.leastOwners) continue;
    counter.clear();
    counter.add(track, 1);
    const { sum, touched, count: n } = counter;
    for (let i = 0; i < n; i++) strengths[i] = touched[i] === track ? 0 : sum[touched[i]!]! * discount[touched[i]!]!;
    const floor = n > settings.partners ? largestAt(strengths, n, settings.partners - 1) : 0;
    if (at + settings.partners > idx.length) {
      const capacity = Math.max(idx.length * 2, at + settings.partners);
      const largerIdx = new Int32Array(capacity);
      const largerValues = new Float32Array(capacity);
      largerIdx.set(idx);
      largerValues.set(values);
      idx = largerIdx;
      values = largerValues;
    }
    // All above the threshold, then as many of those at the threshold as there is room for, in the order met.
    let room = settings.partners;
    for (let i = 0; i < n; i++) if (strengths[i]! > floor) room--;
    for (let i = 0; i < n; i++) {
      const other = touched[i]!;
      // Selecting the threshold reordered the strengths, so they are computed again.
      const strength = other === track ? 0 : Math.fround(sum[other]! * discount[other]!);
      if (strength <= 0 || strength < floor || (strength === floor && room-- <= 0)) continue;
      idx[at] = other;
      values[at++] = sum[other]!;
    }
    ptr[track + 1] = at;
  }
  return { rows: count, columns: count, ptr, idx: idx.slice(0, at), values: values.slice(0, at) };
}
