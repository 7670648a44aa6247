import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import { artistNames } from '../recommend/describe.ts';
import { findTrack } from '../recommend/track-id.ts';
import { wholeNumber } from './context.ts';
import { number } from './import-text.ts';
import { printable } from './table.ts';
import { withHousehold } from './with-household.ts';

interface Flags {
  limit?: number;
  song?: string;
  choose?: string;
  json?: boolean;
}

/** `segue listeners review`: imported songs with several possible matches. */
export function registerReview(group: Command): void {
  group
    .command('review')
    .summary('show imported songs with several possible matches, and settle them')
    .argument('<name>', 'name or id of the listener')
    .option('-n, --limit <number>', 'songs to show', wholeNumber('--limit', 1, 1000), 20)
    .option('--song <id>', 'the song to settle, by the id shown')
    .option('--choose <id>', 'its match in the catalogue, or "none"')
    .option('--json', 'print JSON only')
    .action((name: string, { limit, song, choose, json }: Flags, command: Command) =>
      withHousehold(command, async ({ household, library }) => {
        const { listeners, reviews } = await household.repository();
        const { id } = await listeners.find(name);
        if ((song === undefined) !== (choose === undefined))
          throw new SegueError('USAGE', {
            got: `Only --${song === undefined ? 'choose' : 'song'} is given`,
            expected: '--song ID --choose ID, or --choose none',
          });
        if (song !== undefined && choose !== undefined) {
          const dataset = await library.dataset();
          const track = choose === 'none' ? -1 : findTrack(dataset.tracks.vocabulary, choose);
          if (track < 0 && choose !== 'none')
            throw new SegueError('NOT_FOUND', { got: `The catalogue has no song "${choose}"` });
          await reviews.answer(
            id,
            song,
            track < 0
              ? 'none'
              : {
                  song: dataset.tracks.vocabulary.id(track),
                  title: dataset.tracks.names.get(track),
                  artists: artistNames(dataset, track),
                },
          );
          process.stdout.write(`Settled; ${songs(await reviews.count(id))} left.\n`);
          return;
        }
        const { items } = await reviews.page(id, { limit });
        const open = await reviews.count(id);
        if (json) {
          process.stdout.write(`${JSON.stringify({ items, open }, null, 2)}\n`);
          return;
        }
        for (const { song: own, candidates } of items) {
          process.stdout.write(`${own.song}  ${printable(`${own.title} – ${own.artists.join(', ')}`)}\n`);
          for (const { song: known, title, artists, confidence } of candidates)
            process.stdout.write(
              `    ${known}  ${printable(`${title} – ${artists.join(', ')}`)} (${confidence.toFixed(2)})\n`,
            );
        }
        process.stdout.write(open === 0 ? 'Nothing to review.\n' : `${songs(open)} to settle.\n`);
      }),
    );
}

const songs = (count: number): string => (count === 1 ? '1 song' : `${number(count)} songs`);
