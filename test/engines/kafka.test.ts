import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';
import { Library } from '../../src/library/library.ts';
import { TOPICS } from '../../src/listeners/messages.ts';
import { openRepository } from '../../src/listeners/open.ts';
import { createTopics } from '../../src/stream/stream.ts';
import { Broker, kafkaLacks } from '../support/kafka.ts';

const EVENTS = Number(process.env.SEGUE_TEST_EVENTS ?? 100_000);
const POISON = 50;
const LISTENERS = 20;
const AT = Date.UTC(2026, 3, 1);
const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname;

interface Sent {
  topic: string;
  key: string;
  value: string;
}

async function sendAll(address: string, messages: readonly Sent[]): Promise<void> {
  const producer = new Producer({
    clientId: 'test',
    bootstrapBrokers: [address],
    serializers: stringSerializers,
    idempotent: true,
    acks: -1,
    retries: 600,
    retryDelay: 100,
  });
  for (let at = 0; at < messages.length; at += 500) await producer.send({ messages: messages.slice(at, at + 500) });
  await producer.close();
}

/** Reads a topic from its start until `enough` returns true. */
async function read(address: string, topic: string, enough: (key: string, value: string) => boolean): Promise<void> {
  const reader = new Consumer({
    groupId: `reader-${topic}`,
    clientId: 'test',
    bootstrapBrokers: [address],
    deserializers: stringDeserializers,
    maxWaitTime: 100,
    retries: 20,
  });
  const stream = await reader.consume({ topics: [topic], mode: 'earliest' });
  for await (const { key, value } of stream) if (enough(key!, value!)) break;
  await stream.close().catch(() => undefined);
  await reader.close(true);
}

test('100,000 events count once each: the broker is killed and restarted, consumers are killed and join, messages are duplicated and reordered', {
  skip: kafkaLacks(),
  timeout: 240_000,
}, async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'segue-kafka-'));
  const libraryDir = join(dir, 'library');
  const segue = (...args: string[]): void =>
    void execFileSync(process.execPath, [MAIN, ...args, '--library', libraryDir], { stdio: 'ignore' });
  segue('import', 'demo');
  segue('train', 'popularity');
  const dataset = await (await Library.open(libraryDir)).dataset();
  const song = (i: number): string => dataset.tracks.vocabulary.id(i % 600);
  const repository = await openRepository(libraryDir);
  const broker = await Broker.start(join(dir, 'broker'));
  const consumers: ChildProcess[] = [];
  const log: string[] = [];
  const startConsumer = (): void => {
    const args = [MAIN, 'stream', '--library', libraryDir, '--brokers', broker.address, '--add-listeners'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.setEncoding('utf8').on('data', (text: string) => log.push(`${child.pid} ${text.trim()}`));
    consumers.push(child);
  };
  const kill = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const recorded = async (): Promise<number> => {
    let sum = 0;
    for (const { id } of await repository.listeners.all()) sum += (await repository.listeners.counts(id)).plays;
    return sum;
  };
  const reached = async (share: number): Promise<void> => {
    // Rejects after the time limit, so that the processes are ended.
    while ((await recorded()) < EVENTS * share) await sleep(100, undefined, { signal: t.signal });
  };
  t.signal.addEventListener('abort', () => t.diagnostic(log.slice(-20).join('\n')));
  try {
    await createTopics([broker.address], 4);
    const event = (i: number): Sent => {
      const listener = `listener-${i % LISTENERS}`;
      const body = { version: 1, id: `e${i}`, listener, kind: 'play', song: song(i), at: AT + i * 1000 };
      return { topic: TOPICS.events, key: listener, value: JSON.stringify({ ...body, msPlayed: 60_000 }) };
    };
    // Every other event from the end; every tenth a second time.
    const messages = Array.from({ length: EVENTS }, (_, i) => event(i % 2 === 0 ? i : EVENTS - i - (EVENTS % 2)));
    for (let i = 0; i < EVENTS; i += 10) messages.push(event(i));
    for (let i = 0; i < POISON; i++)
      messages.splice(i * 100, 0, { topic: TOPICS.events, key: 'poison', value: `{"broken": ${i}` });
    startConsumer();
    startConsumer();
    const sending = sendAll(broker.address, messages);
    await reached(0.1);
    // Kill all of them, so that one is killed in the middle of a batch.
    for (const child of consumers.splice(0)) await kill(child);
    startConsumer();
    startConsumer();
    await reached(0.3);
    await broker.kill();
    await broker.run();
    await reached(0.6);
    startConsumer();
    await kill(consumers.shift()!);
    await sending;
    await reached(1);
    assert.equal(await recorded(), EVENTS);

    const offsets = new Set<string>();
    await read(broker.address, TOPICS.deadLetters, (_, value) => {
      const letter = JSON.parse(value) as { code: string; partition: number; offset: string; reason: string };
      assert.equal(letter.code, 'USAGE');
      assert.match(letter.reason, /JSON/);
      offsets.add(`${letter.partition} ${letter.offset}`);
      return offsets.size === POISON;
    });
    const value = JSON.stringify({ version: 1, id: 'q-1', track: song(3), n: 7 });
    await sendAll(broker.address, [{ topic: TOPICS.requests, key: 'shop', value }]);
    await read(broker.address, TOPICS.recommendations, (key, answer) => {
      const { id, tracks } = JSON.parse(answer) as { id: string; tracks: unknown[] };
      assert.deepEqual([key, id, tracks.length], ['shop', 'q-1', 7]);
      return true;
    });
    assert.equal(await recorded(), EVENTS);
    // Consumption is reported to the store, from which the server's page reads it.
    const left = async (): Promise<(number | undefined)[]> => {
      const told = await repository.streamLag.all();
      return [0, 1, 2, 3].map((p) => told.find((lag) => lag.topic === TOPICS.events && lag.partition === p)?.lag);
    };
    while ((await left()).some((lag) => lag !== 0)) await sleep(200, undefined, { signal: t.signal });
  } finally {
    for (const child of consumers) await kill(child);
    await repository.close();
    await broker.kill();
    await rm(dir, { recursive: true, force: true, maxRetries: 10 });
  }
});
