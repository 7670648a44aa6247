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
      'Takes a consistent copy with checksums, even while a server runs. Saved sign-ins stay encrypted: without --with-keys, sign in again after a restore.',
    )
    .argument('<file>', 'the file to write, e.g. segue-backup.zip; it must not exist')
    .option('--with-keys', 'include the key that decrypts saved sign-ins; keep that file as safe as a password')
    .action(async (file: string, flags: { withKeys?: boolean }, command: Command) => {
      const { files, bytes, keys } = await writeBackup(libraryDir(command), file, flags.withKeys ?? false);
      process.stdout.write(
        `${printable(file)}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB${keys ? ', including the connection key' : ''}\n`,
      );
      if (databaseUrl(command))
        process.stderr.write('Listeners are in PostgreSQL, not in this file: back them up with pg_dump.\n');
    });
}
