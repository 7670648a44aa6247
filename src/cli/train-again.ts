import type { Library } from '../library/library.ts';
import { readSettings } from '../library/settings.ts';
import { train } from '../recommend/train.ts';
import { update } from '../recommend/update.ts';
import { cancellable } from './context.ts';
import type { Progress } from './progress.ts';

/**
 * Follows up on a renumbering of the songs: updates the models that only count or read, and either trains the others or lists those that no longer
 * answer.
 * @param wanted whether to train them
 */
export async function trainAgain(library: Library, progress: Progress, wanted: boolean): Promise<void> {
  const { exact, needTraining } = await cancellable((signal) =>
    update(library, { signal, onProgress: (fraction, id) => progress.update(fraction, `updating ${id}`) }),
  ).finally(() => progress.clear());
  if (exact.length > 0) progress.say(`Up to date: ${exact.map(({ id }) => id).join(', ')}.`);
  const models = needTraining.filter(({ problem }) => problem !== null).map(({ id }) => id);
  if (models.length === 0) return;
  if (!wanted) {
    progress.say(
      `Tracks were renumbered, so these models must be trained again before they can be used: ${models.join(', ')}. Run \`segue train ${models.join(' ')}\`.`,
    );
    return;
  }
  const { trained } = await cancellable(async (signal) =>
    train(library, {
      models,
      tuned: await readSettings(library.dir),
      signal,
      onProgress: (p) => progress.update(p.overall, `${p.model} (${p.number} of ${p.of}): ${p.note}`),
    }),
  ).finally(() => progress.clear());
  progress.say(`Retrained: ${trained.map(({ id }) => id).join(', ')}.`);
}
