import type { Command } from 'commander';
import { exportParquet } from '../library/export-parquet.ts';
import { cancellable, openLibrary } from './context.ts';
import { number } from './import-text.ts';
import { Progress } from './progress.ts';

export function register(program: Command): void {
  program
    .command('export')
    .summary('export the library as open tables')
    .description(
      'Writes tracks, artists, owners and entries as Parquet tables for DuckDB, Polars and Spark; `segue import parquet` reads them back. docs/parquet.md describes the columns.',
    )
    .command('parquet')
    .summary('export the library as Parquet tables')
    .argument('<dir>', 'a new or empty folder')
    .option('--json', 'print a summary as JSON')
    .action(async (dir: string, flags: { json?: boolean }, command: Command) => {
      const library = await openLibrary(command);
      const dataset = await library.dataset();
      const progress = new Progress();
      const report = await cancellable((signal) =>
        exportParquet(dataset, dir, { signal, onProgress: ({ fraction, note }) => progress.update(fraction, note) }),
      ).finally(() => progress.clear());
      if (flags.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      else
        for (const [table, { rows, files }] of Object.entries(report))
          process.stdout.write(
            `${table.padEnd(8)} ${number(rows).padStart(12)} rows in ${files} ${files === 1 ? 'file' : 'files'}\n`,
          );
    });
}
