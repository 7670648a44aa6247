import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import { artistNames } from '../recommend/describe.ts';
import { findTrack } from '../recommend/track-id.ts';
import { repeated, wholeNumber } from './context.ts';
import { table } from './table.ts';
import { withHousehold } from './with-household.ts';

interface Flags {
  search?: string;
  limit?: number;
  after?: string;
  add?: string[];
  remove?: string[];
  json?: boolean;
}

/** `segue listeners likes` and `dislikes`. */
export function registerOpinions(group: Command): void {
  for (const kind of ['like', 'dislike'] as const)
    group
      .command(`${kind}s`)
      .summary(`show and search ${kind}s; add or remove them`)
      .argument('<name>', 'name or id of the listener')
      .option('--search <words>', 'only songs with these words in title, artists or album')
      .option('-n, --limit <number>', `${kind}s to show (default: 50)`, wholeNumber('--limit', 1, 1000))
      .option('--after <cursor>', 'continue after an earlier page, from the cursor printed below it')
      .option('--add <song>', `${kind} a song in the catalogue, by id or Spotify link; repeatable`, repeated)
      .option('--remove <song>', `remove a ${kind}, by the song's id; repeatable`, repeated)
      .option('--json', 'print JSON only')
      .action((name: string, flags: Flags, command: Command) =>
        withHousehold(command, async ({ household, library }) => {
          const { listeners, opinions } = await household.repository();
          const { id } = await listeners.find(name);
          if (flags.add) {
            const dataset = await library.dataset();
            const { vocabulary, names } = dataset.tracks;
            const songs = flags.add.map((text) => {
              const track = findTrack(vocabulary, text);
              if (track < 0) throw new SegueError('NOT_FOUND', { got: `The catalogue has no song "${text}"` });
              const artists = artistNames(dataset, track);
              return { song: vocabulary.id(track), title: names.get(track), artists, kind, at: Date.now() };
            });
            await opinions.set(id, songs);
            process.stdout.write(`Added ${songs.length} ${kind}s.\n`);
          }
          if (flags.remove)
            process.stdout.write(`Removed ${await opinions.clear(id, flags.remove)} of ${flags.remove.length}.\n`);
          if (flags.add || flags.remove) {
            await household.refreshContribution(id);
            return;
          }
          const { search, limit, after } = flags;
          const { items, next } = await opinions.page(id, kind, { search, limit, after });
          if (flags.json) {
            process.stdout.write(`${JSON.stringify({ items, next }, null, 2)}\n`);
            return;
          }
          const rows = items.map(({ song, at }) => [
            song.song,
            song.title,
            song.artists.join(', '),
            at > 0 ? new Date(at).toISOString().slice(0, 10) : '',
          ]);
          process.stdout.write(
            items.length === 0
              ? `No ${kind}s.\n`
              : `${table(['id', 'song', 'artist', 'since'], rows, { widths: [40, 50, 40] })}\n${next === null ? '' : `More with --after ${next}\n`}`,
          );
        }),
      );
}
