import { type Command, Option } from 'commander';
import { SegueError } from '../errors.ts';
import { SOURCES, sourceById } from '../sources/registry.ts';
import { cancellable, openOrCreateLibrary, repeated, wholeNumber } from './context.ts';
import { registerMine } from './import-mine.ts';
import { importText } from './import-text.ts';
import { pair } from './pairs.ts';
import { Progress } from './progress.ts';

interface ImportFlags extends Record<string, unknown> {
  option?: string[];
  workers?: number;
  verify?: boolean;
  json?: boolean;
  update: boolean;
}

export function register(program: Command): void {
  const command = program
    .command('import')
    .summary('import playlists, tracks, features or artists')
    .description(
      'Imports files of one source into the library. Importing a file twice changes nothing; after an interruption, the same command resumes.',
    )
    .argument('<source>', `one of ${SOURCES.map((source) => source.id).join(', ')}`)
    .argument('[paths...]', 'files, folders or zip archives')
    .option(
      '--option <name=value>',
      "an option of the source; repeatable, the same as the source's own flags below",
      repeated,
    )
    .option(
      '--workers <count>',
      'threads for reading files (default: 2 for large imports)',
      wholeNumber('--workers', 0, 64),
    )
    .option('--verify', 'read files of earlier imports again even when size, times and inode say they are unchanged')
    .option('--no-update', 'do not update trained models; run `segue update` later')
    .option('--json', 'print the report as JSON');
  for (const [name, meaning] of sourceOptions()) command.addOption(new Option(`--${name} <value>`, meaning));
  command.addHelpText(
    'after',
    () => `\nSources:\n${SOURCES.map((s) => `  ${s.id.padEnd(16)}${s.title}: ${s.expects}`).join('\n')}`,
  );
  registerMine(command);
  command.action(async (id: string, paths: string[], flags: ImportFlags, self: Command) => {
    const source = sourceById(id);
    if (paths.length === 0 && !source.identify)
      throw new SegueError('USAGE', { got: `No file was given for the source "${id}"`, expected: source.expects });
    const options = chosenOptions(flags);
    const library = await openOrCreateLibrary(self);
    const progress = new Progress();
    const start = performance.now();
    const report = await cancellable((signal) =>
      library.importFiles(source, paths, {
        signal,
        options,
        workers: flags.workers,
        verify: flags.verify,
        onProgress: ({ fraction, note }) => progress.update(fraction, note),
      }),
    ).finally(() => progress.clear());
    const seconds = (performance.now() - start) / 1000;
    process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : importText(report, seconds));
    if (!report.changed) return;
    if ((await library.listModels()).length > 0) {
      // Most imports come before any training and do not need the models' code.
      const { updateAfterChange } = await import('./update.ts');
      await updateAfterChange(library, progress, flags.update);
    }
  });
}

/** The options of all sources: name → description, with the sources that accept it. */
function sourceOptions(): Map<string, string> {
  const options = new Map<string, string>();
  for (const source of SOURCES) {
    for (const [name, meaning] of Object.entries(source.options)) {
      const before = options.get(name);
      options.set(name, before ? `${before}; ${source.id}: ${meaning}` : `${source.id}: ${meaning}`);
    }
  }
  return options;
}

/** Accepts both `--slices 0-99` and `--option slices=0-99`. @throws SegueError USAGE */
function chosenOptions(flags: ImportFlags): Record<string, string> {
  const options: Record<string, string> = {};
  for (const name of sourceOptions().keys()) {
    const value = flags[name];
    if (typeof value === 'string') options[name] = value;
  }
  for (const text of flags.option ?? []) {
    const [name, value] = pair(text, '--option', 'user=userID');
    options[name] = value;
  }
  return options;
}
