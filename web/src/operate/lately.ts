import type { Operation } from './use-operation.ts';

type Minute = Operation['minutes'][number];

/** Number of minutes that count as "lately". */
export const LATELY = 5;

export interface Lately {
  readonly perMinute: number;
  readonly failed: number;
  readonly refused: number;
  /** For the slowest of these minutes; null when there were no requests. */
  readonly p95Ms: number | null;
  /** For the latest sampled minute. */
  readonly processor: number | null;
  readonly memoryBytes: number | null;
}

/** A summary of the last minutes. The current minute is incomplete and is left out of the request rate. */
export function lately(minutes: readonly Minute[]): Lately {
  const last = minutes.slice(-LATELY - 1);
  const whole = minutes.length > 1 ? last.slice(0, -1).slice(-LATELY) : last;
  const sum = (of: (minute: Minute) => number): number => whole.reduce((total, minute) => total + of(minute), 0);
  const slowest = last.map(({ p95Ms }) => p95Ms).filter((ms) => ms !== null);
  const sampled = last.findLast(({ processor }) => processor !== null);
  return {
    perMinute: whole.length === 0 ? 0 : sum(({ requests }) => requests) / whole.length,
    failed: sum(({ failed }) => failed),
    refused: sum(({ refused }) => refused),
    p95Ms: slowest.length === 0 ? null : Math.max(...slowest),
    processor: sampled?.processor ?? null,
    memoryBytes: sampled?.memoryBytes ?? null,
  };
}

/** "0.25 ms", "12 ms", "1.4 s" */
export function milliseconds(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 0.01) return '< 0.01 ms';
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** One decimal where it is meaningful. */
export const figure = (value: number | null): string =>
  value === null ? '–' : value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });

type Lag = NonNullable<Operation['stream']>[number];

export interface TopicLag {
  readonly group: string;
  readonly topic: string;
  readonly partitions: number;
  /** Waiting messages, in total and in the partition with the most. */
  readonly lag: number;
  readonly most: number;
  /** Oldest measurement of any partition: its consumer may be gone. */
  readonly at: number;
}

/** The lag of the partitions, summed by group and topic, in order. */
export function byTopic(lags: readonly Lag[]): TopicLag[] {
  const topics = Map.groupBy(lags, ({ group, topic }) => `${group} ${topic}`);
  return Array.from(topics.values(), (of) => ({
    group: of[0]!.group,
    topic: of[0]!.topic,
    partitions: of.length,
    lag: of.reduce((sum, { lag }) => sum + lag, 0),
    most: Math.max(...of.map(({ lag }) => lag)),
    at: Math.min(...of.map(({ at }) => at)),
  }));
}
