import type { Command } from 'commander';
import { openHousehold } from '../listeners/personal/household.ts';
import { Engine } from '../recommend/engine.ts';
import { runStream } from '../stream/stream.ts';
import { StreamMetrics } from '../stream/stream-metrics.ts';
import { cancellable, databaseUrl, openLibrary, wholeNumber } from './context.ts';
import { printable } from './table.ts';

interface Flags {
  brokers: string;
  group: string;
  partitions?: number;
  addListeners?: boolean;
}

const REPORT_MS = 10_000;

export function register(program: Command): void {
  program
    .command('stream')
    .summary('events in and recommendations out over Apache Kafka')
    .description(
      'Records events from segue.events, answers requests from segue.requests on segue.recommendations, and writes messages that cannot be processed to segue.dead-letters with the reason. Run as many as you like in one group. /api/asyncapi.json describes the messages.',
    )
    .option('--brokers <host:port,…>', 'Kafka brokers', '127.0.0.1:9092')
    .option('--group <name>', 'consumer group', 'segue')
    .option(
      '--partitions <count>',
      'partitions for topics that do not exist yet (default 4)',
      wholeNumber('--partitions', 1, 10_000),
    )
    .option('--add-listeners', 'add unknown listeners instead of rejecting their events')
    .action(async (flags: Flags, command: Command) => {
      const library = await openLibrary(command);
      const engine = await Engine.open(library);
      const household = openHousehold(library, databaseUrl(command));
      const metrics = new StreamMetrics();
      const say = (text: string): void => void process.stderr.write(`${printable(text)}\n`);
      const report = setInterval(() => {
        for (const [topic, c] of Object.entries(metrics.snapshot()))
          say(
            `${topic}: ${c.processed} messages (${c.perSecond.toFixed(0)}/s), ${c.rejected} rejected, ${c.retries} retries, ${c.failures} reconnects, ${c.lag} waiting`,
          );
      }, REPORT_MS);
      try {
        await engine.warmUp();
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
        await household.close();
      }
    });
}
