import { Value } from '#typebox/value';
import type { Dataset } from '../../dataset/dataset.ts';
import type { AudioStatistics } from '../../features/standardise.ts';
import type { Int8Rows } from '../../math/kernels/int8-index.ts';
import { als } from '../als/als.ts';
import type { FittedAls } from '../als/fitted.ts';
import { type Artifact, arrayOf } from '../artifact.ts';
import { resumable, type Stage } from '../checkpoints.ts';
import type { Derived } from '../derived.ts';
import type { FitContext, Fitted, Model } from '../model.ts';
import { step } from '../progress.ts';
import { type FittedSpectral, spectral } from '../spectral/spectral.ts';
import { type Attributes, OWN } from './content-inputs.ts';
import { learnContentMap } from './content-map.ts';
import { learnTitleMaps, loadTitleMaps, saveTitleMaps, type TitleMaps } from './title-maps.ts';

/** Models that are trained on the owners and see each query as a whole, by the name of their retriever in the hybrid. */
const MODELS = { spectral, als } as const;
export type BaseModel = keyof typeof MODELS;
type Trained = Pick<BaseModels, BaseModel>;
export const BASE_MODELS = Object.keys(MODELS) as readonly BaseModel[];
export interface BaseModels {
  readonly spectral: FittedSpectral;
  readonly als: FittedAls;
  /**
   * Maps known attributes of a song to a vector of `als`, for songs that nobody holds (see `learnContentMap`); null where these are not candidates.
   */
  readonly contentMap: Float32Array | null;
  /** null where no owner has a title, and in models saved before titles were scored as points. */
  readonly titleMaps: TitleMaps | null;
  /** The mapped vectors of the cold groups, where the model saved them; see `ColdScores`. */
  readonly coldRows?: Int8Rows | null;
  /** The content model's statistics of the catalogue's sound at training: measuring two million songs again takes a second. */
  readonly sound?: AudioStatistics;
}

/**
 * Trains every base model on the given owners with its default settings; with checkpoints, loads the finished ones of `stage`.
 * @param cold attributes of songs, where those that nobody holds are to be candidates
 * @throws SegueError CANCELLED
 */
export async function fitBaseModels(
  dataset: Dataset,
  { rng, signal, onProgress, checkpoints }: FitContext,
  cold: Attributes | null,
  stage = '',
): Promise<BaseModels> {
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
    const form = {
      save(one: Fitted): Stage {
        const { header, arrays } = partsOf(one);
        return { meta: { header }, arrays };
      },
      load: ({ meta, arrays }: Stage) => loadBaseModel(base, meta.header as BaseModelHeader, arrays, dataset),
    };
    fitted.push([
      base,
      await resumable(checkpoints, `${stage} ${base}`, form, () => model.fit(dataset, settings, context)),
    ]);
  }
  const models = Object.fromEntries(fitted) as Record<BaseModel, Fitted> as Trained;
  const contentMap = cold && learnContentMap(dataset, cold, models.als, rng.fork('content map'));
  const titleMaps = await learnTitleMaps(dataset, models, () =>
    step({ rng, signal, onProgress }, 'hybrid', 1, 'learning what titles say'),
  );
  return { ...models, contentMap, titleMaps };
}

export function disposeBaseModels(baseModels: BaseModels): void {
  for (const base of BASE_MODELS) baseModels[base].dispose?.();
}

/** The part of a base model's artifact that is kept in the header; its arrays are saved among the hybrid's as `<base model>.<name>`. */
type BaseModelHeader = Pick<Artifact, 'modelVersion' | 'config' | 'meta'>;

const CONTENT_MAP = 'content.map';

/** The base models as saved in the hybrid's artifact. */
export interface SavedBaseModels {
  readonly headers: Readonly<Record<BaseModel, BaseModelHeader>>;
  readonly arrays: Artifact['arrays'];
}

export function saveBaseModels(baseModels: BaseModels): SavedBaseModels {
  const headers: [BaseModel, BaseModelHeader][] = [];
  const arrays: [string, Artifact['arrays'][string]][] = [];
  for (const base of BASE_MODELS) {
    const { header, arrays: own } = partsOf(baseModels[base]);
    headers.push([base, header]);
    for (const [name, array] of Object.entries(own)) arrays.push([`${base}.${name}`, array]);
  }
  if (baseModels.contentMap) arrays.push([CONTENT_MAP, baseModels.contentMap]);
  arrays.push(...Object.entries(saveTitleMaps(baseModels.titleMaps)));
  return {
    headers: Object.fromEntries(headers) as Record<BaseModel, BaseModelHeader>,
    arrays: Object.fromEntries(arrays),
  };
}

/** Converts base models to and from a checkpoint. */
export const baseModelsStage = {
  save: ({ headers, arrays }: SavedBaseModels): Stage => ({ meta: { headers }, arrays }),
  load: ({ meta, arrays }: Stage): SavedBaseModels => ({
    headers: meta.headers as SavedBaseModels['headers'],
    arrays,
  }),
};

/**
 * @param saved may contain other arrays as well @param derived what other threads may have derived from the same data @throws SegueError
 * MODEL_MISMATCH, FILE_UNREADABLE
 */
export function loadBaseModels({ headers, arrays }: SavedBaseModels, dataset: Dataset, derived?: Derived): BaseModels {
  const load = (base: BaseModel): Fitted => {
    const prefix = `${base}.`;
    const own = Object.entries(arrays).filter(([name]) => name.startsWith(prefix));
    const named = Object.fromEntries(own.map(([name, array]) => [name.slice(prefix.length), array]));
    return loadBaseModel(base, headers[base], named, dataset, derived);
  };
  const models = Object.fromEntries(BASE_MODELS.map((base) => [base, load(base)])) as Record<BaseModel, Fitted>;
  const trained = models as Trained;
  const d = trained.als.dimension;
  const contentMap =
    arrays[CONTENT_MAP] === undefined
      ? null
      : arrayOf({ modelId: 'hybrid', arrays }, CONTENT_MAP, 'Float32Array', (2 * d + OWN) * d);
  return { ...trained, contentMap, titleMaps: loadTitleMaps(arrays, trained) };
}

const loadBaseModel = (
  base: BaseModel,
  header: BaseModelHeader,
  arrays: Artifact['arrays'],
  dataset: Dataset,
  derived?: Derived,
): Fitted => {
  const model: Model = MODELS[base];
  return model.load({ ...header, modelId: model.id, catalogueId: dataset.catalogueId, arrays }, dataset, derived);
};

function partsOf(fitted: Fitted): { header: BaseModelHeader; arrays: Artifact['arrays'] } {
  const { modelVersion, config, meta, arrays } = fitted.toArtifact();
  return { header: { modelVersion, config, meta }, arrays };
}
