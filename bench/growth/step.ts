import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Value } from '#typebox/value';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { fingerprint } from '../../src/dataset/shared-dataset.ts';
import { CheckpointFolder } from '../../src/library/checkpoint-folder.ts';
import { readShared, writeFileWhole } from '../../src/library/files.ts';
import { Library } from '../../src/library/library.ts';
import { Rng } from '../../src/math/rng.ts';
import { type Artifact, decodeArtifact, encodeArtifact } from '../../src/models/artifact.ts';
import { boundsFor, saveBounds, UNBOUNDED } from '../../src/models/hybrid/bounds.ts';
import type { Fitted } from '../../src/models/model.ts';
import { modelById } from '../../src/models/registry.ts';
import { peakMemory } from '../harness.ts';
import { mpdLibrary } from '../mpd-library.ts';
import { Asked, type AskedFigures, holdOut, type Loss, lossOf } from './held-out.ts';

/** Cost of a step: wall-clock and processor seconds, peak gigabytes, and the load of the machine at the end. */
export interface Cost {
  readonly seconds: number;
  readonly processor: number;
  readonly gigabytes: number;
  readonly load: number;
}
export interface ImportStep extends Cost {
  readonly playlists: number;
  readonly tracks: number;
  readonly entries: number;
}
export interface TrainStep extends Cost {
  readonly bytes: number;
}
/** Answers of a loaded model on one thread. */
export interface AnswerStep {
  /** From reading the files to the first answer, seconds. */
  readonly first: Pick<Cost, 'seconds' | 'processor'>;
  readonly gigabytes: number;
  readonly load: number;
  readonly questions: number;
  /** For 500 songs and for 50. */
  readonly long: AskedFigures;
  readonly short: AskedFigures;
  /** `hybrid` without bounds, query by query next to the bounded one. */
  readonly exact?: AskedFigures;
  /** Cost of the bounds: relative loss of NDCG and its 95 % interval over the queries. */
  readonly loss?: Loss;
}

const LONG = 500;
const SHORT = 50;

async function measured<T>(work: () => Promise<T>): Promise<T & Cost> {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return {
    ...result,
    seconds: (performance.now() - start) / 1000,
    processor: (user + system) / 1e6,
    gigabytes: peakMemory() / 1e9,
    load: loadavg()[0]!,
  };
}

/** Folder for the models and checkpoints of a library's bench. */
const besides = (library: string): string => `${library}-bench`;
const modelPath = (library: string, model: string): string => join(besides(library), `${model}.model`);

const say = (text: string): void => console.error(text);

async function importStep(library: string, playlists: number, tracks: number): Promise<ImportStep> {
  await rm(library, { recursive: true, force: true });
  return measured(async () => {
    const { byOwner, ...dataset } = await (
      await mpdLibrary(library, say, { tracks: `${tracks}`, playlists: `${playlists}` })
    ).dataset();
    return { playlists: dataset.owners.count, tracks: dataset.tracks.count, entries: byOwner.idx.length };
  });
}

const trainingData = async (library: string, seed: number) =>
  holdOut(await (await Library.open(library)).dataset(), seed);

async function trainStep(library: string, id: string, seed: number): Promise<TrainStep> {
  const model = modelById(id);
  const { train } = await trainingData(library, seed);
  const key = `${model.resumable} ${fingerprint(train)} ${seed}`;
  const checkpoints =
    model.resumable === undefined ? undefined : await CheckpointFolder.open(besides(library), id, key);
  let last = 0;
  return measured(async () => {
    const settings = Value.Default(model.config, {}) as Record<string, unknown>;
    const fitted = await model.fit(train, settings, {
      rng: new Rng(seed).fork(`fit ${id}`),
      checkpoints,
      onProgress({ fraction, note }) {
        if (performance.now() - last < 20_000) return;
        last = performance.now();
        say(`${Math.round(100 * fraction)} % ${note}`);
      },
    });
    const bytes = encodeArtifact(fitted.toArtifact());
    await mkdir(besides(library), { recursive: true });
    await writeFileWhole(modelPath(library, id), bytes);
    await checkpoints?.remove();
    return { bytes: bytes.length };
  });
}

/**
 * @param questions how many of the 1,000 to use, evenly spaced; a tenth of them run first, to warm up @param exact also queries `hybrid` without
 * bounds
 */
async function answerStep(
  library: string,
  id: string,
  seed: number,
  questions: number,
  exact: boolean,
): Promise<AnswerStep> {
  const { train, cases } = await trainingData(library, seed);
  const pace = cases.length / questions;
  const asked = Array.from({ length: questions }, (_, i) => cases[Math.floor(i * pace)]!);
  let saved: Artifact | null = null;
  let fitted: Fitted | null = null;
  const first = await measured(async () => {
    saved = decodeArtifact((await readShared(modelPath(library, id)))!, id);
    fitted = modelById(id).load(saved, train);
    fitted.recommend(asked[0]!.query, LONG);
    return {};
  });
  const loaded = fitted!;
  const reference = exact ? exactly(saved!, train) : null;
  const [long, short, without] = [new Asked(), new Asked(), new Asked()];
  for (const one of asked.slice(0, questions / 10)) loaded.recommend(one.query, SHORT);
  for (const [i, one] of asked.entries()) {
    long.ask(loaded, one, LONG);
    short.ask(loaded, one, SHORT);
    if (reference) without.ask(reference, one, LONG);
    if (i % 100 === 99) say(`${i + 1} of ${questions} questions`);
  }
  return {
    first: { seconds: first.seconds, processor: first.processor },
    gigabytes: exact ? first.gigabytes : peakMemory() / 1e9,
    load: loadavg()[0]!,
    questions,
    long: long.figures,
    short: short.figures,
    ...(reference && { exact: without.figures, loss: lossOf(long.ndcg, without.ndcg, seed) }),
  };
}

/** The same trained `hybrid` without bounds; unchanged for a library that has none. */
const exactly = (saved: Artifact, train: Dataset): Fitted =>
  modelById('hybrid').load({ ...saved, meta: { ...saved.meta, bounds: saveBounds(UNBOUNDED) } }, train);

export const isBounded = (playlists: number): boolean => boundsFor(playlists).leastHeld > 0;
export const isTrained = (library: string, model: string): boolean => existsSync(modelPath(library, model));

/** The steps by name; arguments are strings, as they come from a command line. */
const STEPS = {
  import: (library: string, playlists: string, tracks: string) =>
    importStep(library, Number(playlists), Number(tracks)),
  train: (library: string, model: string, seed: string) => trainStep(library, model, Number(seed)),
  answer: (library: string, model: string, seed: string, questions: string, exact: string) =>
    answerStep(library, model, Number(seed), Number(questions), exact === 'exact'),
};
type Steps = typeof STEPS;

/** Runs a step in a separate process, to measure its memory separately; its progress goes to standard error. @throws Error when it fails */
export async function runStep<K extends keyof Steps>(
  step: K,
  ...args: Parameters<Steps[K]>
): Promise<Awaited<ReturnType<Steps[K]>>> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), step, ...args], {
    // Answers are measured on one thread, as a server computes each.
    env: step === 'answer' ? { ...process.env, SEGUE_THREADS: '1' } : process.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The step ${step} ${args.join(' ')} ended with exit code ${code}`);
  return JSON.parse(Buffer.concat(pieces).toString('utf8')) as Awaited<ReturnType<Steps[K]>>;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [step, ...args] = process.argv.slice(2);
  await mkdir(dirname(args[0]!), { recursive: true });
  const run = STEPS[step as keyof Steps] as (...args: string[]) => Promise<unknown>;
  console.log(JSON.stringify(await run(...args)));
}
