import type { Command } from 'commander';
import type { Dataset } from '../dataset/dataset.ts';
import { normaliseName } from '../dataset/normalise.ts';
import { SegueError } from '../errors.ts';
import type { Ban, BanKind } from '../listeners/bans.ts';
import { artistNames } from '../recommend/describe.ts';
import { findTrack } from '../recommend/track-id.ts';
import { wholeNumber } from './context.ts';
import { printable } from './table.ts';
import { withHousehold } from './with-household.ts';

const DAY = 86_400_000;

interface Flags {
  song?: string;
  artist?: string;
  genre?: string;
  days?: number;
}

/** `segue listeners bans|ban|allow`: what a listener does not want to hear. */
export function registerBans(group: Command): void {
  const what = (command: Command): Command =>
    command
      .argument('<name>', 'name or id of the listener')
      .option('--song <id>', "a song, by the catalogue's id or a Spotify link")
      .option('--artist <name>', 'an artist, by name or id')
      .option('--genre <name>', 'a genre');

  group
    .command('bans')
    .summary("list a listener's bans")
    .argument('<name>', 'name or id of the listener')
    .option('--json', 'print JSON only')
    .action((name: string, flags: { json?: boolean }, command: Command) =>
      withHousehold(command, async ({ household }) => {
        const { listeners, bans } = await household.repository();
        const { id } = await listeners.find(name);
        const held = await bans.active(id);
        if (flags.json) process.stdout.write(`${JSON.stringify(held, null, 2)}\n`);
        else process.stdout.write(held.length === 0 ? 'Nothing is banned.\n' : held.map(line).join(''));
      }),
    );

  what(group.command('ban').summary('ban a song, artist or genre, permanently or for some days'))
    .option('--days <number>', 'end the ban after this many days (default: permanent)', wholeNumber('--days', 1, 3650))
    .action((name: string, flags: Flags, command: Command) =>
      withHousehold(command, async ({ household, library }) => {
        const { listeners, bans } = await household.repository();
        const { id } = await listeners.find(name);
        const target = targetOf(await library.dataset(), flags);
        const at = Date.now();
        const until = flags.days === undefined ? null : at + flags.days * DAY;
        process.stdout.write(`Banned: ${line(await bans.set(id, { ...target, at, until }))}`);
      }),
    );

  what(group.command('allow').summary('lift a ban')).action((name: string, flags: Flags, command: Command) =>
    withHousehold(command, async ({ household }) => {
      const { listeners, bans } = await household.repository();
      const { id } = await listeners.find(name);
      const { kind, text } = asked(flags);
      const ban = (await bans.all(id)).find(
        (ban) =>
          ban.kind === kind && [ban.target, ban.label].some((known) => normaliseName(known) === normaliseName(text)),
      );
      if (!ban)
        throw new SegueError('NOT_FOUND', {
          got: `There is no ban on the ${kind} "${text}"`,
          remedy: `See \`segue listeners bans ${name}\``,
        });
      await bans.clear(id, kind, ban.target);
      process.stdout.write(`Allowed again: ${printable(ban.label || ban.target)}.\n`);
    }),
  );
}

const line = ({ kind, target, label, until }: Ban): string =>
  `${kind} ${printable(label || target)}, ${until === null ? 'permanently' : `until ${new Date(until).toISOString().slice(0, 10)}`}\n`;

/** @throws SegueError USAGE unless exactly one of the three is given */
function asked({ song, artist, genre }: Flags): { kind: BanKind; text: string } {
  const named = Object.entries({ song, artist, genre }).filter(([, text]) => text !== undefined);
  if (named.length !== 1)
    throw new SegueError('USAGE', {
      got:
        named.length === 0 ? 'No song, artist or genre was given' : 'More than one of song, artist and genre was given',
      expected: 'one of --song, --artist and --genre',
    });
  const [kind, text] = named[0] as [BanKind, string];
  return { kind, text };
}

/** The catalogue's id for it; a ban on something unknown would have no effect. @throws SegueError USAGE, NOT_FOUND */
function targetOf(dataset: Dataset, flags: Flags): Pick<Ban, 'kind' | 'target' | 'label'> {
  const { kind, text } = asked(flags);
  const wanted = normaliseName(text);
  if (kind === 'song') {
    const track = findTrack(dataset.tracks.vocabulary, text);
    if (track >= 0) {
      const label = `${dataset.tracks.names.get(track)} by ${artistNames(dataset, track).join(', ')}`;
      return { kind, target: dataset.tracks.vocabulary.id(track), label };
    }
  } else if (kind === 'artist') {
    const { vocabulary, names, count } = dataset.artists;
    const artist = vocabulary.indexOf(text.trim());
    if (artist >= 0) return { kind, target: text.trim(), label: names.get(artist) };
    // A name that two artists share bans both, so it is stored as a name.
    for (let a = 0; a < count; a++)
      if (normaliseName(names.get(a)) === wanted)
        return { kind, target: `artist:${names.get(a)}`, label: names.get(a) };
  } else {
    if (dataset.genres.indexOf(wanted) >= 0) return { kind, target: wanted, label: wanted };
  }
  throw new SegueError('NOT_FOUND', { got: `The catalogue has no ${kind} "${text}"` });
}
