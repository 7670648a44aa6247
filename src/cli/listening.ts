import type { Command } from 'commander';
import { genreWords } from '../features/genre-words.ts';
import { type Counted, type ListeningReport, listeningReport } from '../listeners/personal/listening-report.ts';
import { table } from './table.ts';
import { withHousehold } from './with-household.ts';

export function register(program: Command): void {
  program
    .command('listening')
    .summary("report on a listener's history: years, hours, artists, genres, discoveries")
    .description(
      "Reports on a listener's history: years, hours, artists, genres and discoveries. Nothing leaves the machine.",
    )
    .argument('<name>', 'name or id of the listener; see `segue listeners list`')
    .option('--json', 'print JSON only')
    .action((name: string, flags: { json?: boolean }, command: Command) =>
      withHousehold(command, async ({ household, library }) => {
        const repository = await household.repository();
        const { id } = await repository.listeners.find(name);
        const report = await listeningReport(repository, id, await library.dataset());
        process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : pretty(report));
      }),
    );
}

const HOUR = 3_600_000;
const BAR = 30;
const names = (counted: readonly Counted[]): string => counted.map(({ name }) => name).join(', ');
const genreNames = (counted: readonly Counted[]): string => counted.map(({ name }) => genreWords(name)).join(', ');

function pretty({ plays, listenedMs, songs, years, hours, artists, genres, timeZone }: ListeningReport): string {
  if (plays === 0) return 'No plays yet. Import a history with `segue import mine`.\n';
  const rows = years.map((y) => [
    String(y.year),
    y.plays.toLocaleString('en'),
    String(Math.round(y.listenedMs / HOUR)),
    String(y.newSongs),
    String(y.newArtists),
    names(y.artists),
    genreNames(y.genres),
  ]);
  const most = Math.max(1, ...hours);
  const day = hours.map(
    (n, hour) => `${String(hour).padStart(2, '0')}  ${'█'.repeat(Math.round((BAR * n) / most))} ${n}`,
  );
  const listened = listenedMs >= HOUR ? `, ${Math.round(listenedMs / HOUR).toLocaleString('en')} hours` : '';
  return `${plays.toLocaleString('en')} plays of ${songs.toLocaleString('en')} songs${listened}
${table(['year', 'plays', 'hours', 'new songs', 'new artists', 'most played artists', 'genres'], rows, { right: [1, 2, 3, 4] })}
Artists: ${names(artists)}
Genres: ${genreNames(genres)}
By hour (${timeZone}):
${day.join('\n')}
`;
}
