/** Number of latest answers of a kind whose times are used. */
const LATEST = 15;
/** Number of kinds kept: more than there are combinations of query and model. */
const MOST_KINDS = 200;

/** Recent service times by kind of query. */
export class ServiceTimes {
  private readonly kinds = new Map<string, { readonly latest: number[]; median: number }>();

  note(kind: string, ms: number): void {
    let times = this.kinds.get(kind);
    if (!times) {
      if (this.kinds.size >= MOST_KINDS) return;
      this.kinds.set(kind, (times = { latest: [], median: 0 }));
    }
    if (times.latest.push(ms) > LATEST) times.latest.shift();
    times.median = times.latest.toSorted((a, b) => a - b)[times.latest.length >> 1]!;
  }

  /** Median milliseconds of the latest answers; 0 while unknown. As a median, it soon forgets an answer that had to load its model first. */
  of(kind: string): number {
    return this.kinds.get(kind)?.median ?? 0;
  }
}
