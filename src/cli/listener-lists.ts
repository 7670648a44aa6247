import type { Command } from 'commander';
import { SegueError } from '../errors.ts';
import type { ListStore, ListVersion, SavedList } from '../listeners/lists.ts';
import { wholeNumber } from './context.ts';
import { number } from './import-text.ts';
import { printable, table } from './table.ts';
import { withHousehold } from './with-household.ts';

interface Flags {
  search?: string;
  bin?: boolean;
  limit?: number;
  versions?: boolean;
  version?: number;
  revert?: number;
  remove?: boolean;
  restore?: boolean;
  json?: boolean;
}

const VERSION = wholeNumber('a version', 1, 1_000_000);

/** `segue listeners lists`: saved lists, their songs and versions. */
export function registerLists(group: Command): void {
  group
    .command('lists')
    .summary('show saved lists, their songs and versions; restore an earlier version')
    .argument('<name>', 'name or id of the listener')
    .argument('[list]', 'one list, by id or name')
    .option('--search <words>', 'only lists whose names contain these words')
    .option('--bin', 'lists in the bin instead')
    .option('-n, --limit <number>', 'lists to show (default: 50)', wholeNumber('--limit', 1, 1000))
    .option('--versions', 'show the versions of the list')
    .option('--version <number>', 'show the songs of this version (default: the latest)', VERSION)
    .option('--revert <number>', 'make this version the latest again, as a new version', VERSION)
    .option('--remove', 'move the list to the bin')
    .option('--restore', 'take the list out of the bin')
    .option('--json', 'print JSON only')
    .action((name: string, list: string | undefined, flags: Flags, command: Command) =>
      withHousehold(command, async ({ household }) => {
        const { listeners, lists } = await household.repository();
        const { id } = await listeners.find(name);
        if (list === undefined) {
          const { search, limit, bin: removed } = flags;
          const { items } = await lists.page(id, { search, limit, removed });
          print(flags, items, () => listsTable(items, removed ? 'The bin is empty.\n' : 'No saved lists yet.\n'));
          return;
        }
        const known = await findList(lists, id, list, flags.restore === true);
        if (flags.remove) {
          await lists.remove(id, known.id);
          process.stdout.write(`Moved ${printable(known.name)} to the bin; --restore takes it out again.\n`);
        } else if (flags.restore) {
          await lists.restore(id, known.id);
          process.stdout.write(`${printable(known.name)} is out of the bin.\n`);
        } else if (flags.revert !== undefined) {
          const { version, length } = await lists.revert(id, known.id, flags.revert);
          process.stdout.write(
            version === known.version
              ? `${printable(known.name)} already matches version ${flags.revert}.\n`
              : `${printable(known.name)} has the ${length === 1 ? '1 song' : `${number(length)} songs`} of version ${flags.revert} again, as version ${version}.\n`,
          );
        } else if (flags.versions) {
          const versions = await lists.versions(id, known.id);
          print(flags, versions, () => versionsTable(versions));
        } else {
          const shown = await lists.version(id, known.id, flags.version);
          print(flags, shown, () => songsTable(known, shown));
        }
      }),
    );
}

function print({ json }: Flags, value: unknown, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text());
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

function listsTable(items: readonly SavedList[], empty: string): string {
  if (items.length === 0) return empty;
  const rows = items.map(({ id, name, length, version, updatedAt }) => [
    id,
    name,
    String(length),
    String(version),
    day(updatedAt),
  ]);
  return `${table(['id', 'name', 'songs', 'version', 'changed'], rows, { widths: [40, 50], right: [2, 3] })}\n`;
}

function versionsTable(versions: Awaited<ReturnType<ListStore['versions']>>): string {
  const rows = versions.map(({ version, at, length, recipe }) => [
    String(version),
    day(at),
    String(length),
    recipe?.model ?? '',
  ]);
  return `${table(['version', 'made', 'songs', 'model'], rows, { right: [0, 2] })}\n`;
}

function songsTable({ name }: SavedList, { version, songs }: ListVersion): string {
  const rows = songs.map(({ title, artists }, i) => [String(i + 1), title, artists.join(', ')]);
  return `${printable(name)}, version ${version}\n${table(['#', 'song', 'artist'], rows, { widths: [5, 60, 50], right: [0] })}\n`;
}

/** @throws SegueError NOT_FOUND, USAGE when several lists have the name */
async function findList(lists: ListStore, listener: string, text: string, removed: boolean): Promise<SavedList> {
  try {
    return await lists.get(listener, text);
  } catch (error) {
    if (!(error instanceof SegueError) || error.code !== 'NOT_FOUND') throw error;
  }
  const { items } = await lists.page(listener, { search: text, removed, limit: 1000 });
  const named = items.filter(({ name }) => name === text);
  if (named.length === 1) return named[0]!;
  throw new SegueError(named.length === 0 ? 'NOT_FOUND' : 'USAGE', {
    got: named.length === 0 ? `There is no list "${text}"` : `${named.length} lists are called "${text}"`,
    expected: "a list's id",
    remedy: 'See `segue listeners lists NAME`',
  });
}
