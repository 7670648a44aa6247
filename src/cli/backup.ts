import type { Command } from 'commander';
import { writeBackup } from '../operate/backup/write.ts';
import { databaseUrl, libraryDir } from './context.ts';
import { printable } from './table.ts';

/** Adds `segue backup`. */
export function register(program: Command): void {
  program
    .command('backup')
    .summary('copy the library, models, listeners and connections into one file')
    .description(
      'A consistent copy with checksums, taken while a server may go on answering. Saved sign-ins stay sealed: without --with-keys they have to be made again after a restore.',
    )
    .argument('<file>', 'the file to write, e.g. segue-backup.zip; it must not exist')
    .option('--with-keys', 'also the key that opens saved sign-ins: keep such a file as safe as a password')
    .action(async (file: string, flags: { withKeys?: boolean }, command: Command) => {
      const { files, bytes, keys } = await writeBackup(libraryDir(command), file, flags.withKeys ?? false);
      process.stdout.write(
        `${printable(file)}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB${keys ? ', with the key of the connections' : ''}\n`,
      );
      if (databaseUrl(command))
        process.stderr.write('The listeners are in PostgreSQL and not in this file: copy them with pg_dump.\n');
    });
}
