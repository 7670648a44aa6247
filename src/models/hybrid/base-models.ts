import { Value } from 'typebox/value';
import type { Dataset } from '../../dataset/dataset.ts';
import { als } from '../als/als.ts';
import type { FittedAls } from '../als/fitted.ts';
import type { Artifact } from '../artifact.ts';
import type { FitContext, Fitted, Model } from '../model.ts';
import { type FittedSpectral, spectral } from '../spectral/spectral.ts';

/** Models that are trained on the owners and see each query as a whole, by the name of the hybrid's part. */
const MODELS = { spectral, als } as const;
export type View = keyof typeof MODELS;
export const VIEWS = Object.keys(MODELS) as readonly View[];
export interface Views {
  readonly spectral: FittedSpectral;
  readonly als: FittedAls;
}

/** Trains every view on the given owners, with its default settings. @throws SegueError CANCELLED */
export async function fitViews(dataset: Dataset, { rng, signal, onProgress }: FitContext): Promise<Views> {
  const fitted: [View, Fitted][] = [];
  for (const [i, view] of VIEWS.entries()) {
    const model: Model = MODELS[view];
    const settings = Value.Default(model.config, {}) as Parameters<typeof model.fit>[1];
    const context: FitContext = {
      rng: rng.fork(view),
      signal,
      onProgress: ({ fraction }) =>
        onProgress?.({ fraction: (i + fraction) / VIEWS.length, note: `training the base model ${view}` }),
    };
    fitted.push([view, await model.fit(dataset, settings, context)]);
  }
  return Object.fromEntries(fitted) as Record<View, Fitted> as Views;
}

export function disposeViews(views: Views): void {
  for (const view of VIEWS) views[view].dispose?.();
}

/** What of a view's artifact stands in the header; its arrays stand in the hybrid's under `<view>.<name>`. */
type ViewHeader = Pick<Artifact, 'modelVersion' | 'config' | 'meta'>;

/** The views as they stand in the hybrid's artifact. */
export interface SavedViews {
  readonly headers: Readonly<Record<View, ViewHeader>>;
  readonly arrays: Artifact['arrays'];
}

export function saveViews(views: Views): SavedViews {
  const headers: [View, ViewHeader][] = [];
  const arrays: [string, Artifact['arrays'][string]][] = [];
  for (const view of VIEWS) {
    const { modelVersion, config, meta, arrays: own } = views[view].toArtifact();
    headers.push([view, { modelVersion, config, meta }]);
    for (const [name, array] of Object.entries(own)) arrays.push([`${view}.${name}`, array]);
  }
  return { headers: Object.fromEntries(headers) as Record<View, ViewHeader>, arrays: Object.fromEntries(arrays) };
}

/** @param saved its arrays may hold others besides @throws SegueError MODEL_MISMATCH, FILE_UNREADABLE */
export function loadViews({ headers, arrays }: SavedViews, dataset: Dataset): Views {
  const load = (view: View): Fitted => {
    const prefix = `${view}.`;
    const own = Object.entries(arrays).filter(([name]) => name.startsWith(prefix));
    const artifact: Artifact = {
      ...headers[view],
      modelId: MODELS[view].id,
      catalogueId: dataset.catalogueId,
      arrays: Object.fromEntries(own.map(([name, array]) => [name.slice(prefix.length), array])),
    };
    return MODELS[view].load(artifact, dataset);
  };
  return Object.fromEntries(VIEWS.map((view) => [view, load(view)])) as Record<View, Fitted> as Views;
}
