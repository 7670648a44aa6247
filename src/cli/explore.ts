import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import { exploreData } from '../explore/explore-data.ts';
import { tasteMap } from '../explore/layout.ts';
import { writeFileWhole } from '../library/files.ts';
import { reportPage } from '../serve/report-page.ts';
import { cancellable, openLibrary } from './context.ts';
import { Progress } from './progress.ts';

interface Flags {
  out: string;
  map: string;
  title?: string;
}

export function register(program: Command): void {
  program
    .command('explore')
    .summary('write an HTML page of charts about the data')
    .description(
      'Writes one self-contained HTML page: counts and gaps, distributions, correlations, features by year and genre, the popularity tail, playlist lengths, clusters on a map, rejected and duplicate rows.',
    )
    .option('-o, --out <file>', 'file to write', 'segue-explore.html')
    .option(
      '--map <method>',
      'principal (instant) or neighbours (keeps similar tracks together; may take minutes)',
      'principal',
    )
    .option('--title <text>', 'page heading')
    .action(async (flags: Flags, command: Command) => {
      if (flags.map !== 'principal' && flags.map !== 'neighbours')
        throw new SegueError('USAGE', { got: `--map is "${flags.map}"`, expected: 'principal or neighbours' });
      const method = flags.map;
      const library = await openLibrary(command);
      const dataset = await library.dataset();
      const page = await cancellable(async (signal) => {
        const progress = new Progress();
        const layout = await tasteMap(dataset, {
          method,
          signal,
          onProgress: ({ fraction, note }) => progress.update(fraction, note),
        }).finally(() => progress.clear());
        const data = await exploreData(dataset, { layout, signal });
        return reportPage('explore', flags.title ?? `The library “${basename(resolve(library.dir))}”`, data);
      });
      await writePage(flags.out, page.html);
      process.stdout.write(`${resolve(flags.out)}\n`);
    });
}

/** Writes to a temporary name first, so that a page is never half-written. @throws SegueError FILE_UNREADABLE */
async function writePage(file: string, page: string): Promise<void> {
  try {
    await writeFileWhole(file, page);
  } catch (cause) {
    throw new SegueError('FILE_UNREADABLE', {
      got: `The page could not be written to ${file}`,
      expected: 'a file in a writable folder',
      remedy: 'Choose another file with --out',
      cause,
    });
  }
}
