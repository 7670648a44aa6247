import type { Rng } from '../../math/rng.ts';

/** A mean to be resampled: Σ sums / Σ weights over owners. Several cases of one owner count as a unit, since they are not independent. */
export interface Resampled {
  readonly sums: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Percentile bootstrap over owners (Efron 1979): 95 % intervals of many means at once, all from the same resamples.
 * @returns [low, high] per column; NaN where no owner has weight
 */
export function bootstrapIntervals(columns: readonly Resampled[], resamples: number, rng: Rng): [number, number][] {
  const owners = columns[0]?.sums.length ?? 0;
  const drawn = new Float64Array(owners);
  const means = columns.map(() => new Float64Array(resamples));
  for (let r = 0; r < resamples; r++) {
    drawn.fill(0);
    for (let i = 0; i < owners; i++) drawn[rng.below(owners)]!++;
    for (let c = 0; c < columns.length; c++) {
      const { sums, weights } = columns[c]!;
      let sum = 0;
      let weight = 0;
      for (let i = 0; i < owners; i++) {
        sum += drawn[i]! * sums[i]!;
        weight += drawn[i]! * weights[i]!;
      }
      means[c]![r] = sum / weight;
    }
  }
  return means.map((values) => {
    const sorted = values.filter((v) => !Number.isNaN(v)).sort();
    return sorted.length === 0 ? [Number.NaN, Number.NaN] : [quantile(sorted, 0.025), quantile(sorted, 0.975)];
  });
}

/** Quantile of ascending values with linear interpolation (type 7 of Hyndman & Fan). @param q 0–1 */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}
