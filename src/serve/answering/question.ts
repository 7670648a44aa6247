import type { BrainQuery } from '../../connect/brain/brain-elsewhere.ts';
import { type PartQuery, partLists } from '../../listeners/personal/blend/part-lists.ts';
import type { Within } from '../../listeners/personal/personal-list.ts';
import { answerPersonal, type PersonalQuery } from '../../listeners/personal/personal-query.ts';
import type { AskModels } from '../../listeners/personal/personal-recommender.ts';
import type { Engine } from '../../recommend/engine.ts';
import type { PastedLine } from '../../recommend/pasted/line.ts';
import type { Preparation } from '../../recommend/preparations.ts';
import type { Checkpoint } from '../../recommend/situation.ts';

/** The modules of connections are loaded only by threads that answer a music server. */
const connections = () => import('../../connect/brain/answer-brain.ts');
const partOf = async (engine: Engine, connection: string): Promise<Within> =>
  (await connections()).partHeldBy(engine, connection);

/** Questions answered off the main thread: for each name, its input and its answer. Long work passes checkpoints. */
const ASK = {
  recommend: (engine: Engine, input: Parameters<Engine['recommend']>[0], checkpoint?: Checkpoint) =>
    engine.recommend(input, { checkpoint }),
  personal: async (engine: Engine, input: PersonalQuery, checkpoint?: Checkpoint) =>
    answerPersonal(
      engine,
      input,
      checkpoint,
      input.part === null ? undefined : (await partOf(engine, input.part)).mask,
    ),
  brain: async (engine: Engine, input: BrainQuery, checkpoint?: Checkpoint) =>
    (await connections()).answerBrain(engine, input, checkpoint),
  parts: (engine: Engine, input: PartQuery, checkpoint?: Checkpoint) => partLists(engine, input, checkpoint),
  similar: (engine: Engine, input: Parameters<Engine['similar']>[0], checkpoint?: Checkpoint) =>
    engine.similar(input, checkpoint),
  path: (engine: Engine, input: Parameters<Engine['path']>[0], checkpoint?: Checkpoint) =>
    engine.path(input, checkpoint),
  search: (engine: Engine, { text, limit }: { text: string; limit: number }) => engine.queries.search(text, limit),
  track: (engine: Engine, { id }: { id: string }) => engine.queries.track(id),
  resolve: (engine: Engine, input: { text: string; suggestions: number }, checkpoint?: Checkpoint) =>
    engine.queries.resolve(input.text, input.suggestions, checkpoint),
  // A long list is read, then matched in parts (`resolve-parts.ts`).
  pasted: async (engine: Engine, { text }: { text: string }) => engine.queries.pasted(text),
  resolveLines: async (
    engine: Engine,
    input: { lines: readonly PastedLine[]; suggestions: number },
    checkpoint?: Checkpoint,
  ) => {
    const lines = await engine.queries.resolveLines(input.lines, input.suggestions, checkpoint);
    return { matched: lines.filter(({ track }) => track !== null).length, json: toJson(lines) };
  },
  tracks: async (engine: Engine, { numbers }: { numbers: readonly number[] }) => ({
    tracks: engine.queries.tracksByNumber(numbers),
  }),
  owners: (engine: Engine, { text, limit }: { text: string; limit: number }) => engine.queries.owners(text, limit),
  library: (engine: Engine, _: Record<string, never>) => engine.queries.library(),
  genres: async (engine: Engine, { text, limit }: { text: string; limit: number }) =>
    engine.queries.genres(text, limit),
  models: (engine: Engine, _: Record<string, never>) => engine.queries.models(),
  model: (engine: Engine, { id }: { id: string }) => engine.queries.model(id),
} as const;

export type Kind = keyof typeof ASK;
export type Input<K extends Kind> = Parameters<(typeof ASK)[K]>[1];
export type Answer<K extends Kind> = Awaited<ReturnType<(typeof ASK)[K]>>;

/** One timed step of an answer. */
export interface StepTime {
  /** Its name in the metrics, e.g. `candidates als`. */
  readonly name: string;
  /** Milliseconds since 1970, with fractions. */
  readonly start: number;
  readonly ms: number;
}

/** The client waiting for an answer. */
export interface Asker {
  /** Aborts when the client has left. */
  readonly gone?: AbortSignal;
  /** Receives the answer's timings, just before the answer. */
  readonly heard?: ((steps: readonly StepTime[]) => void) | undefined;
}

/** Answers questions. @throws SegueError OVERLOADED when too many wait, and the errors of the question itself */
export interface Answering {
  ask<K extends Kind>(kind: K, input: Input<K>, asker?: Asker): Promise<Answer<K>>;
  /** The answer as JSON in UTF-8, serialised by the thread that computed it; the main thread only passes it on. */
  json<K extends Kind>(kind: K, input: Input<K>, asker?: Asker): Promise<Uint8Array>;
  /**
   * Whether a query that arrives now has to be refused, for lack of room or because it has already waited too long (milliseconds, and queries behind
   * it); if so, it is counted. Default: never.
   */
  turnsAway?(waited?: number, behind?: number): boolean;
  /** Whether queries are answered promptly; true where omitted. */
  ready?(): boolean;
  /** Parts still being prepared, until which queries are not answered promptly: the search index, the default model. */
  readonly waitingFor?: readonly Preparation[];
  /** Number of waiting questions, the limit, and the number refused since the start; undefined without a queue. */
  readonly queue?: { readonly waiting: number; readonly limit: number; readonly refused: number };
  /** Number of questions answered at the same time; default 1. */
  readonly atOnce?: number;
  /** Ids of models that were loaded to answer. */
  readonly loaded?: Iterable<string>;
}

/** Answers with an engine in this thread. */
export const askEngine = <K extends Kind>(
  engine: Engine,
  kind: K,
  input: Input<K>,
  checkpoint?: Checkpoint,
): Promise<Answer<K>> =>
  (ASK[kind] as (engine: Engine, input: Input<K>, checkpoint?: Checkpoint) => Promise<Answer<K>>)(
    engine,
    input,
    checkpoint,
  );

const encoder = new TextEncoder();
export const toJson = (answer: unknown): Uint8Array<ArrayBuffer> => encoder.encode(JSON.stringify(answer));

/** Answers in this thread, without a queue: for tests and documents. */
export const answerHere = (engine: Engine): Answering => ({
  ask: (kind, input) => askEngine(engine, kind, input),
  json: async (kind, input) => toJson(await askEngine(engine, kind, input)),
});

/** What asks a listener's models: queries as plain data. */
export const modelsOf = (answers: Answering): AskModels => ({
  personal: (query) => answers.ask('personal', query),
  parts: (query) => answers.ask('parts', query),
});
