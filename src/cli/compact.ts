import type { Command } from 'commander';
import { cancellable, openLibrary } from './context.ts';
import { countLines } from './import-text.ts';
import { Progress } from './progress.ts';
import { trainAgain } from './train-again.ts';

export function register(program: Command): void {
  program
    .command('compact')
    .summary('renumber the library and drop replaced files')
    .description(
      'Rebuilds the library as if all its files had been imported at once. Tracks are renumbered, so some models must be trained again; the command names them.',
    )
    .option('--train', 'train those models right away')
    .option('--json', 'print the changes as JSON')
    .action(async (flags: { train?: boolean; json?: boolean }, command: Command) => {
      const library = await openLibrary(command);
      const progress = new Progress();
      const result = await cancellable((signal) =>
        library.compact({
          signal,
          onProgress: ({ fraction, note }) => progress.update(fraction, note),
        }),
      ).finally(() => progress.clear());
      if (flags.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      else if (!result.changed) process.stdout.write('The library is already compact.\n');
      else process.stdout.write(`Library now:\n${countLines(result.library, result.before).join('\n')}\n`);
      await trainAgain(library, progress, flags.train ?? false);
    });
}
