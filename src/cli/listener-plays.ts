import type { Command } from 'commander';
import { repeated, wholeNumber } from './context.ts';
import { table } from './table.ts';
import { withHousehold } from './with-household.ts';

interface Flags {
  search?: string;
  removed?: boolean;
  limit?: number;
  after?: string;
  remove?: string[];
  restore?: string[];
  json?: boolean;
}

/** `segue listeners plays`: the history, newest first; plays are removed and restored by id. */
export function registerPlays(group: Command): void {
  group
    .command('plays')
    .summary('show and search the history; remove plays or restore them')
    .argument('<name>', 'name or id of the listener')
    .option('--search <words>', 'only plays with these words in title, artists or album')
    .option('--removed', 'removed plays instead')
    .option('-n, --limit <number>', 'plays to show (default: 50)', wholeNumber('--limit', 1, 1000))
    .option('--after <cursor>', 'continue after an earlier page, from the cursor printed below it')
    .option('--remove <id>', 'remove a play from the history; repeatable', repeated)
    .option('--restore <id>', 'restore a removed play; repeatable', repeated)
    .option('--json', 'print JSON only')
    .action((name: string, flags: Flags, command: Command) =>
      withHousehold(command, async ({ household }) => {
        const { listeners, plays } = await household.repository();
        const { id } = await listeners.find(name);
        if (flags.remove || flags.restore) {
          const out = flags.remove ? await plays.remove(id, flags.remove) : 0;
          const back = flags.restore ? await plays.restore(id, flags.restore) : 0;
          await household.refreshContribution(id);
          if (flags.remove) process.stdout.write(`Removed ${out} of ${flags.remove.length} plays.\n`);
          if (flags.restore) process.stdout.write(`Restored ${back} of ${flags.restore.length} plays.\n`);
          return;
        }
        const { search, removed, limit, after } = flags;
        const { items, next } = await plays.page(id, { search, removed, limit, after });
        if (flags.json) {
          process.stdout.write(`${JSON.stringify({ items, next }, null, 2)}\n`);
          return;
        }
        const rows = items.map((play) => [
          play.id,
          new Date(play.at).toISOString().slice(0, 16).replace('T', ' '),
          play.title,
          play.artists.join(', '),
          play.skipped ? 'skipped' : '',
        ]);
        process.stdout.write(
          items.length === 0
            ? 'No plays.\n'
            : `${table(['id', 'played (UTC)', 'song', 'artist', ''], rows, { widths: [40, 16, 50, 40] })}\n${next === null ? '' : `More with --after ${next}\n`}`,
        );
      }),
    );
}
