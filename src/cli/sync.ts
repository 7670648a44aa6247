import type { Command } from 'commander';
import { withConnected } from './connected.ts';
import { cancellable } from './context.ts';
import { Progress } from './progress.ts';

export function register(program: Command): void {
  program
    .command('sync')
    .summary('fetch what is new from connections')
    .description('Fetches songs, likes, ratings, lists and plays. After an interruption, the same command resumes.')
    .argument('[connections...]', 'connection ids; see `segue connect` (default: all)')
    .action((ids: string[], _flags: object, command: Command) =>
      withConnected(command, async ({ connections }) => {
        const chosen = ids.length > 0 ? ids : connections.store.list().map((c) => c.id);
        if (chosen.length === 0) process.stdout.write('There are no connections.\n');
        const progress = new Progress();
        for (const id of chosen) {
          const report = await cancellable((signal) =>
            connections.sync(id, {
              signal,
              onProgress: ({ fraction, note }) => progress.update(fraction ?? Number.NaN, `${id}: ${note}`),
            }),
          ).finally(() => progress.clear());
          process.stdout.write(
            `${id}: ${report.songs} songs, ${report.matched} of them in the catalogue; new: ${report.likes} likes, ${report.playlists} lists, ${report.plays} plays; removed there: ${report.gone}.\n`,
          );
        }
      }),
    );
}
