import type { Command } from 'commander';
import { restoreBackup } from '../operate/backup/restore.ts';
import { libraryDir } from './context.ts';
import { printable } from './table.ts';

/** Adds `segue restore`. */
export function register(program: Command): void {
  program
    .command('restore')
    .summary('make a library from a backup')
    .description('Checks every file against its checksum first; the library folder appears whole or not at all.')
    .argument('<file>', 'what `segue backup` wrote')
    .action(async (file: string, _flags: object, command: Command) => {
      const { dir, createdAt, files, keys } = await restoreBackup(file, libraryDir(command));
      process.stdout.write(`${printable(dir)} is as it was at ${createdAt}: ${files} files\n`);
      if (!keys) process.stderr.write('The backup holds no key: connections have to sign in again.\n');
    });
}
