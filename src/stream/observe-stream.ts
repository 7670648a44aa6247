import { Counter, Gauge, type Registry } from 'prom-client';
import type { StreamMetrics, TopicCounts } from './stream-metrics.ts';

/** The counters of a topic, by Prometheus name; throughput is the rate of the first. */
const COUNTERS: Record<Exclude<keyof TopicCounts, 'lag'>, [name: string, help: string]> = {
  processed: ['segue_stream_messages_total', 'Messages that were processed, dead letters among them'],
  rejected: ['segue_stream_dead_letters_total', 'Messages that became dead letters'],
  retries: ['segue_stream_retries_total', 'Batches that were retried because the store did not answer'],
  failures: ['segue_stream_failures_total', 'Times the consumer lost its broker and rejoined'],
};

/** Adds a stream's metrics to a registry, by topic. */
export function observeStream(metrics: StreamMetrics, registry: Registry): void {
  const registers = [registry];
  for (const [count, [name, help]] of Object.entries(COUNTERS) as [keyof typeof COUNTERS, [string, string]][])
    new Counter({
      name,
      help,
      labelNames: ['topic'],
      registers,
      collect() {
        this.reset();
        for (const [topic, counts] of Object.entries(metrics.snapshot())) this.inc({ topic }, counts[count]);
      },
    });
  new Gauge({
    name: 'segue_stream_lag',
    help: 'Messages waiting on the broker in the partitions of this consumer, at the last check',
    labelNames: ['topic'],
    registers,
    collect() {
      this.reset();
      for (const [topic, { lag }] of Object.entries(metrics.snapshot())) this.set({ topic }, lag);
    },
  });
}
