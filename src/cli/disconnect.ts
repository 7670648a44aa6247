import type { Command } from 'commander';
import { withConnected } from './connected.ts';

export function register(program: Command): void {
  program
    .command('disconnect')
    .summary('switch a connection off and forget its sign-in')
    .argument('<connection>', 'its id, as `segue connect` lists it')
    .option('--delete', 'also delete the likes, lists and songs that were read through it')
    .action((id: string, flags: { delete?: boolean }, command: Command) =>
      withConnected(command, async ({ connections }) => {
        await connections.disconnect(id, { deleteData: flags.delete ?? false });
        process.stdout.write(`Disconnected: ${id}.\n`);
      }),
    );
}
