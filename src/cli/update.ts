import type { Command } from 'commander';
import type { SegueError } from '../errors.ts';
import type { Library } from '../library/library.ts';
import { update } from '../recommend/update.ts';
import { cancellable, openLibrary } from './context.ts';
import { duration, Progress } from './progress.ts';

export function register(program: Command): void {
  program
    .command('update')
    .summary('update trained models with new playlists, without retraining')
    .description(
      'Brings every model that supports it exactly up to date with the library, in seconds, and names the models that need `segue train`.',
    )
    .action(async (_flags: object, command: Command) => {
      const progress = new Progress();
      const models = await bringUpToDate(await openLibrary(command), progress);
      if (models === 0) progress.say('No model is trained yet. Run `segue train`.');
    });
}

/** Updates the saved models and prints the outcome of each; returns their number. */
export async function bringUpToDate(library: Library, progress: Progress): Promise<number> {
  const { exact, needTraining } = await cancellable((signal) =>
    update(library, { signal, onProgress: (fraction, id) => progress.update(fraction, `updating ${id}`) }),
  ).finally(() => progress.clear());
  for (const { id, seconds } of exact)
    progress.say(`${id}: up to date (${duration(seconds)}), identical to a retrained model.`);
  for (const { id, problem } of needTraining) progress.say(`${id}: ${needsTraining(id, problem)}`);
  return exact.length + needTraining.length;
}

/**
 * After a change of the library, updates the models that allow it at once, so that a running server continues with them.
 * @param wanted false leaves the models as they are
 */
export async function updateAfterChange(library: Library, progress: Progress, wanted: boolean): Promise<void> {
  if (wanted) await bringUpToDate(library, progress);
  else progress.say('The trained models are older than the library. Run `segue update` to bring them up to date.');
}

/** Says why a model can only be repaired by training. */
function needsTraining(id: string, problem: SegueError | null): string {
  const remedy = `Run \`segue train ${id}\``;
  if (!problem) return `still works, but on the data it was trained on. ${remedy} to include what is new.`;
  if (problem.code === 'MODEL_MISMATCH')
    return `cannot be used: it was trained on a different catalogue or by another version. ${remedy}.`;
  return `cannot be used. ${problem.message}`;
}
