import { Value } from 'typebox/value';
import type { Dataset } from '../../dataset/dataset.ts';
import { als } from '../als/als.ts';
import type { FittedAls } from '../als/fitted.ts';
import type { Artifact } from '../artifact.ts';
import { resumable, type Stage } from '../checkpoints.ts';
import type { FitContext, Fitted, Model } from '../model.ts';
import { type FittedSpectral, spectral } from '../spectral/spectral.ts';

/** Models that are trained on the owners and see each query as a whole, by the name of the hybrid's retriever. */
const MODELS = { spectral, als } as const;
export type BaseModel = keyof typeof MODELS;
export const BASE_MODELS = Object.keys(MODELS) as readonly BaseModel[];
export interface BaseModels {
  readonly spectral: FittedSpectral;
  readonly als: FittedAls;
}

/** Trains every base model on the given owners, with its default settings. @throws SegueError CANCELLED */
export async function fitBaseModels(dataset: Dataset, { rng, signal, onProgress }: FitContext): Promise<BaseModels> {
  const fitted: [BaseModel, Fitted][] = [];
  for (const [i, base] of BASE_MODELS.entries()) {
    const model: Model = MODELS[base];
    const settings = Value.Default(model.config, {}) as Parameters<typeof model.fit>[1];
    const context: FitContext = {
      rng: rng.fork(base),
      signal,
      onProgress: ({ fraction }) =>
        onProgress?.({ fraction: (i + fraction) / BASE_MODELS.length, note: `training the base model ${base}` }),
    };
    fitted.push([base, await model.fit(dataset, settings, context)]);
  }
  return Object.fromEntries(fitted) as Record<BaseModel, Fitted> as BaseModels;
}

export function disposeBaseModels(baseModels: BaseModels): void {
  for (const base of BASE_MODELS) baseModels[base].dispose?.();
}

/** What of a base model's artifact stands in the header; its arrays stand in the hybrid's under `<base model>.<name>`. */
type BaseModelHeader = Pick<Artifact, 'modelVersion' | 'config' | 'meta'>;

/** The base models as they stand in the hybrid's artifact. */
export interface SavedBaseModels {
  readonly headers: Readonly<Record<BaseModel, BaseModelHeader>>;
  readonly arrays: Artifact['arrays'];
}

export function saveBaseModels(baseModels: BaseModels): SavedBaseModels {
  const headers: [BaseModel, BaseModelHeader][] = [];
  const arrays: [string, Artifact['arrays'][string]][] = [];
  for (const base of BASE_MODELS) {
    const { modelVersion, config, meta, arrays: own } = baseModels[base].toArtifact();
    headers.push([base, { modelVersion, config, meta }]);
    for (const [name, array] of Object.entries(own)) arrays.push([`${base}.${name}`, array]);
  }
  return {
    headers: Object.fromEntries(headers) as Record<BaseModel, BaseModelHeader>,
    arrays: Object.fromEntries(arrays),
  };
}

/** Base models as a checkpoint. */
export const baseModelsStage = {
  save: ({ headers, arrays }: SavedBaseModels): Stage => ({ meta: { headers }, arrays }),
  load: ({ meta, arrays }: Stage): SavedBaseModels => ({
    headers: meta.headers as SavedBaseModels['headers'],
    arrays,
  }),
};

/** The base models, from the checkpoint of their stage when it was finished. @throws SegueError CANCELLED */
export const resumeBaseModels = (dataset: Dataset, stage: string, context: FitContext): Promise<BaseModels> =>
  resumable(
    context.checkpoints,
    stage,
    {
      save: (baseModels) => baseModelsStage.save(saveBaseModels(baseModels)),
      load: (saved) => loadBaseModels(baseModelsStage.load(saved), dataset),
    },
    () => fitBaseModels(dataset, context),
  );

/** @param saved its arrays may hold others besides @throws SegueError MODEL_MISMATCH, FILE_UNREADABLE */
export function loadBaseModels({ headers, arrays }: SavedBaseModels, dataset: Dataset): BaseModels {
  const load = (base: BaseModel): Fitted => {
    const prefix = `${base}.`;
    const own = Object.entries(arrays).filter(([name]) => name.startsWith(prefix));
    const artifact: Artifact = {
      ...headers[base],
      modelId: MODELS[base].id,
      catalogueId: dataset.catalogueId,
      arrays: Object.fromEntries(own.map(([name, array]) => [name.slice(prefix.length), array])),
    };
    return MODELS[base].load(artifact, dataset);
  };
  return Object.fromEntries(BASE_MODELS.map((base) => [base, load(base)])) as Record<BaseModel, Fitted> as BaseModels;
}
