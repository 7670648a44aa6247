/** Counts by topic since the start. */
export interface TopicCounts {
  processed: number;
  rejected: number;
  retries: number;
  failures: number;
  /** Messages waiting on the broker at the latest measurement. */
  lag: number;
}

/** Counts of a stream's work, for logs and metrics. */
export class StreamMetrics {
  private readonly topics = new Map<string, TopicCounts>();
  private readonly started: number;
  private readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
    this.started = now();
  }

  private of(topic: string): TopicCounts {
    let counts = this.topics.get(topic);
    if (!counts) this.topics.set(topic, (counts = { processed: 0, rejected: 0, retries: 0, failures: 0, lag: 0 }));
    return counts;
  }

  processed(topic: string, messages: number, rejected: number): void {
    const counts = this.of(topic);
    counts.processed += messages;
    counts.rejected += rejected;
  }

  waiting(topic: string, messages: number): void {
    this.of(topic).lag = messages;
  }

  retried(topic: string): void {
    this.of(topic).retries++;
  }

  failed(topic: string): void {
    this.of(topic).failures++;
  }

  /** Counts by topic, and messages per second since the start. */
  snapshot(): Record<string, TopicCounts & { perSecond: number }> {
    const seconds = Math.max(0.001, (this.now() - this.started) / 1000);
    return Object.fromEntries(
      [...this.topics].map(([topic, counts]) => [topic, { ...counts, perSecond: counts.processed / seconds }]),
    );
  }
}
