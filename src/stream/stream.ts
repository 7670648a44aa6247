import { Admin } from '@platformatic/kafka';
import { SegueError } from '../errors.ts';
import { TOPICS } from '../listeners/messages.ts';
import type { Household } from '../listeners/personal/household.ts';
import { PersonalRecommender } from '../listeners/personal/personal-recommender.ts';
import type { Engine } from '../recommend/engine.ts';
import { answerRequest } from './answer.ts';
import type { Incoming } from './decode.ts';
import { ofTheStore, type Rejected, recordEvents } from './event-sink.ts';
import { StreamMetrics } from './stream-metrics.ts';
import { type Outgoing, runWorker } from './worker.ts';

export interface StreamOptions {
  readonly brokers: readonly string[];
  /** Consumer group; the members of one group share the partitions. Default segue. */
  readonly group?: string;
  /** Partitions of topics that do not exist yet. Default 4. */
  readonly partitions?: number;
  /** Adds unknown listeners instead of rejecting their events. Default false. */
  readonly addListeners?: boolean;
  readonly signal: AbortSignal;
  readonly log?: (text: string) => void;
  readonly metrics?: StreamMetrics;
  readonly now?: () => number;
}

const EVENT_BATCH = 2000;
const REQUEST_BATCH = 50;
const WAIT_MS = 5;

/**
 * Connects a library to Kafka: records events, answers requests, and writes messages that cannot be processed to a dead-letter topic with the reason.
 * Runs until the signal.
 * @throws SegueError BROKER_UNREACHABLE when no broker responds at the start
 */
export async function runStream(engine: Engine, household: Household, options: StreamOptions): Promise<void> {
  const { brokers, group = 'segue', partitions = 4, addListeners = false, signal } = options;
  const { log = () => undefined, metrics = new StreamMetrics(), now = Date.now } = options;
  await createTopics(brokers, partitions);
  log(`Listening to ${TOPICS.events} and ${TOPICS.requests}`);
  const personal = new PersonalRecommender(engine, household, now);
  const common = { brokers, waitMs: WAIT_MS, metrics, log, signal, now };
  await Promise.all([
    runWorker({
      ...common,
      group: `${group}-events`,
      topic: TOPICS.events,
      onLag: lagReporter(household, `${group}-events`, TOPICS.events, now),
      batch: EVENT_BATCH,
      process: async (batch) => {
        const { rejected } = await recordEvents(await household.repository(), batch, { addListeners });
        return { outgoing: [], rejected };
      },
    }),
    runWorker({
      ...common,
      group: `${group}-requests`,
      topic: TOPICS.requests,
      onLag: lagReporter(household, `${group}-requests`, TOPICS.requests, now),
      batch: REQUEST_BATCH,
      process: (batch) => answerAll(engine, personal, batch, now),
    }),
  ]);
}

/** Writes the lag to the store, from which the server's page reads it. */
export const lagReporter =
  (household: Household, group: string, topic: string, now: () => number) =>
  async (lags: ReadonlyMap<number, number>): Promise<void> => {
    const at = now();
    const { streamLag } = await household.repository();
    await streamLag.report(Array.from(lags, ([partition, lag]) => ({ group, topic, partition, lag, at })));
  };

async function answerAll(
  engine: Engine,
  personal: PersonalRecommender,
  batch: readonly Incoming[],
  now: () => number,
): Promise<{ outgoing: Outgoing[]; rejected: Rejected[] }> {
  const outgoing: Outgoing[] = [];
  const rejected: Rejected[] = [];
  for (const message of batch) {
    try {
      const answer = await answerRequest(engine, personal, message, now);
      outgoing.push({ topic: TOPICS.recommendations, key: message.key ?? answer.id, value: JSON.stringify(answer) });
    } catch (error) {
      if (ofTheStore(error)) throw error;
      // A defect hit by one request must not delay those after it.
      const known =
        error instanceof SegueError ? error : new SegueError('INTERNAL', { got: String(error), cause: error });
      rejected.push({ message, error: known });
    }
  }
  return { outgoing, rejected };
}

/** Creates missing topics. @throws SegueError BROKER_UNREACHABLE */
export async function createTopics(brokers: readonly string[], partitions: number): Promise<void> {
  const admin = new Admin({ clientId: 'segue', bootstrapBrokers: [...brokers], retries: 40, retryDelay: 500 });
  try {
    const existing = new Set(await admin.listTopics());
    const topics = Object.values(TOPICS).filter((topic) => !existing.has(topic));
    if (topics.length > 0) await admin.createTopics({ topics, partitions, replicas: -1 });
  } catch (cause) {
    throw new SegueError('BROKER_UNREACHABLE', {
      got: `No Kafka broker responds at ${brokers.join(', ')}`,
      expected: 'host:port of at least one running broker',
      remedy: 'Start the broker or check the address; without a broker, send events to POST /api/events',
      cause,
    });
  } finally {
    await admin.close().catch(() => undefined);
  }
}
