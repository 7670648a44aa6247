/** Durations of one step: count, sum, and the latest ones for percentiles. */
interface Step {
  count: number;
  totalMs: number;
  maxMs: number;
  recent: Float64Array;
}

/** Durations kept per step for the percentiles. */
const RECENT = 1024;

export interface MetricsSnapshot {
  counts: Record<string, number>;
  steps: Record<string, { count: number; totalMs: number; p50Ms: number; p99Ms: number; maxMs: number }>;
}

/** Counts and times per step since the start, in constant memory. */
export class Metrics {
  private readonly counts = new Map<string, number>();
  private readonly steps = new Map<string, Step>();
  private readonly now: () => number;
  private readonly ears: ((name: string, value: number, timed: boolean) => void)[] = [];

  /** @param now milliseconds, monotonic */
  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** Reports every count (with its step) and duration as well as storing it, so that another thread can store it, too. */
  listen(hear: (name: string, value: number, timed: boolean) => void): void {
    this.ears.push(hear);
  }

  count(name: string, by = 1): void {
    for (const hear of this.ears) hear(name, by, false);
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  /** Runs the work and records its duration. */
  time<T>(name: string, work: () => T): T {
    const start = this.now();
    try {
      return work();
    } finally {
      this.record(name, this.now() - start);
    }
  }

  record(name: string, ms: number): void {
    for (const hear of this.ears) hear(name, ms, true);
    let step = this.steps.get(name);
    if (!step) {
      step = { count: 0, totalMs: 0, maxMs: 0, recent: new Float64Array(RECENT) };
      this.steps.set(name, step);
    }
    step.recent[step.count++ % RECENT] = ms;
    step.totalMs += ms;
    if (ms > step.maxMs) step.maxMs = ms;
  }

  snapshot(): MetricsSnapshot {
    const steps: MetricsSnapshot['steps'] = {};
    for (const [name, step] of this.steps) {
      const sorted = step.recent.slice(0, Math.min(step.count, RECENT)).sort();
      const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
      steps[name] = { count: step.count, totalMs: step.totalMs, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: step.maxMs };
    }
    return { counts: Object.fromEntries(this.counts), steps };
  }
}
