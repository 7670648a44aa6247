import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { type MessagePort, workerData } from 'node:worker_threads';
import { inSharedMemory, openShared, type SharedDataset } from '../../dataset/shared-dataset.ts';
import { SegueError } from '../../errors.ts';
import { dropEarly } from '../../library/early-files.ts';
import { Library } from '../../library/library.ts';
import type { TaskContext } from '../../math/task-protocol.ts';
import { askParent, serveTasks } from '../../math/task-worker.ts';
import { Engine, type EngineOptions } from '../../recommend/engine.ts';
import type { Preparation } from '../../recommend/preparations.ts';
import { FirstReading, type FromReading } from './first-reading.ts';
import { giveWay } from './give-way.ts';
import { askEngine, type Input, type Kind, toJson } from './question.ts';
import { received, type SentFile } from './shared-files.ts';
import type { Once } from './shared-once.ts';

/** What a thread is started with. */
export interface ThreadSetup {
  readonly library: string;
  readonly options: EngineOptions;
  /** The thread lowers its priority only once it is prepared, since nothing is answered before. */
  readonly first: boolean;
  /** Shared memory with the number of the question whose clients have left. */
  readonly abandoned: Int32Array;
}

/** Counts and timings of a thread's engine for an answer, and the models it has loaded. */
export interface Seen {
  /** `at`: end of the step, in milliseconds since 1970. */
  readonly events: readonly [name: string, value: number, timed: boolean, at: number][];
  readonly loaded: readonly string[];
}

/** A question to a thread; `json` requests the answer as JSON in UTF-8. */
export interface Question {
  readonly question: number;
  readonly kind: Kind;
  readonly input: unknown;
  readonly json: boolean;
}

/**
 * Messages of a thread to the pool. It requests data in shared memory, and values that all threads need (`SharedOnce`); it reports a value made or
 * failed, the start and end of loading a model, and measurements that belong to no answer.
 */
export type FromAnswering =
  | { readonly dataset: true }
  | { readonly model: string }
  | { readonly once: string; readonly version: string }
  | { readonly made: string; readonly version: string; readonly value: unknown }
  | { readonly unmade: true }
  | { readonly prepared: Preparation }
  | { readonly loading: boolean }
  | { readonly seen: Seen }
  | FromReading;

// A thread that answers: an engine over the shared dataset and model files.
const given = workerData as ThreadSetup | { readonly setup: MessagePort };
const { library: dir, options, first, abandoned } = 'setup' in given ? await told(given.setup) : given;
if (!first) giveWay();

/** Start data for a thread that was started early. */
async function told(setup: MessagePort): Promise<ThreadSetup> {
  const [message] = await once(setup, 'message');
  setup.close();
  return message as ThreadSetup;
}

const share = <T>(what: FromAnswering): Promise<T> => askParent(what) as Promise<T>;

async function makeOnce<T>(kind: string, version: string, make: () => Promise<T>): Promise<T> {
  const told = await share<Once>({ once: kind, version });
  if ('value' in told) return told.value as T;
  try {
    const value = inSharedMemory(await make()) as T;
    await share({ made: kind, version, value });
    return value;
  } catch (error) {
    await share({ unmade: true });
    throw error;
  }
}

/** A model's file from the pool; requested again if it was replaced meanwhile. */
async function modelOfPool(model: string): Promise<Uint8Array | null> {
  const ask = async (): Promise<Uint8Array | null> => received(await share<SentFile>({ model }));
  return ask().catch(ask);
}

/** The pool is told beforehand, because the thread cannot send messages while it loads. */
async function whileLoading<T>(load: () => Promise<T>): Promise<T> {
  void share({ loading: true });
  try {
    return await load();
  } finally {
    void share({ loading: false });
  }
}

async function openEngine(): Promise<Engine> {
  const library = await Library.open(dir);
  const reading = first ? new FirstReading(library, (what) => void share(what)) : null;
  return Engine.open(
    {
      dir,
      datasetId: () => library.datasetId(),
      dataset: async () => openShared((await reading?.dataset()) ?? (await share<SharedDataset>({ dataset: true }))),
      loadModel: async (id) => (await reading?.modelFile(id)) ?? modelOfPool(id),
      whileLoading,
      listModels: () => library.listModels(),
      modelHeader: (id) => library.modelHeader(id),
      isSound: (key) => library.isSound(key),
      keepSound: (...keys) => library.keepSound(...keys),
      loadDerived: (kind, id) => library.loadDerived(kind, id),
      saveDerived: (kind, id, pieces) => library.saveDerived(kind, id, pieces),
      addWaiting: (rows) => library.addWaiting(rows),
      waitingCount: () => library.waitingCount(),
      once: makeOnce,
    },
    options,
  );
}

let events: Seen['events'][number][] = [];
const opening = openEngine().then((engine) => {
  engine.metrics.listen((name, value, timed) => {
    events.push([name, value, timed, performance.timeOrigin + performance.now()]);
  });
  return engine;
});
// A question that needs the failed part reports the error; a question that arrives meanwhile waits only for what it needs.
const prepared = opening
  .then((engine) => engine.ready((what) => void share({ prepared: what })))
  .catch(() => {})
  .finally(() => {
    if (first) giveWay();
    // Data that nobody has taken belongs to another library.
    dropEarly();
    // If the thread ended first, the data would not be saved for the next start.
    flushCompileCache();
  });

const tasks = {
  /** Resolves when the engine has prepared what it can. */
  async prepare(_: null): Promise<void> {
    await prepared;
  },

  async ask(
    { question, kind, input, json }: Question,
    { move }: TaskContext,
  ): Promise<{ readonly answer: unknown; readonly seen: Seen }> {
    const engine = await opening;
    const seen = (): Seen => {
      const told = { events, loaded: engine.current.models.loaded };
      events = [];
      return told;
    };
    try {
      const answer = await askEngine(engine, kind, input as Input<Kind>, () => {
        if (Atomics.load(abandoned, 0) !== question) return;
        engine.metrics.count('answers stopped');
        throw new SegueError('CANCELLED', { got: 'The client disconnected before its query was answered' });
      });
      if (!json) return { answer, seen: seen() };
      const bytes = toJson(answer);
      move(bytes.buffer);
      return { answer: bytes, seen: seen() };
    } catch (error) {
      void share({ seen: seen() });
      throw error;
    }
  },

  async refresh(_: null): Promise<void> {
    await opening.then((engine) => engine.refresh()).catch(() => {});
  },
};
export type AnsweringTasks = typeof tasks;
serveTasks(tasks, { together: true });
