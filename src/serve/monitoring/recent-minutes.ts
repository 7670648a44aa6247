import { Latencies } from './latencies.ts';

/** Minutes kept. */
export const MINUTES = 180;
/** Minutes covered by the latencies by step. */
export const STEP_MINUTES = 60;
/** Maximum number of pairs of step and model kept per minute; further ones are ignored. */
const MOST_STEPS = 100;
const MINUTE = 60_000;

interface Minute {
  readonly minute: number;
  readonly requests: Latencies;
  readonly steps: Map<string, Latencies>;
  failed: number;
  refused: number;
  /** Refused requests that took no time and are left out of the latencies. */
  atOnce: number;
  waiting: number;
  samples: number;
  processor: number;
  memory: number;
}

export interface MinuteFigures {
  /** Its start, in milliseconds since 1970. */
  at: number;
  /** All requests, including refused ones. */
  requests: number;
  /** Responses with status 500 or above, except 503. */
  failed: number;
  /** Answers of 503. */
  refused: number;
  /** Latencies of the requests that were not refused at once. */
  p50Ms: number | null;
  p95Ms: number | null;
  /** Largest sampled number of waiting queries. */
  waiting: number;
  /** Cores in use, mean; null where it was not sampled. */
  processor: number | null;
  memoryBytes: number | null;
}

export interface StepFigures {
  step: string;
  model: string | null;
  count: number;
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
}

/** Load and latency of the last three hours by minute, in constant memory: a ring whose slots are reused by later minutes. */
export class RecentMinutes {
  private readonly ring: (Minute | undefined)[] = new Array(MINUTES);
  private readonly now: () => number;
  private readonly first: number;
  private latest: number;

  /** @param now milliseconds since 1970 */
  constructor(now: () => number = Date.now) {
    this.now = now;
    this.first = Math.floor(now() / MINUTE);
    this.latest = this.first;
  }

  request(status: number, ms: number): void {
    const minute = this.current();
    minute.requests.add(ms);
    if (status === 503) minute.refused++;
    else if (status >= 500) minute.failed++;
  }

  /** A request that was refused before it was read. */
  refusedAtOnce(): void {
    const minute = this.current();
    minute.refused++;
    minute.atOnce++;
  }

  /** @param name a step, or a step and a model with a space between them, as `Metrics` names them */
  step(name: string, ms: number): void {
    const { steps } = this.current();
    let latencies = steps.get(name);
    if (!latencies) {
      if (steps.size >= MOST_STEPS) return;
      steps.set(name, (latencies = new Latencies()));
    }
    latencies.add(ms);
  }

  /** @param processor cores in use since the last sample @param memory bytes */
  sample(waiting: number, processor: number, memory: number): void {
    const minute = this.current();
    minute.waiting = Math.max(minute.waiting, waiting);
    minute.processor += (processor - minute.processor) / ++minute.samples;
    minute.memory = memory;
  }

  /** Every recorded minute, oldest first, including those without requests. */
  minutes(): MinuteFigures[] {
    this.current();
    const from = Math.max(this.first, this.latest - MINUTES + 1);
    return Array.from({ length: this.latest - from + 1 }, (_, i) => {
      const slot = this.at(from + i);
      return {
        at: (from + i) * MINUTE,
        requests: slot ? slot.requests.count + slot.atOnce : 0,
        failed: slot?.failed ?? 0,
        refused: slot?.refused ?? 0,
        p50Ms: slot?.requests.percentile(0.5) ?? null,
        p95Ms: slot?.requests.percentile(0.95) ?? null,
        waiting: slot?.waiting ?? 0,
        processor: slot?.samples ? slot.processor : null,
        memoryBytes: slot?.samples ? slot.memory : null,
      };
    });
  }

  /** Latencies of the last hour by step and model, largest total time first. */
  steps(): StepFigures[] {
    this.current();
    const all = new Map<string, Latencies>();
    for (let minute = this.latest - STEP_MINUTES + 1; minute <= this.latest; minute++)
      for (const [name, latencies] of this.at(minute)?.steps ?? []) {
        const sum = all.get(name) ?? new Latencies();
        sum.merge(latencies);
        all.set(name, sum);
      }
    return [...all]
      .map(([name, latencies]) => {
        const [step, model = null] = name.split(' ', 2);
        const p50Ms = latencies.percentile(0.5)!;
        const p95Ms = latencies.percentile(0.95)!;
        return { step: step!, model, count: latencies.count, p50Ms, p95Ms, maxMs: latencies.maxMs };
      })
      .sort((a, b) => b.count * b.p50Ms - a.count * a.p50Ms);
  }

  private at(minute: number): Minute | undefined {
    const slot = this.ring[minute % MINUTES];
    return slot?.minute === minute ? slot : undefined;
  }

  /** The current minute; the latest one while the clock is behind it. */
  private current(): Minute {
    this.latest = Math.max(this.latest, Math.floor(this.now() / MINUTE));
    let slot = this.at(this.latest);
    if (!slot) {
      slot = {
        minute: this.latest,
        requests: new Latencies(),
        steps: new Map(),
        failed: 0,
        refused: 0,
        atOnce: 0,
        waiting: 0,
        samples: 0,
        processor: 0,
        memory: 0,
      };
      this.ring[this.latest % MINUTES] = slot;
    }
    return slot;
  }
}
