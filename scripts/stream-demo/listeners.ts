import { setTimeout as sleep } from 'node:timers/promises';
import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { MESSAGE_VERSION, TOPICS } from '../../src/listeners/messages.ts';
import { Rng } from '../../src/math/rng.ts';

/** Each listener plays one playlist after another. */
const NAMES = ['Ada', 'Ben', 'Cleo', 'Dev', 'Eli'];
const EVERY_MS = 400;
/** One in this many events is followed by a request for a similar song. */
const REQUEST_EVERY = 4;
const REPORT_MS = 5000;

/** Sends the events of simulated listeners, and requests for songs similar to those they play, and counts the answers, until the signal. */
export async function simulateListeners(
  broker: string,
  dataset: Dataset,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const client = { clientId: 'segue-demo', bootstrapBrokers: [broker], retries: 50, retryDelay: 200 };
  const producer = new Producer({ ...client, serializers: stringSerializers });
  const consumer = new Consumer({ ...client, groupId: `demo-${process.pid}`, deserializers: stringDeserializers });
  let [sent, asked, answered] = [0, 0, 0];
  const report = setInterval(
    () => say(`${sent} events and ${asked} requests sent, ${answered} recommendations received`),
    REPORT_MS,
  );
  const answers = await consumer.consume({ topics: [TOPICS.recommendations], mode: 'latest' });
  const receiving = (async () => {
    for await (const _ of answers) answered++;
  })();
  const rng = new Rng(1);
  const playing = NAMES.map(() => ({ owner: rng.below(dataset.owners.count), at: 0 }));
  try {
    while (!signal.aborted) {
      const who = rng.below(NAMES.length);
      const now = playing[who]!;
      const tracks = dataset.tracksOf(now.owner);
      if (now.at >= tracks.length) Object.assign(now, { owner: rng.below(dataset.owners.count), at: 0 });
      const song = dataset.tracks.vocabulary.id(dataset.tracksOf(now.owner)[now.at++]!);
      const listener = NAMES[who]!.toLowerCase();
      const kind = rng.uniform() < 0.15 ? 'skip' : rng.uniform() < 0.15 ? 'like' : 'play';
      const at = Date.now();
      const event = { version: MESSAGE_VERSION, id: `${listener}-${at}-${sent}`, listener, kind, song, at };
      const messages: { topic: string; key: string; value: string }[] = [
        { topic: TOPICS.events, key: listener, value: JSON.stringify(event) },
      ];
      if (sent++ % REQUEST_EVERY === 0) {
        const request = { version: MESSAGE_VERSION, id: `request-${asked++}`, track: song, n: 10 };
        messages.push({ topic: TOPICS.requests, key: listener, value: JSON.stringify(request) });
      }
      await producer.send({ messages });
      await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    clearInterval(report);
    await answers.close();
    await receiving.catch(() => undefined);
    await consumer.close(true);
    await producer.close(true);
  }
}
