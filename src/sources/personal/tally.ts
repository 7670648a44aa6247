import type { Rejection } from '../../dataset/rows.ts';

/** Rows that were left out or changed, by cause, each with where it was seen first. */
export class Tally {
  private readonly causes = new Map<string, { count: number; firstAt: string }>();

  /** @param where the file and the line or entry, counted from 1 */
  count(cause: string, where: string, times = 1): void {
    const seen = this.causes.get(cause);
    if (seen) seen.count += times;
    else this.causes.set(cause, { count: times, firstAt: where });
  }

  of(cause: string): number {
    return this.causes.get(cause)?.count ?? 0;
  }

  /** Most frequent first. */
  list(): Rejection[] {
    return [...this.causes].map(([cause, seen]) => ({ cause, ...seen })).sort((a, b) => b.count - a.count);
  }
}
