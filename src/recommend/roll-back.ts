import { SegueError } from '../errors.ts';
import type { Library } from '../library/library.ts';
import { modelById } from '../models/registry.ts';
import { ModelStore } from './model-store.ts';

/**
 * Puts the version of a model that was replaced last in the place of the current one, and keeps the current one in its place: once more brings it back.
 * Processes that serve the library take it up as they do a training. The version is loaded before, so that none which cannot answer takes over.
 * @throws SegueError UNKNOWN_MODEL, NOT_FOUND without a previous version, MODEL_MISMATCH when it does not fit the library any more
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
