import { join } from 'node:path';
import type { Command } from 'commander';
import { outgoingTo } from '../connect/network.ts';
import { DOWNLOADS, download } from '../connect/open-sets/download.ts';
import { OPEN_SETS, type OpenSet } from '../connect/open-sets/sets.ts';
import { ConnectionStore } from '../connect/store.ts';
import { SegueError } from '../errors.ts';
import { within } from '../math/progress.ts';
import { cancellable, libraryDir, openOrCreateLibrary } from './context.ts';
import { importText } from './import-text.ts';
import { Progress } from './progress.ts';
import { table } from './table.ts';

/** The download's share of the progress. */
const DOWNLOAD = 0.8;

/** Adds `segue fetch open`. */
export function registerOpen(fetching: Command): void {
  fetching
    .command('open')
    .summary('download a freely licensed data set and import it')
    .description(
      'Downloads a freely licensed set from its publisher, checks it against the published hash, and imports it. Without a name, lists the sets with their licences and downloads nothing. After an interruption, the same command resumes.',
    )
    .argument('[set]', `one of ${OPEN_SETS.map(({ id }) => id).join(', ')}`)
    .option('--to <folder>', `where the file is kept (default: ${DOWNLOADS}/ in the library)`)
    .option('--no-import', 'download only')
    .action(async (id: string | undefined, flags: { to?: string; import: boolean }, command: Command) => {
      if (id === undefined) return listSets();
      const set = OPEN_SETS.find((known) => known.id === id);
      if (!set)
        throw new SegueError('USAGE', {
          got: `There is no open set "${id.slice(0, 60)}"`,
          expected: `one of ${OPEN_SETS.map((known) => known.id).join(', ')}`,
        });
      await fetchSet(set, flags, command);
    });
}

async function fetchSet(set: OpenSet, flags: { to?: string; import: boolean }, command: Command): Promise<void> {
  const dir = libraryDir(command);
  const library = await openOrCreateLibrary(command);
  const { source } = set;
  const { origin } = new URL(set.url);
  const progress = new Progress();
  progress.say(
    `${source.title}: ${set.holds}.\nFrom ${origin}, ${size(set.bytes)}.\nLicence: ${source.licence}.\nCite: ${source.citation}.`,
  );
  const store = ConnectionStore.open(dir);
  const start = performance.now();
  try {
    await cancellable(async (signal) => {
      const hosts = [{ origin, why: `${source.title}: downloaded by \`segue fetch open ${set.id}\`` }];
      const show = ({ fraction, note }: { fraction: number; note: string }): void => progress.update(fraction, note);
      const path = await download(set, {
        outgoing: outgoingTo('fetch open', hosts, store),
        dir: flags.to ?? join(dir, DOWNLOADS),
        signal,
        onProgress: within(show, 0, DOWNLOAD),
      });
      progress.clear();
      if (!flags.import) return void process.stdout.write(`${path}\n`);
      const report = await library.importFiles(source, [path], { signal, onProgress: within(show, DOWNLOAD, 1) });
      progress.clear();
      process.stdout.write(importText(report, (performance.now() - start) / 1000));
    });
  } finally {
    progress.clear();
    store.close();
  }
}

function listSets(): void {
  const rows = OPEN_SETS.map(({ id, holds, bytes, source }) => [id, holds, size(bytes), source.licence]);
  process.stdout.write(`${table(['set', 'holds', 'size', 'licence'], rows)}\n`);
}

const size = (bytes: number): string =>
  bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${Math.round(bytes / 1e6)} MB`;
