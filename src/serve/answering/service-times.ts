/** Latest answers of a kind whose times count. */
const LATEST = 15;
/** Kinds that are kept: more than there are kinds of queries and models. */
const MOST_KINDS = 200;

/** What queries of each kind took of late. */
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

  /** Median milliseconds of the latest answers; 0 while nothing is known. One that had to load its model first does not move it for long. */
  of(kind: string): number {
    return this.kinds.get(kind)?.median ?? 0;
  }
}
