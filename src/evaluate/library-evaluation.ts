import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Compile } from '#typebox/compile';
import type { Dataset } from '../dataset/dataset.ts';
import { SegueError } from '../errors.ts';
import { writeFileWhole } from '../library/files.ts';
import { readSettings, type SettingsFile } from '../library/settings.ts';
import { Rng } from '../math/rng.ts';
import { presentSettings } from '../models/grown-catalogue.ts';
import type { Model } from '../models/model.ts';
import { MODELS, modelById } from '../models/registry.ts';
import { type EvaluationProgress, evaluate } from './evaluate.ts';
import { resolveOptions } from './options.ts';
import type { Protocol } from './protocol.ts';
import { protocolById } from './registry.ts';
import { type EvaluationReport, evaluationReportSchema } from './report/report-data.ts';
import type { Candidate } from './run/execution.ts';

/** An evaluation of a library; every field may be omitted. */
export interface LibraryEvaluation {
  /** Model ids; by default those that are on by default and usable. */
  readonly models?: readonly string[];
  /** Protocol id. By default `ratings` for models that predict ratings, otherwise `challenge` where the data allows it, otherwise `kfold`. */
  readonly protocol?: string;
  /** Settings of the protocol; texts are converted. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Settings by model, overriding tuned ones and defaults. */
  readonly set?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly seed?: number;
  readonly cutoffs?: readonly number[];
  readonly threads?: number;
  /** Maximum tracks per artist in a list; see `EvaluateRequest`. */
  readonly perArtist?: number | 'auto';
  readonly examples?: number;
  /** False ignores tuned settings. Default true. */
  readonly tuned?: boolean;
  /** False recomputes everything. Default true. */
  readonly resume?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EvaluationProgress) => void;
}

const folderOf = (library: string): string => join(library, 'evaluations');

/**
 * Evaluates models on a library's dataset and saves the report as the library's latest.
 * @param library the library's folder, which stores answers, settings and reports
 * @throws SegueError UNKNOWN_MODEL, USAGE, OUT_OF_RANGE, SPLIT_IMPOSSIBLE, CANCELLED
 */
export async function evaluateLibrary(
  library: string,
  dataset: Dataset,
  request: LibraryEvaluation = {},
): Promise<EvaluationReport> {
  const seed = request.seed ?? 1;
  const { protocol, options } = chooseProtocol(dataset, protocolFor(request), request.options ?? {});
  const settings = request.tuned === false ? {} : await readSettings(library);
  const report = await evaluate({
    dataset,
    protocol,
    options,
    seed,
    candidates: candidatesFor(dataset, protocol, request.models, settings, request.set ?? {}),
    cutoffs: request.cutoffs,
    threads: request.threads,
    perArtist: request.perArtist,
    examples: request.examples,
    cacheDir: request.resume === false ? null : join(folderOf(library), 'answers'),
    signal: request.signal,
    onProgress: request.onProgress,
  });
  await saveReport(library, report);
  return report;
}

/** The requested protocol, or `ratings` for models that predict ratings. Undefined leaves the choice to the data. */
function protocolFor({ protocol, models }: LibraryEvaluation): string | undefined {
  const rating = models && models.length > 0 && models.every((id) => modelById(id).predicts === 'ratings');
  return protocol ?? (rating ? 'ratings' : undefined);
}

/** The requested protocol, or the first of challenge and kfold that suits the data, with complete options. */
function chooseProtocol(
  dataset: Dataset,
  id: string | undefined,
  given: Readonly<Record<string, unknown>>,
): { protocol: Protocol; options: Record<string, unknown> } {
  const complete = (protocol: Protocol) => ({
    protocol,
    options: resolveOptions(protocol.options, given, `protocol "${protocol.id}"`),
  });
  if (id !== undefined) return complete(protocolById(id));
  try {
    const challenge = complete(protocolById('challenge'));
    for (const _ of challenge.protocol.folds(dataset, challenge.options, new Rng(0))) return challenge;
  } catch (error) {
    // Options known only to kfold also lead here, as do too few or untitled playlists.
    if (!(error instanceof SegueError)) throw error;
  }
  return complete(protocolById('kfold'));
}

/**
 * The requested models, slowest first so that threads finish together.
 * @throws SegueError UNKNOWN_MODEL; MODEL_UNUSABLE when no model fits the data
 */
export function candidatesFor(
  dataset: Dataset,
  protocol: Protocol,
  ids: readonly string[] | undefined,
  settings: SettingsFile,
  set: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Candidate[] {
  for (const id of Object.keys(set)) modelById(id);
  const inTask = MODELS.filter((model) =>
    protocol.task === 'ratings' ? model.predicts === 'ratings' : model.byDefault && model.predicts !== 'ratings',
  );
  const models = ids ? [...new Set(ids)].map(modelById) : inTask.filter((model) => !model.unusable?.(dataset));
  if (models.length === 0)
    throw new SegueError('MODEL_UNUSABLE', {
      got: `No model can be evaluated with the protocol ${protocol.id} on this data: ${inTask[0]?.unusable?.(dataset)}`,
      remedy: 'Choose models with --models, or another protocol',
    });
  for (const model of models)
    if (protocol.task === 'ratings' && model.predicts !== 'ratings')
      throw new SegueError('MODEL_UNUSABLE', {
        got: `The model "${model.id}" ranks tracks but does not predict ratings`,
        expected: `one of ${MODELS.filter((m) => m.predicts === 'ratings')
          .map((m) => m.id)
          .join(', ')}`,
      });
  const weight = (model: Model): number => (model.family === 'hybrid' ? 0 : 1);
  return [...models]
    .sort((a, b) => weight(a) - weight(b))
    .map((model) => ({
      name: model.id,
      model,
      config: resolveOptions(
        model.config,
        { ...presentSettings(model, settings[model.id]?.config ?? {}), ...set[model.id] },
        `model "${model.id}"`,
      ),
    }));
}

/** Saves a report as the library's latest, atomically. */
export async function saveReport(library: string, report: EvaluationReport): Promise<void> {
  await writeFileWhole(latestOf(library), JSON.stringify(report));
}

/** The report of the last evaluation in a library's folder; null when there is none, or it is of another version. */
export async function readLatestReport(library: string): Promise<EvaluationReport | null> {
  try {
    const report: unknown = JSON.parse(await readFile(latestOf(library), 'utf8'));
    // Compiling takes 8 ms, a tenth of the time of checking one report with the uncompiled schema.
    return Compile(evaluationReportSchema).Check(report) ? report : null;
  } catch {
    return null;
  }
}

/** As `readLatestReport`, for frequent calls: a report is read and checked once, and again when the file has been replaced. */
export function latestReportReader(library: string): () => Promise<EvaluationReport | null> {
  let known: { mark: string; report: Promise<EvaluationReport | null> } | null = null;
  return async () => {
    const file = await stat(latestOf(library), { bigint: true }).catch(() => null);
    const mark = file ? `${file.ino} ${file.size} ${file.mtimeNs}` : '';
    if (known?.mark !== mark) known = { mark, report: readLatestReport(library) };
    return known.report;
  };
}

const latestOf = (library: string): string => join(folderOf(library), 'latest.json');
