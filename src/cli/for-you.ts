import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import type { PersonalList } from '../listeners/personal/personal-list.ts';
import { PersonalRecommender } from '../listeners/personal/personal-recommender.ts';
import { Engine } from '../recommend/engine.ts';
import { decimal, wholeNumber } from './context.ts';
import { songTable } from './song-table.ts';
import { printable } from './table.ts';
import { withHousehold } from './with-household.ts';

interface Flags {
  n?: number;
  newness?: number;
  model?: string;
  mixes?: boolean;
  clusters?: boolean;
  continue?: string;
  period?: [number, number];
  json?: boolean;
}

export function register(program: Command): void {
  program
    .command('for-you')
    .summary("recommend from a listener's history, likes and bans")
    .description("Recommends songs from a listener's history, likes and bans, and says why.")
    .argument('<name>', 'name or id of the listener; see `segue listeners list`')
    .option('-n <number>', 'number of songs, 1–200 (default: 50; 30 per mix)', wholeNumber('-n', 1, 200))
    .option(
      '--newness <0-1>',
      '1 = only songs never played, 0 = only favourites not played for a while (default: 0.8)',
      decimal('--newness', 0, 1),
    )
    .option('-m, --model <id>', 'model to use; see `segue models`')
    .option('--mixes', "today's mixes, one per taste group")
    .option('--clusters', 'spread the list over the clusters of their loved songs')
    .option('--continue <list>', 'continue a saved list, by id')
    .option(
      '--period <period>',
      'more of what they played most in a year (2019), a month (2019-06) or years (2016..2018)',
      period,
    )
    .option('--json', 'print JSON only')
    .action((name: string, flags: Flags, command: Command) =>
      withHousehold(command, async ({ household, library }) => {
        const { id } = await (await household.repository()).listeners.find(name);
        const personal = new PersonalRecommender(await Engine.open(library), household);
        const { n, newness, model } = flags;
        const lists = flags.mixes
          ? await personal.mixes(id, { n, model })
          : flags.clusters
            ? [await personal.byCluster(id, { n })]
            : flags.continue !== undefined
              ? [await personal.continueList(id, flags.continue, { n, model })]
              : flags.period
                ? [await personal.fromPeriod(id, ...flags.period, { n, model })]
                : [await personal.forYou(id, { n, newness, model })];
        if (flags.json) process.stdout.write(`${JSON.stringify(lists)}\n`);
        else for (const list of lists) process.stdout.write(pretty(list));
        if (lists.length === 0 && !flags.json)
          process.stdout.write('No mixes yet: they need more favourites. Import a history, or like some songs.\n');
      }),
    );
}

/**
 * Parses a year, a month or a range of years into [first moment, moment after the last], milliseconds since 1970, in UTC. @throws SegueError USAGE
 */
function period(text: string): [number, number] {
  const [, first, month, last] = /^(\d{4})(?:-(0[1-9]|1[0-2])|\.\.(\d{4}))?$/.exec(text) ?? [];
  const [year, end] = [Number(first), Number(last ?? first)];
  if (first === undefined || end < year)
    throw new SegueError('USAGE', {
      got: `--period is "${text}"`,
      expected: 'a year, a month or years: 2019, 2019-06, 2016..2018',
    });
  return month === undefined
    ? [Date.UTC(year, 0), Date.UTC(end + 1, 0)]
    : [Date.UTC(year, Number(month) - 1), Date.UTC(year, Number(month))];
}

function pretty({ title, model, tracks, notes }: PersonalList): string {
  return `${printable(title)} (${model})\n${songTable(tracks, process.stdout.columns)}\n${notes.map((note) => `${printable(note)}\n`).join('')}\n`;
}
