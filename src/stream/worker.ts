import { setTimeout as sleep } from 'node:timers/promises';
import {
  Consumer,
  type Message,
  type MessagesStream,
  Producer,
  stringDeserializers,
  stringSerializers,
} from '@platformatic/kafka';
import { SegueError } from '../errors.ts';
import { type DeadLetterMessage, MESSAGE_VERSION, TOPICS } from '../listeners/messages.ts';
import { batches } from './batches.ts';
import type { Incoming } from './decode.ts';
import type { Rejected } from './event-sink.ts';
import type { StreamMetrics } from './stream-metrics.ts';

type Text = Message<string, string, string, string>;
/** A message to send, by topic and key. */
export interface Outgoing {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
}
/** Output of a batch, sent before the batch's offsets are committed. */
export interface Processed {
  readonly outgoing: readonly Outgoing[];
  readonly rejected: readonly Rejected[];
}

export interface WorkerOptions {
  readonly brokers: readonly string[];
  readonly group: string;
  readonly topic: string;
  /** Most messages per batch, and how long to wait for more, in milliseconds. */
  readonly batch: number;
  readonly waitMs: number;
  readonly process: (batch: readonly Incoming[]) => Promise<Processed>;
  readonly metrics: StreamMetrics;
  /** Called at intervals with the number of messages waiting in each of this consumer's partitions. */
  readonly onLag?: (lags: ReadonlyMap<number, number>) => Promise<void>;
  readonly log: (text: string) => void;
  readonly signal: AbortSignal;
  readonly now?: () => number;
}

/** After this long without a message the lag is measured; when this finds waiting messages this many times, the consumer rejoins. */
const IDLE_MS = 2000;
const MOST_STALLS = 3;
/** Interval of measuring the lag while messages arrive. */
const LAG_MS = 5000;
/**
 * In milliseconds. A member that was killed, or that closed during a rebalance and so could not leave, keeps its partitions until its session ends,
 * and the whole group waits for it. The client's defaults are 60 s and 102 s.
 */
const MEMBERSHIP = { sessionTimeout: 8000, rebalanceTimeout: 8000, heartbeatInterval: 1000 };
const RETRY_MS = 200;
const MOST_RETRY_MS = 10_000;
const KEPT_CHARACTERS = 65_536;
/** An idempotent producer's sends must not overlap, and larger ones gain nothing. */
const SEND_AT_ONCE = 500;

/**
 * Runs one consumer of a group on one topic until the signal: reads a batch, processes it, sends its output, then commits its offsets. After a crash
 * in between, the batch is read again, so processing must be repeatable. The next batch is read only then, so excess messages stay on the broker. A
 * store or broker that does not respond is waited for; the consumer rejoins by itself.
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { signal, log, topic, metrics } = options;
  for (let delay = RETRY_MS; !signal.aborted; delay = Math.min(MOST_RETRY_MS, delay * 2)) {
    const started = Date.now();
    try {
      await consume(options);
    } catch (error) {
      if (signal.aborted) return;
      metrics.failed(topic);
      log(`${topic}: ${messageOf(error)}; joining again in ${delay} ms`);
      await sleep(delay, undefined, { signal }).catch(() => undefined);
    }
    if (Date.now() - started > MOST_RETRY_MS) delay = RETRY_MS;
  }
}

async function consume({
  brokers,
  group,
  topic,
  batch,
  waitMs,
  process,
  metrics,
  onLag,
  log,
  signal,
  now,
}: WorkerOptions): Promise<void> {
  const bootstrapBrokers = [...brokers];
  const consumer = new Consumer({
    groupId: group,
    clientId: 'segue',
    bootstrapBrokers,
    deserializers: stringDeserializers,
    autocommit: false,
    maxWaitTime: 100,
    retries: 5,
    ...MEMBERSHIP,
  });
  const producer = new Producer({
    clientId: 'segue',
    bootstrapBrokers,
    serializers: stringSerializers,
    idempotent: true,
    acks: -1,
    retries: 100,
    retryDelay: 200,
  });
  let stream: MessagesStream<string, string, string, string> | null = null;
  let stalls = 0;
  let lagAt = 0;
  let toldAt = 0;
  const measured = async (): Promise<number> => {
    const lags = await lagsOf(consumer, topic);
    const waiting = [...lags.values()].reduce((sum, lag) => sum + lag, 0);
    metrics.waiting(topic, waiting);
    lagAt = Date.now();
    if (lagAt - toldAt >= LAG_MS) {
      toldAt = lagAt;
      // The stream continues when its lag cannot be determined.
      await onLag?.(lags).catch((error: unknown) => log(`${topic}: ${messageOf(error)}`));
    }
    return waiting;
  };
  const stop = (): void => void stream?.close().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    stream = await consumer.consume({ topics: [topic], mode: 'committed', fallbackMode: 'earliest' });
    for await (const messages of batches(stream, { most: batch, waitMs, idleMs: IDLE_MS })) {
      if (messages.length === 0) {
        // After a broker restart the stream can fall silent although messages wait.
        const waiting = await measured();
        stalls = waiting > 0 ? stalls + 1 : 0;
        if (stalls === MOST_STALLS) throw new Error(`${waiting} messages are waiting but none arrives`);
        continue;
      }
      stalls = 0;
      // Messages read before a rebalance may belong to another member now, which reads them again.
      const owned = new Set(consumer.assignments?.find((one) => one.topic === topic)?.partitions);
      const mine = messages.filter(({ partition }) => owned.has(partition));
      const incoming = mine.map(incomingOf);
      const { outgoing, rejected } = await patiently(() => process(incoming), metrics, topic, log, signal);
      await send(producer, [...outgoing, ...rejected.map((r) => deadLetter(r, (now ?? Date.now)()))]);
      const last = new Map<number, Text>();
      for (const message of mine) last.set(message.partition, message);
      await Promise.all([...last.values()].map((message) => message.commit()));
      metrics.processed(topic, mine.length, rejected.length);
      if (Date.now() - lagAt > LAG_MS) await measured();
      if (signal.aborted) break;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await stream?.close().catch(() => undefined);
    await consumer.close(true).catch(() => undefined);
    await producer.close(true).catch(() => undefined);
  }
}

const incomingOf = ({ topic, partition, offset, key, value }: Text): Incoming => ({
  topic,
  partition,
  offset,
  key: key ?? null,
  value: value ?? '',
});

/** Number of uncommitted messages, by partition of this consumer. */
async function lagsOf(
  consumer: Consumer<string, string, string, string>,
  topic: string,
): Promise<ReadonlyMap<number, number>> {
  const lag = await consumer.getLag({ topics: [topic] });
  const lags = new Map<number, number>();
  // −1 represents partitions of other members.
  for (const [partition, behind] of (lag.get(topic) ?? []).entries())
    if (behind >= 0n) lags.set(partition, Number(behind));
  return lags;
}

/** Processes until it succeeds: waits for transient errors to pass, so that nothing is lost or reordered. */
async function patiently(
  process: () => Promise<Processed>,
  metrics: StreamMetrics,
  topic: string,
  log: (text: string) => void,
  signal: AbortSignal,
): Promise<Processed> {
  for (let delay = RETRY_MS; ; delay = Math.min(MOST_RETRY_MS, delay * 2)) {
    try {
      return await process();
    } catch (error) {
      signal.throwIfAborted();
      metrics.retried(topic);
      log(`${topic}: ${messageOf(error)}; trying the batch again in ${delay} ms`);
      await sleep(delay, undefined, { signal });
    }
  }
}

async function send(producer: Producer<string, string, string, string>, messages: readonly Outgoing[]): Promise<void> {
  for (let at = 0; at < messages.length; at += SEND_AT_ONCE)
    await producer.send({ messages: messages.slice(at, at + SEND_AT_ONCE).map((message) => ({ ...message })) });
}

function deadLetter({ message, error }: Rejected, at: number): Outgoing {
  const letter: DeadLetterMessage = {
    version: MESSAGE_VERSION,
    topic: message.topic,
    partition: message.partition,
    offset: String(message.offset),
    key: message.key,
    value: message.value.slice(0, KEPT_CHARACTERS),
    code: error.code,
    reason: error.message,
    at,
  };
  return { topic: TOPICS.deadLetters, key: message.key ?? '', value: JSON.stringify(letter) };
}

const messageOf = (error: unknown): string =>
  error instanceof SegueError ? error.message : error instanceof Error ? error.message.split('\n')[0]! : String(error);
