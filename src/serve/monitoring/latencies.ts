/** Four buckets per doubling, from a quarter of a millisecond to 131 s. */
const PER_DOUBLING = 4;
const LEAST = -2;
const BOUNDS = PER_DOUBLING * 19 + 1;

/**
 * A histogram of durations in constant memory. Percentiles are at most 19 % too high; everything below a quarter of a millisecond shares one bucket.
 */
export class Latencies {
  private readonly counts = new Uint32Array(BOUNDS);
  count = 0;
  maxMs = 0;

  add(ms: number): void {
    const bound = Math.ceil(PER_DOUBLING * (Math.log2(ms) - LEAST));
    this.counts[Math.min(BOUNDS - 1, Math.max(0, bound))]!++;
    this.count++;
    this.maxMs = Math.max(this.maxMs, ms);
  }

  merge(other: Latencies): void {
    for (let b = 0; b < BOUNDS; b++) this.counts[b]! += other.counts[b]!;
    this.count += other.count;
    this.maxMs = Math.max(this.maxMs, other.maxMs);
  }

  /** Milliseconds that this share of the durations did not exceed (nearest rank); null without durations. @param share 0–1 */
  percentile(share: number): number | null {
    if (this.count === 0) return null;
    let left = Math.max(1, Math.ceil(share * this.count));
    let bound = 0;
    while ((left -= this.counts[bound]!) > 0) bound++;
    return Math.min(this.maxMs, 2 ** (bound / PER_DOUBLING + LEAST));
  }
}
