import type { Command } from 'commander';
import { adopt } from '../recommend/adopt.ts';
import { cancellable, openLibrary } from './context.ts';

export function register(program: Command): void {
  program
    .command('adopt')
    .summary('adopt a model trained on Spark')
    .description(
      'Reads the output folder of a Spark job, checks it against this library and saves it as the model. Refuses a job that ran on another state of the catalogue. The current model stays in use until the new one is complete.',
    )
    .argument('<dir>', "the job's output folder")
    .action(async (dir: string, _flags: object, command: Command) => {
      const library = await openLibrary(command);
      const { id, bytes } = await cancellable((signal) => adopt(library, dir, signal));
      process.stdout.write(`Adopted ${id} (${(bytes / 1e6).toFixed(1)} MB).\n`);
    });
}
