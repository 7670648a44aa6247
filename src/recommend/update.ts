import type { Dataset } from '../dataset/dataset.ts';
import type { LibraryApi } from '../dataset/library-types.ts';
import { SegueError, throwIfCancelled } from '../errors.ts';
import { Rng } from '../math/rng.ts';
import { type Artifact, decodeArtifact, encodeArtifact } from '../models/artifact.ts';
import type { Model } from '../models/model.ts';
import { MODELS } from '../models/registry.ts';
import { DEFAULT_SEED } from './train.ts';

/** Whether the saved model still answers on this dataset, be it from what it learned before. */
function fits(model: Model, artifact: Artifact, dataset: Dataset): boolean {
  try {
    model.load(artifact, dataset);
    return true;
  } catch (error) {
    if (error instanceof SegueError) return false;
    throw error;
  }
}

export interface UpdateResult {
  /** Models that now stand exactly as if they had been trained on the library as it is. */
  exact: { id: string; seconds: number }[];
  /** Models that only training brings up to date; `answers` = they still answer, from what they learned before. */
  needTraining: { id: string; answers: boolean }[];
}

/**
 * Takes new playlists into the saved models where that is exact without training: models that read the library's playlists as they are, and models
 * that only count. Settings stay as they were saved. A stop keeps what was finished.
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
    const artifact: Artifact = decodeArtifact(bytes, `The file of the model "${model.id}"`);
    if (!model.updates) {
      result.needTraining.push({ id: model.id, answers: fits(model, artifact, dataset) });
      continue;
    }
    const start = performance.now();
    if (model.updates === 'count' || artifact.catalogueId !== dataset.catalogueId) {
      const fitted = await model.fit(dataset, artifact.config, {
        rng: new Rng(DEFAULT_SEED).fork(model.id),
        signal: options.signal,
      });
      throwIfCancelled(options.signal, 'The update');
      await library.saveModel(model.id, encodeArtifact(fitted.toArtifact()));
    }
    result.exact.push({ id: model.id, seconds: (performance.now() - start) / 1000 });
  }
  return result;
}
