import type { Command } from 'commander';
import { isQueryOnly } from '../listeners/query-only.ts';
import { withConnected } from './connected.ts';

export function register(program: Command): void {
  program
    .command('disconnect')
    .summary('remove a connection and its sign-in')
    .description('Removes a connection and its sign-in.')
    .argument('<connection>', 'connection id; see `segue connect`')
    .option('--delete', 'also delete the likes, lists and songs read through it; for Spotify that is always done')
    .action((id: string, flags: { delete?: boolean }, command: Command) =>
      withConnected(command, async ({ connections }) => {
        const { service } = connections.store.get(id);
        await connections.disconnect(id, { deleteData: flags.delete ?? false });
        const deleted = isQueryOnly(service) || flags.delete;
        process.stdout.write(`Disconnected: ${id}.${deleted ? ' Everything read through it was deleted.' : ''}\n`);
      }),
    );
}
