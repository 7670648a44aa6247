import type { Command } from 'commander';
import type { SegueError } from '../errors.ts';
import type { Library } from '../library/library.ts';
import { update } from '../recommend/update.ts';
import { cancellable, openLibrary } from './context.ts';
import { duration, Progress } from './progress.ts';

export function register(program: Command): void {
  program
    .command('update')
    .summary('take new playlists into the trained models, without training')
    .description(
      'Brings every saved model that allows it exactly to the present state of the library, in seconds, and says which ones only `segue train` brings up to date.',
    )
    .action(async (_flags: object, command: Command) => {
      const progress = new Progress();
      const models = await bringUpToDate(await openLibrary(command), progress);
      if (models === 0) progress.say('No model is trained yet: run `segue train`.');
    });
}

/** Updates the saved models and says what became of each; returns their number. */
export async function bringUpToDate(library: Library, progress: Progress): Promise<number> {
  const { exact, needTraining } = await cancellable((signal) =>
    update(library, { signal, onProgress: (fraction, id) => progress.update(fraction, `updating ${id}`) }),
  ).finally(() => progress.clear());
  for (const { id, seconds } of exact)
    progress.say(`${id}: up to date (${duration(seconds)}), exactly as if trained now.`);
  for (const { id, problem } of needTraining) progress.say(`${id}: ${needsTraining(id, problem)}`);
  return exact.length + needTraining.length;
}

/**
 * After a change of the library: the models that allow it take part in it at once, so that a running server goes on with them.
 * @param wanted false leaves them as they are
 */
export async function updateAfterChange(library: Library, progress: Progress, wanted: boolean): Promise<void> {
  if (wanted) await bringUpToDate(library, progress);
  else progress.say('The trained models know the library as it was: `segue update` takes in what is new.');
}

/** What only training mends, in words. */
function needsTraining(id: string, problem: SegueError | null): string {
  const remedy = `Run \`segue train ${id}\``;
  if (!problem)
    return `answers from what it learned before; songs and playlists of a question are taken as they are. ${remedy} to take in the new ones.`;
  if (problem.code === 'MODEL_MISMATCH')
    return `does not answer, because it was made for other songs or by another version. ${remedy}.`;
  return `does not answer. ${problem.message}`;
}
