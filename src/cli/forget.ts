import type { Command } from 'commander';
import { cancellable, openLibrary } from './context.ts';
import { countLines, number } from './import-text.ts';
import { Progress } from './progress.ts';
import { printable } from './table.ts';
import { trainAgain } from './train-again.ts';
import { updateAfterChange } from './update.ts';

interface ForgetFlags {
  source?: string;
  json?: boolean;
  train?: boolean;
  update: boolean;
}

export function register(program: Command): void {
  program
    .command('forget')
    .summary('remove imported files from the library')
    .description(
      'Rebuilds the library as if these files had never been imported. The files themselves are not touched; import them again to bring them back.',
    )
    .argument('[files...]', 'names of imported files; see `segue info`')
    .option('--source <id>', 'only this source; without names, all of its files')
    .option('--train', 'retrain the models that stop working')
    .option('--no-update', 'do not update trained models; run `segue update` later')
    .option('--json', 'print what was removed as JSON')
    .action(async (files: string[], flags: ForgetFlags, command: Command) => {
      const library = await openLibrary(command);
      const progress = new Progress();
      const result = await cancellable((signal) =>
        library.forget(
          { files, source: flags.source },
          {
            signal,
            onProgress: ({ fraction, note }) => progress.update(fraction, note),
          },
        ),
      ).finally(() => progress.clear());
      const { forgotten, before, library: now } = result;
      if (flags.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      else {
        const names = forgotten.map(({ source, file }) => `  ${printable(`${source}: ${file}`)}`);
        const lines = [
          `Removed: ${number(forgotten.length)} ${forgotten.length === 1 ? 'file' : 'files'}.`,
          ...names.slice(0, 10),
          ...(names.length > 10 ? [`  and ${number(names.length - 10)} more`] : []),
          '',
          'Library now:',
          ...countLines(now, before),
        ];
        process.stdout.write(`${lines.join('\n')}\n`);
      }
      if ((await library.listModels()).length === 0 || now.tracks === 0) return;
      if (flags.update) await trainAgain(library, progress, flags.train ?? false);
      else await updateAfterChange(library, progress, false);
    });
}
