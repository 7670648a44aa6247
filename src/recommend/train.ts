import type { TObject } from '#typebox';
import Value from '#typebox/value';
import type { Dataset } from '../dataset/dataset.ts';
import { fingerprint } from '../dataset/shared-dataset.ts';
import { SegueError, throwIfCancelled } from '../errors.ts';
import type { LibraryApi } from '../library/library-types.ts';
import type { SettingsFile } from '../library/settings.ts';
import type { Progress } from '../math/progress.ts';
import { Rng } from '../math/rng.ts';
import { encodeArtifact } from '../models/artifact.ts';
import { presentSettings } from '../models/grown-catalogue.ts';
import type { Model } from '../models/model.ts';
import { MODELS, modelById } from '../models/registry.ts';
import { firstProblem } from './check.ts';

export interface TrainOptions {
  /** Model ids; when omitted or empty, every model that is on by default and usable. */
  readonly models?: readonly string[];
  /** Seed of all randomness; each model uses its own fork, so adding a model changes no other. Default 1. */
  readonly seed?: number;
  /** Settings by model, overriding the defaults. */
  readonly set?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Settings found by tuning, overridden by `set`; settings that a model no longer has are ignored. */
  readonly tuned?: SettingsFile;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainProgress) => void;
}

/** `fraction` refers to this model. */
export interface TrainProgress extends Progress {
  model: string;
  /** Position of the model, from 1, and the number of models. */
  number: number;
  of: number;
  /** Fraction of the whole, 0–1. */
  overall: number;
}

export interface TrainResult {
  trained: { id: string; seconds: number; bytes: number }[];
  /** Models not requested by name that cannot be trained on this data, with the reason. */
  skipped: { id: string; reason: string }[];
}

export const DEFAULT_SEED = 1;

/** Relative training time of each family, to weight the progress. */
const EFFORT: Readonly<Record<Model['family'], number>> = { baseline: 0.1, content: 1, collaborative: 2, hybrid: 8 };

/** A model's default settings with changes applied. @throws SegueError USAGE, OUT_OF_RANGE */
export function configOf(model: Model, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const known = Object.keys(model.config.properties);
  for (const name of Object.keys(changes))
    if (!known.includes(name))
      throw new SegueError('USAGE', {
        got: `The model "${model.id}" has no setting "${name.slice(0, 100)}"`,
        expected: known.length > 0 ? `one of ${known.join(', ')}` : 'no settings',
      });
  const config = { ...(Value.Create(model.config) as Record<string, unknown>), ...changes };
  const problem = firstProblem(model.config as TObject, config, model.id);
  if (problem) throw problem;
  return config;
}

/** The models to train: those named, else every usable one that is on by default. @throws SegueError UNKNOWN_MODEL, MODEL_UNUSABLE */
export function modelsToTrain(
  dataset: Dataset,
  ids: readonly string[] | undefined,
): { models: Model[]; skipped: TrainResult['skipped'] } {
  if (ids && ids.length > 0) {
    const models = [...new Set(ids)].map(modelById);
    for (const model of models) {
      const reason = model.unusable?.(dataset);
      if (reason)
        throw new SegueError('MODEL_UNUSABLE', {
          got: `The model "${model.id}" cannot be trained on this library: ${reason}`,
          expected: 'a model suited to the data',
          remedy: 'Import the missing data, or leave this model out',
        });
    }
    return { models, skipped: [] };
  }
  const models: Model[] = [];
  const skipped: TrainResult['skipped'] = [];
  for (const model of MODELS) {
    if (!model.byDefault) continue;
    const reason = model.unusable?.(dataset);
    if (reason) skipped.push({ id: model.id, reason });
    else models.push(model);
  }
  // Fast models first, so that something better than popularity is available soon.
  return { models: models.sort((a, b) => EFFORT[a.family] - EFFORT[b.family]), skipped };
}

/** A key of everything that a trained model depends on. */
const trainingKey = (model: Model, dataset: Dataset, config: Record<string, unknown>, seed: number): string =>
  JSON.stringify([model.id, model.resumable, fingerprint(dataset), config, seed]);

/**
 * Trains models one after another and saves each as soon as it is done: a stop keeps finished models and nothing partial. The finished stages of a
 * `resumable` model are kept until it is done, and reused by the next training with the same data, settings and seed.
 * @throws SegueError of the models, CANCELLED
 */
export async function train(
  library: Pick<LibraryApi, 'dataset' | 'saveModel'> & Partial<Pick<LibraryApi, 'checkpoints'>>,
  options: TrainOptions = {},
): Promise<TrainResult> {
  const dataset = await library.dataset();
  const { models, skipped } = modelsToTrain(dataset, options.models);
  for (const id of Object.keys(options.set ?? {}))
    if (!models.some((m) => m.id === id))
      throw new SegueError('USAGE', {
        got: `A setting is given for "${id.slice(0, 100)}", which is not being trained`,
        expected: `one of ${models.map((m) => m.id).join(', ')}`,
      });
  const tuned = options.tuned ?? {};
  const configs = models.map((model) =>
    configOf(model, { ...presentSettings(model, tuned[model.id]?.config ?? {}), ...options.set?.[model.id] }),
  );
  const rng = new Rng(options.seed ?? DEFAULT_SEED);
  const effort = models.reduce((sum, m) => sum + EFFORT[m.family], 0);
  const trained: TrainResult['trained'] = [];
  let before = 0;
  for (const [i, model] of models.entries()) {
    throwIfCancelled(options.signal, 'Training');
    const start = performance.now();
    const report = (fraction: number, note: string): void =>
      options.onProgress?.({
        model: model.id,
        number: i + 1,
        of: models.length,
        fraction,
        overall: (before + EFFORT[model.family] * Math.min(1, fraction)) / effort,
        note,
      });
    report(0, 'starting');
    const own = rng.fork(model.id);
    const checkpoints =
      model.resumable === undefined
        ? undefined
        : await library.checkpoints?.(model.id, trainingKey(model, dataset, configs[i]!, own.seed));
    const fitted = await model.fit(dataset, configs[i]!, {
      rng: own,
      checkpoints,
      signal: options.signal,
      onProgress: ({ fraction, note }) => report(fraction, note),
    });
    throwIfCancelled(options.signal, 'Training');
    report(1, 'saving');
    const bytes = encodeArtifact(fitted.toArtifact());
    fitted.dispose?.();
    await library.saveModel(model.id, bytes);
    await checkpoints?.remove();
    before += EFFORT[model.family];
    trained.push({ id: model.id, seconds: (performance.now() - start) / 1000, bytes: bytes.length });
  }
  return { trained, skipped };
}
