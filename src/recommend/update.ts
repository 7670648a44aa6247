import { SegueError, throwIfCancelled } from '../errors.ts';
import type { LibraryApi } from '../library/library-types.ts';
import { Rng } from '../math/rng.ts';
import { decodeArtifact, encodeArtifact } from '../models/artifact.ts';
import { loadModel } from '../models/grown-catalogue.ts';
import { MODELS } from '../models/registry.ts';
import { DEFAULT_SEED } from './train.ts';

export interface UpdateResult {
  /** Models that are now identical to ones trained on the present library. */
  exact: { id: string; seconds: number }[];
  /** Models that need training; `problem` = why they cannot answer until then, null when they answer from earlier training. */
  needTraining: { id: string; problem: SegueError | null }[];
}

/**
 * Takes new playlists into the saved models where this is exact without training: models that read the library's playlists directly, and models that
 * only count. Saved settings are kept. A stop keeps what was finished.
 */
export async function update(
  library: Pick<LibraryApi, 'dataset' | 'saveModel' | 'loadModel' | 'listModels'>,
  options: { signal?: AbortSignal; onProgress?: (fraction: number, id: string) => void } = {},
): Promise<UpdateResult> {
  const dataset = await library.dataset();
  const result: UpdateResult = { exact: [], needTraining: [] };
  const saved = await library.listModels();
  const models = MODELS.filter((m) => saved.some((file) => file.id === m.id));
  for (const [i, model] of models.entries()) {
    throwIfCancelled(options.signal, 'The update');
    options.onProgress?.(i / models.length, model.id);
    const bytes = await library.loadModel(model.id);
    if (!bytes) continue;
    const start = performance.now();
    const problem = await orProblem(async () => {
      const artifact = decodeArtifact(bytes, `The file of the model "${model.id}"`);
      if (!model.updates) return void loadModel(model, artifact, dataset).dispose?.();
      if (model.updates === 'live' && artifact.catalogueId === dataset.catalogueId) return;
      const fitted = await model.fit(dataset, artifact.config, {
        rng: new Rng(DEFAULT_SEED).fork(model.id),
        signal: options.signal,
      });
      throwIfCancelled(options.signal, 'The update');
      const saved = encodeArtifact(fitted.toArtifact());
      fitted.dispose?.();
      await library.saveModel(model.id, saved);
    });
    if (model.updates && !problem) result.exact.push({ id: model.id, seconds: (performance.now() - start) / 1000 });
    else result.needTraining.push({ id: model.id, problem });
  }
  return result;
}

/** Returns the error that affects only this model; a stop is rethrown and ends the whole update. */
async function orProblem(work: () => Promise<void>): Promise<SegueError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof SegueError && error.code !== 'CANCELLED') return error;
    throw error;
  }
}
