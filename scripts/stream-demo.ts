import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Library } from '../src/library/library.ts';
import { openRepository } from '../src/listeners/open.ts';
import { train } from '../src/recommend/train.ts';
import { demo, demoBatches } from '../src/sources/demo/demo.ts';
import { createTopics } from '../src/stream/stream.ts';
import { Broker } from '../test/support/kafka.ts';
import { SegueProcess } from '../test/support/segue-process.ts';
import { ROOT } from '../test/support/source-files.ts';
import { fetchKafka } from './kafka/fetch.ts';
import { simulateListeners } from './stream-demo/listeners.ts';

/**
 * npm run stream:demo: runs a Kafka broker, `segue stream`, `segue serve` and simulated listeners in a temporary folder that is removed at the end.
 * Ctrl-C ends them all. Needs Java 17. The broker's jars come from SEGUE_TEST_KAFKA, or are downloaded once into build/kafka.
 */
const say = (text: string): void => console.log(text);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());

const folder = await mkdtemp(join(tmpdir(), 'segue-demo-'));
const running: { end(): Promise<unknown> }[] = [];
try {
  const jars = process.env.SEGUE_TEST_KAFKA || join(ROOT, 'build', 'kafka');
  await fetchKafka(jars, say);
  say('Making a demo library');
  const dir = join(folder, 'library');
  const library = await Library.open(dir);
  await library.importBatches(demo, 'demo', demoBatches({ tracks: 5000, playlists: 2000, seed: 1 }));
  await train(library, { models: ['popularity', 'playlist-neighbours', 'track-neighbours', 'als'] });
  await (await openRepository(dir)).close();
  say('Starting a broker');
  const broker = await Broker.start(join(folder, 'broker'), { jars, apart: true });
  running.push({ end: () => broker.kill() });
  await createTopics([broker.address], 4);
  if (!stop.signal.aborted) {
    const port = process.env.SEGUE_PORT ?? '8787';
    const server = SegueProcess.start(dir, ['serve', '--port', port], say);
    const stream = SegueProcess.start(dir, ['stream', '--brokers', broker.address, '--add-listeners'], say);
    running.push(server, stream);
    say(`Broker ${broker.address} (process ${broker.pid}), server ${server.pid}, stream ${stream.pid}`);
    for (const { ended } of [server, stream]) void ended.then(() => stop.abort());
    while (!stop.signal.aborted && !(await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.ok)
      await sleep(100);
    say(`Open http://127.0.0.1:${port}/#/live and choose a listener. Ctrl-C ends everything.`);
    await simulateListeners(broker.address, await library.dataset(), say, stop.signal);
  }
} finally {
  for (const process of running.reverse()) await process.end();
  await rm(folder, { recursive: true, force: true });
  say('Everything has ended.');
}
