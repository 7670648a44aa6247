import { parentPort, workerData } from 'node:worker_threads';
import { openShared, type SharedDataset } from '../../dataset/shared-dataset.ts';
import { Library } from '../../library/library.ts';
import { Engine } from '../../recommend/engine.ts';
import { errorOf, failureOf } from './failure.ts';
import type { FromThread, Seen, ThreadSetup, ToThread } from './protocol.ts';
import { askEngine, type Input, type Kind } from './question.ts';

// A thread that answers: an engine over the shared dataset and model files.
const { library: dir, options } = workerData as ThreadSetup;
const port = parentPort!;
const send = (message: FromThread): void => port.postMessage(message);

const asked = new Map<number, (message: Extract<ToThread, { type: 'shared' }>) => void>();
let count = 0;

/** What lies in shared memory, from the pool. */
function share<T>(what: { dataset: true } | { model: string }): Promise<T> {
  const number = count++;
  send({ type: 'share', number, what });
  return new Promise((resolve, reject) => {
    asked.set(number, ({ value, failure }) => {
      asked.delete(number);
      if (failure) reject(errorOf(failure));
      else resolve(value as T);
    });
  });
}

port.on('message', (message: ToThread) => {
  if (message.type === 'shared') asked.get(message.number)?.(message);
  else if (message.type === 'ask') void answer(message.kind, message.input);
  else
    void opening
      .then((engine) => engine.refresh())
      .catch(() => {})
      .then(() => send({ type: 'refreshed' }));
});

async function openEngine(): Promise<Engine> {
  const library = await Library.open(dir);
  return Engine.open(
    {
      dir,
      datasetId: () => library.datasetId(),
      dataset: async () => openShared(await share<SharedDataset>({ dataset: true })),
      loadModel: (model) => share<Uint8Array | null>({ model }),
      listModels: () => library.listModels(),
      addWaiting: (rows) => library.addWaiting(rows),
      waitingCount: () => library.waitingCount(),
    },
    options,
  );
}

let events: Seen['events'] = [];
const opening = openEngine().then(async (engine) => {
  engine.metrics.listen((name, value, timed) => void events.push([name, value, timed]));
  await engine.ready();
  return engine;
});
opening.then(
  () => send({ type: 'ready' }),
  // Whoever asks is told.
  () => send({ type: 'ready' }),
);

async function answer(kind: Kind, input: unknown): Promise<void> {
  let loaded: string[] = [];
  try {
    const engine = await opening;
    const answer = await askEngine(engine, kind, input as Input<Kind>);
    loaded = engine.current.models.loaded;
    send({ type: 'answer', answer, seen: { events, loaded } });
  } catch (error) {
    send({ type: 'answer', failure: failureOf(error), seen: { events, loaded } });
  }
  events = [];
}
