import { Value } from 'typebox/value';
import type { Dataset } from '../../dataset/dataset.ts';
import { als } from '../als/als.ts';
import type { Artifact } from '../artifact.ts';
import type { FitContext, Fitted, Model } from '../model.ts';
import { spectral } from '../spectral/spectral.ts';

/** Models that are trained on the owners and see each query as a whole, by the name of the hybrid's part. */
const MODELS = { spectral, als } as const;
export type View = keyof typeof MODELS;
export const VIEWS = Object.keys(MODELS) as readonly View[];
export type Views = Readonly<Record<View, Fitted>>;

/** Trains every view on the given owners, with its default settings. @throws SegueError CANCELLED */
export async function fitViews(dataset: Dataset, context: FitContext): Promise<Views> {
  const fitted: [View, Fitted][] = [];
  for (const view of VIEWS) {
    const model: Model = MODELS[view];
    const settings = Value.Default(model.config, {}) as Parameters<typeof model.fit>[1];
    fitted.push([view, await model.fit(dataset, settings, { rng: context.rng.fork(view), signal: context.signal })]);
  }
  return Object.fromEntries(fitted) as Views;
}

/** What of a view's artifact stands in the header; its arrays stand in the hybrid's under `<view>.<name>`. */
type SavedView = Pick<Artifact, 'modelVersion' | 'config' | 'meta'>;

export function saveViews(views: Views): { meta: Record<View, SavedView>; arrays: Artifact['arrays'] } {
  const meta: [View, SavedView][] = [];
  const arrays: [string, Artifact['arrays'][string]][] = [];
  for (const view of VIEWS) {
    const saved = views[view].toArtifact();
    meta.push([view, { modelVersion: saved.modelVersion, config: saved.config, meta: saved.meta }]);
    for (const [name, array] of Object.entries(saved.arrays)) arrays.push([`${view}.${name}`, array]);
  }
  return { meta: Object.fromEntries(meta) as Record<View, SavedView>, arrays: Object.fromEntries(arrays) };
}

/** @throws SegueError MODEL_MISMATCH, FILE_UNREADABLE */
export function loadViews(artifact: Artifact, dataset: Dataset): Views {
  const saved = artifact.meta.views as Record<View, SavedView>;
  const load = (view: View): Fitted => {
    const prefix = `${view}.`;
    const own = Object.entries(artifact.arrays).filter(([name]) => name.startsWith(prefix));
    const arrays = Object.fromEntries(own.map(([name, array]) => [name.slice(prefix.length), array]));
    return MODELS[view].load(
      { ...saved[view], modelId: MODELS[view].id, catalogueId: artifact.catalogueId, arrays },
      dataset,
    );
  };
  return Object.fromEntries(VIEWS.map((view) => [view, load(view)])) as Views;
}
