import { SegueError } from '../errors.ts';
import { isUnknown, numberCell } from './cells.ts';
import { columnKey, columnsMissing } from './table.ts';

/** How a file of interactions is read. */
export interface InteractionLayout {
  kind: 'table';
  /** The first row is a header. */
  header: boolean;
  user: number;
  item: number;
  /** −1 = none. */
  weight: number;
  time: number;
  /** A later rating replaces an earlier one; counts add up. */
  rating: boolean;
  /** Stands before ids that have no scheme of their own: `<owners>:<user>`, `<items>:<item>`. */
  owners: string;
  items: string;
}

/** A user and items on each line. */
export interface ListLayout {
  kind: 'lists';
  owners: string;
  items: string;
}

/** Names of what the interactions are about, as HetRec's `artists.dat`. */
export interface NamesLayout {
  kind: 'names';
  id: number;
  name: number;
  items: string;
}

export type Layout = InteractionLayout | ListLayout | NamesLayout;
export type Options = Readonly<Record<string, string>>;

export const INTERACTION_OPTIONS = {
  user: 'name or number (from 1) of the user or playlist column',
  item: 'name or number of the track or item column',
  weight: 'name or number of the play count column; counts for the same user and item are added',
  rating: 'name or number of the rating column; the last rating for the same user and item counts',
  time: 'name or number of the time column: seconds or milliseconds since 1970, or a date',
  header: 'yes or no: whether the first row is a header (default: detected)',
  separator: 'column separator, e.g. ";" or "tab" (default: detected)',
  layout: 'table, or lists for lines of a user followed by items (default: detected)',
  namespace: 'prefix for ids, to keep data sets apart (default: interactions)',
} as const;

const NAMES = {
  user: ['user', 'userid', 'username', 'uid', 'owner', 'playlist', 'playlistid', 'pid', 'sessionid', 'listener'],
  item: [
    'item',
    'itemid',
    'iid',
    'track',
    'trackid',
    'trackuri',
    'uri',
    'song',
    'songid',
    'artistid',
    'artist',
    'movieid',
  ],
  weight: ['weight', 'count', 'plays', 'playcount', 'listencount', 'frequency', 'scrobbles'],
  rating: ['rating', 'score', 'stars'],
  time: ['timestamp', 'time', 'ts', 'date', 'unixtime', 'playedat', 'createdat'],
} as const;
type Role = keyof typeof NAMES;

/**
 * Finds the layout from the first rows and the options. @param rows up to some hundred first rows of the file
 * @throws SegueError COLUMNS_MISSING, USAGE
 */
export function findLayout(file: string, rows: readonly (readonly string[])[], options: Options): Layout {
  const namespace = options.namespace ?? 'interactions';
  const names = (rows[0] ?? []).map(columnKey);
  // HetRec Last.fm: its items are artists.
  if (names.includes('id') && names.includes('name') && names.includes('url') && !names.some((n) => roleOf(n)))
    return {
      kind: 'names',
      id: names.indexOf('id'),
      name: names.indexOf('name'),
      items: options.namespace ?? 'lastfm:artist',
    };
  if (options.layout !== undefined && options.layout !== 'table')
    throw usage('layout', options.layout, 'table or lists');
  const header = hasHeader(rows, names, options);
  const find = (role: Role): number => columnOf(file, rows[0] ?? [], names, role, header, options);
  const user = find('user');
  const item = find('item');
  let weight = find('weight');
  const rating = weight < 0 ? find('rating') : -1;
  let time = find('time');
  if (!header && !['user', 'item', 'weight', 'rating', 'time'].some((role) => role in options))
    ({ weight, time } = guessNumbers(rows));
  const places = [user, item];
  if (places.includes(-1) || user === item)
    throw columnsMissing(
      file,
      rows[0] ?? [],
      'a column of users and one of items; name them with --option user=… --option item=…',
    );
  const known = knownDataSet(rows, names);
  return {
    kind: 'table',
    header,
    user,
    item,
    weight: weight >= 0 ? weight : rating,
    time,
    rating: rating >= 0,
    owners: options.namespace ?? known?.owners ?? namespace,
    items: options.namespace ?? known?.items ?? namespace,
  };
}

/** True for lines of a user and its items: separated by spaces, of different lengths. */
export function areLists(lines: readonly string[], options: Options): boolean {
  if (options.layout !== undefined) {
    if (!['lists', 'table'].includes(options.layout)) throw usage('layout', options.layout, 'table or lists');
    return options.layout === 'lists';
  }
  if (options.separator !== undefined || ['user', 'item'].some((role) => role in options)) return false;
  if (lines.some((line) => /[,\t;|]/.test(line))) return false;
  const lengths = new Set(lines.map((line) => line.trim().split(/\s+/).length));
  return lengths.size > 1;
}

function knownDataSet(
  rows: readonly (readonly string[])[],
  names: readonly string[],
): { owners: string; items: string } | null {
  if (names[0] === 'userid' && names[1] === 'artistid') return { owners: 'lastfm', items: 'lastfm:artist' };
  const first = rows[0] ?? [];
  // Taste Profile: hashed users and the Million Song Dataset's song ids.
  if (/^[0-9a-f]{40}$/.test(first[0] ?? '') && /^SO[A-Z0-9]{16}$/.test(first[1] ?? ''))
    return { owners: 'msd', items: 'msd:song' };
  return null;
}

const roleOf = (name: string): Role | undefined =>
  (Object.keys(NAMES) as Role[]).find((role) => (NAMES[role] as readonly string[]).includes(name));

function hasHeader(rows: readonly (readonly string[])[], names: readonly string[], options: Options): boolean {
  if (options.header !== undefined) {
    if (!['yes', 'no'].includes(options.header)) throw usage('header', options.header, 'yes or no');
    return options.header === 'yes';
  }
  if (names.some((name) => roleOf(name) !== undefined)) return true;
  const chosen = Object.entries(options).filter(([role]) => role in NAMES);
  if (chosen.some(([, column]) => !/^\d+$/.test(column))) return true;
  // A column of numbers that starts with a word.
  const [first, second] = rows;
  return (
    first !== undefined && second !== undefined && first.some((cell, i) => !isNumber(cell) && isNumber(second[i] ?? ''))
  );
}

const isNumber = (cell: string): boolean => !isUnknown(cell) && !Number.isNaN(numberCell(cell));

function columnOf(
  file: string,
  first: readonly string[],
  names: readonly string[],
  role: Role,
  header: boolean,
  options: Options,
): number {
  const chosen = options[role];
  if (chosen !== undefined) {
    const column = /^\d+$/.test(chosen) ? Number(chosen) - 1 : names.indexOf(columnKey(chosen));
    if (column < 0 || column >= first.length) throw columnsMissing(file, first, `the column "${chosen}" as ${role}`);
    return column;
  }
  if (!header) return role === 'user' ? 0 : role === 'item' ? 1 : -1;
  for (const name of NAMES[role]) if (names.includes(name)) return names.indexOf(name);
  return -1;
}

/** Without a header a third column is a weight and a fourth a time; a third of times only (far beyond any count) is a time. */
function guessNumbers(rows: readonly (readonly string[])[]): { weight: number; time: number } {
  const width = Math.min(...rows.map((row) => row.length));
  const times = (column: number): boolean => rows.every((row) => timeOf(row[column]!) > 1e8);
  if (width === 3 && times(2)) return { weight: -1, time: 2 };
  return { weight: width > 2 ? 2 : -1, time: width > 3 && times(3) ? 3 : -1 };
}

/** Seconds since 1970, from seconds or milliseconds (distinguished by their size). */
export const secondsOf = (time: number): number => (time > 1e11 ? time / 1000 : time);

/** Seconds since 1970 of a cell: seconds, milliseconds or a date; NaN when it is none. */
export function timeOf(cell: string): number {
  const number = numberCell(cell);
  if (!Number.isNaN(number)) return secondsOf(number);
  const date = isUnknown(cell) ? Number.NaN : Date.parse(cell);
  return date / 1000;
}

function usage(option: string, got: string, expected: string): SegueError {
  return new SegueError('USAGE', { got: `The option ${option}=${got}`, expected });
}
