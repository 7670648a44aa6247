import type { Command } from 'commander';
import { restoreBackup } from '../operate/backup/restore.ts';
import { libraryDir } from './context.ts';
import { printable } from './table.ts';

/** Adds `segue restore`. */
export function register(program: Command): void {
  program
    .command('restore')
    .summary('restore a library from a backup')
    .description(
      'Restores a library from a backup. Verifies every checksum first; the library folder appears complete or not at all.',
    )
    .argument('<file>', 'a file written by `segue backup`')
    .action(async (file: string, _flags: object, command: Command) => {
      const { dir, createdAt, files, keys } = await restoreBackup(file, libraryDir(command));
      process.stdout.write(`${printable(dir)}: ${files} files restored from the backup of ${createdAt}\n`);
      if (!keys) process.stderr.write('The backup contains no connection key: sign in to your connections again.\n');
    });
}
