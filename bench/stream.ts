import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';
import { Library } from '../src/library/library.ts';
import { TOPICS } from '../src/listeners/messages.ts';
import { openRepository } from '../src/listeners/open.ts';
import { libraryContributions } from '../src/listeners/personal/contributions.ts';
import { Household } from '../src/listeners/personal/household.ts';
import { Engine } from '../src/recommend/engine.ts';
import { MemoryLibrary } from '../src/recommend/memory-library.ts';
import { train } from '../src/recommend/train.ts';
import { demoDataset } from '../src/sources/demo/demo-dataset.ts';
import { recordEvents } from '../src/stream/event-sink.ts';
import { runStream } from '../src/stream/stream.ts';
import { Broker, kafkaLacks } from '../test/support/kafka.ts';
import { type Bench, type Line, lineOf, quantile } from './harness.ts';

const EVENTS = 100_000;
const BATCH = 2000;
const LISTENERS = 20;
const REQUESTS = 500;
const PER_SECOND = 100;

export const stream: Bench = {
  id: 'stream',
  title: `${EVENTS.toLocaleString('en')} events from messages into the store, and request → recommendation over a Kafka broker at ${PER_SECOND}/s (with SEGUE_TEST_KAFKA)`,
  async run({ seed, say }) {
    const dir = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    const library = await Library.open(join(dir, 'library'));
    const household = new Household(() => openRepository(dir), libraryContributions(library));
    const dataset = demoDataset({ tracks: 2000, playlists: 1000, seed });
    const song = (i: number): string => dataset.tracks.vocabulary.id(i % dataset.tracks.count);
    try {
      const repository = await household.repository();
      const event = (i: number): string => {
        const body = { version: 1, id: `e${i}`, listener: `l${i % LISTENERS}`, kind: 'play', song: song(i) };
        return JSON.stringify({ ...body, at: 1.7e12 + i * 1000, msPlayed: 60_000 });
      };
      const common = { topic: TOPICS.events, partition: 0, key: null };
      const messages = Array.from({ length: EVENTS }, (_, i) => ({ ...common, offset: BigInt(i), value: event(i) }));
      const start = performance.now();
      for (let at = 0; at < EVENTS; at += BATCH)
        await recordEvents(repository, messages.slice(at, at + BATCH), { addListeners: true });
      const took = performance.now() - start;
      const rate = Math.round(EVENTS / (took / 1000));
      const lines: Line[] = [
        lineOf(`${EVENTS} events, batches of ${BATCH}`, [took], {
          rate: `${rate} events/s`,
          goal: { text: '≥ 20,000 events/s', met: rate >= 20_000 },
        }),
      ];
      const lacks = kafkaLacks();
      if (lacks) {
        say(lacks);
        return lines;
      }
      const memory = new MemoryLibrary(dataset);
      await train(memory, { models: ['track-neighbours', 'popularity'] });
      say('starting a broker');
      const times = await overBroker(
        await Broker.start(join(dir, 'broker')),
        await Engine.open(memory),
        household,
        song,
      );
      const p50 = quantile(times, 0.5);
      const p99 = quantile(times, 0.99);
      lines.push(
        lineOf(`request → recommendation, track-neighbours, ${PER_SECOND}/s`, times, {
          quality: `p99 ${p99.toFixed(0)} ms`,
          goal: { text: 'p50 ≤ 30 ms', met: p50 <= 30 },
        }),
      );
      return lines;
    } finally {
      await household.close();
      await rm(dir, { recursive: true, force: true });
    }
  },
};

/** Milliseconds from sending each request to reading its answer. */
async function overBroker(
  broker: Broker,
  engine: Engine,
  household: Household,
  song: (i: number) => string,
): Promise<number[]> {
  const brokers = [broker.address];
  const controller = new AbortController();
  const running = runStream(engine, household, { brokers, signal: controller.signal });
  const client = { clientId: 'bench', bootstrapBrokers: brokers, retries: 20 };
  const producer = new Producer({ ...client, serializers: stringSerializers });
  const consumer = new Consumer({ ...client, groupId: 'bench', deserializers: stringDeserializers, maxWaitTime: 100 });
  try {
    const sent: number[] = [];
    const send = async (i: number): Promise<void> => {
      sent[i] = performance.now();
      const value = JSON.stringify({ version: 1, id: String(i), track: song(i), model: 'track-neighbours' });
      await producer.send({ messages: [{ topic: TOPICS.requests, key: String(i), value }] });
    };
    await sleep(3000);
    const answers = await consumer.consume({ topics: [TOPICS.recommendations], mode: 'earliest' });
    const times: number[] = [];
    const sending = (async () => {
      const start = performance.now();
      const pending: Promise<void>[] = [];
      for (let i = 0; i < REQUESTS; i++) {
        await sleep(Math.max(0, start + (i * 1000) / PER_SECOND - performance.now()));
        pending.push(send(i));
      }
      await Promise.all(pending);
    })();
    for await (const { key } of answers) {
      times.push(performance.now() - sent[Number(key)]!);
      if (times.length === REQUESTS) break;
    }
    await sending;
    await answers.close();
    // The first second warms up caches and connections.
    return times.slice(PER_SECOND);
  } finally {
    controller.abort();
    await running;
    await consumer.close(true);
    await producer.close(true);
    await broker.kill();
  }
}
