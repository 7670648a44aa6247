import type { Command } from 'commander';
import { adopt } from '../recommend/adopt.ts';
import { cancellable, openLibrary } from './context.ts';

export function register(program: Command): void {
  program
    .command('adopt')
    .summary('take over a model that was trained on Spark')
    .description(
      'Reads the output folder of a job of spark/, checks it against this library and saves it as the model. A job that ran on another state of the catalogue is refused; the model in use stays as it is until the new one is whole.',
    )
    .argument('<dir>', "the job's output folder")
    .action(async (dir: string, _flags: object, command: Command) => {
      const library = await openLibrary(command);
      const { id, bytes } = await cancellable((signal) => adopt(library, dir, signal));
      process.stdout.write(`Adopted ${id} (${(bytes / 1e6).toFixed(1)} MB).\n`);
    });
}
