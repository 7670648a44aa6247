import type { Command } from 'commander';
import { Library } from '../library/library.ts';
import { cancellable, libraryDir } from './context.ts';
import { countLines } from './import-text.ts';
import { Progress } from './progress.ts';
import { trainAgain } from './train-again.ts';

export function register(program: Command): void {
  program
    .command('compact')
    .summary('number everything anew and drop what replaced parts left behind')
    .description(
      'Makes the library what one import of all its files would make. Songs get other numbers, so the trained models must be trained again; `segue compact` says which.',
    )
    .option('--train', 'train those models again at once')
    .option('--json', 'print what changed as JSON')
    .action(async (flags: { train?: boolean; json?: boolean }, command: Command) => {
      const library = await Library.open(libraryDir(command));
      const progress = new Progress();
      const result = await cancellable((signal) =>
        library.compact({
          signal,
          onProgress: ({ stage, done, total }) => progress.update(total > 0 ? done / total : 0, stage),
        }),
      ).finally(() => progress.clear());
      if (flags.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      else if (!result.changed) process.stdout.write('The library is compact already.\n');
      else process.stdout.write(`The library now:\n${countLines(result.library, result.before).join('\n')}\n`);
      await trainAgain(library, progress, flags.train ?? false);
    });
}
