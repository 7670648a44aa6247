import type { Command } from 'commander';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Configuration } from '../configuration/settings.ts';
import { openHousehold } from '../listeners/personal/household.ts';
import { Engine } from '../recommend/engine.ts';
import { observeSteps } from '../serve/monitoring/collect.ts';
import { type MetricsServer, serveMetrics } from '../serve/monitoring/metrics-server.ts';
import { observeStream } from '../stream/observe-stream.ts';
import { runStream } from '../stream/stream.ts';
import { StreamMetrics } from '../stream/stream-metrics.ts';
import { cancellable, configurationOf, openLibrary, wholeNumber } from './context.ts';
import { printable } from './table.ts';

interface Flags {
  brokers: string;
  group: string;
  partitions?: number;
  addListeners?: boolean;
}

const REPORT_MS = 10_000;

/** Exposes a stream's metrics to Prometheus, when a port is set. */
async function exposed(engine: Engine, metrics: StreamMetrics, values: Configuration): Promise<MetricsServer | null> {
  if (values.metricsPort === undefined) return null;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  observeSteps(engine.metrics, registry);
  observeStream(metrics, registry);
  return serveMetrics(registry, values.metricsPort, values);
}

export function register(program: Command): void {
  program
    .command('stream')
    .summary('record events and answer requests over Apache Kafka')
    .description(
      'Records events from segue.events, answers requests from segue.requests on segue.recommendations, and writes messages that cannot be processed to segue.dead-letters with the reason. Run as many as you like in one group. /api/asyncapi.json describes the messages.',
    )
    .option('--brokers <host:port,…>', 'Kafka brokers', '127.0.0.1:9092')
    .option('--group <name>', 'consumer group', 'segue')
    .option(
      '--partitions <count>',
      'partitions for topics that do not exist yet (default: 4)',
      wholeNumber('--partitions', 1, 10_000),
    )
    .option(
      '--metrics-port <number>',
      'serve /metrics and /healthz on this port (default: none)',
      wholeNumber('--metrics-port', 0, 65_535),
    )
    .option('--add-listeners', 'add unknown listeners instead of rejecting their events')
    .action(async (flags: Flags, command: Command) => {
      const library = await openLibrary(command);
      const engine = await Engine.open(library);
      const { values } = configurationOf(command);
      const household = openHousehold(library, values.databaseUrl);
      const metrics = new StreamMetrics();
      const server = await exposed(engine, metrics, values);
      const say = (text: string): void => void process.stderr.write(`${printable(text)}\n`);
      const report = setInterval(() => {
        for (const [topic, c] of Object.entries(metrics.snapshot()))
          say(
            `${topic}: ${c.processed} messages (${c.perSecond.toFixed(0)}/s), ${c.rejected} rejected, ${c.retries} retries, ${c.failures} reconnects, ${c.lag} waiting`,
          );
      }, REPORT_MS);
      try {
        await engine.warmUp();
        if (server) say(`Metrics at ${server.address}/metrics`);
        say(`Connecting to ${flags.brokers} as ${flags.group}. Ctrl-C stops.`);
        await cancellable((signal) =>
          runStream(engine, household, {
            brokers: flags.brokers.split(',').map((broker) => broker.trim()),
            group: flags.group,
            ...(flags.partitions !== undefined && { partitions: flags.partitions }),
            addListeners: flags.addListeners ?? false,
            signal,
            metrics,
            log: say,
          }),
        );
      } finally {
        clearInterval(report);
        await server?.close();
        await household.close();
      }
    });
}
