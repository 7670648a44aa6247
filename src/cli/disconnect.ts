import type { Command } from 'commander';
import { withConnected } from './connected.ts';

export function register(program: Command): void {
  program
    .command('disconnect')
    .summary('remove a connection and its sign-in')
    .argument('<connection>', 'connection id; see `segue connect`')
    .option('--delete', 'also delete the likes, lists and songs read through it')
    .action((id: string, flags: { delete?: boolean }, command: Command) =>
      withConnected(command, async ({ connections }) => {
        await connections.disconnect(id, { deleteData: flags.delete ?? false });
        process.stdout.write(`Disconnected: ${id}.\n`);
      }),
    );
}
