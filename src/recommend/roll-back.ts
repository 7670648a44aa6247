import { SegueError } from '../errors.ts';
import type { Library } from '../library/library.ts';
import { modelById } from '../models/registry.ts';
import { ModelStore } from './model-store.ts';

/**
 * Swaps a model with its previously replaced version; a second call swaps them back. Processes that serve the library pick it up as they do a
 * training. The version is loaded first, so that one that cannot answer never takes over.
 * @throws SegueError UNKNOWN_MODEL, NOT_FOUND without a previous version, MODEL_MISMATCH when it no longer fits the library
 */
export async function rollBackModel(library: Library, id: string): Promise<void> {
  modelById(id);
  const bytes = await library.loadPreviousModel(id);
  if (bytes === null || (await library.loadModel(id)) === null)
    throw new SegueError('NOT_FOUND', {
      got: `There is no earlier version of the model "${id}"`,
      expected: 'a model trained at least twice since data was last forgotten or compacted',
      remedy: `Train it again: segue train ${id}`,
    });
  const saved = { id, bytes: bytes.byteLength, savedAt: 0 };
  const trial = new ModelStore({ loadModel: async () => bytes }, await library.dataset(), [saved]);
  try {
    await trial.get(id);
    const refusal = trial.refusal(id);
    if (refusal) throw refusal;
  } finally {
    trial.dispose();
  }
  await library.rollBackModel(id);
}
