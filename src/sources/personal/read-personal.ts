import { basename } from 'node:path';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import { inputName } from '../input.ts';
import { type Candidate, glimpse, personalFiles } from './files.ts';
import type { Glimpse, PersonalFormat, Reading } from './format.ts';
import { formatOf, PERSONAL_FORMATS } from './registry.ts';
import type { PersonalRow } from './rows.ts';
import { SamePlays } from './same-plays.ts';
import type { SongNumbers } from './song-numbers.ts';
import { Tally } from './tally.ts';

/** A file of a known format. */
export interface Recognised {
  readonly candidate: Candidate;
  readonly glimpse: Glimpse;
  readonly format: PersonalFormat;
}

export interface Found {
  /** In the order of reading: those that refer to others last. */
  readonly files: readonly Recognised[];
  /** Files that are of no known format: names for people. */
  readonly aside: readonly string[];
}

/** A row with where it is from. */
export interface FromFile {
  readonly row: PersonalRow;
  readonly file: Recognised;
}

/**
 * What the paths hold, by content: files, folders and zip archives.
 * @throws SegueError FILE_UNREADABLE for an archive or file that cannot be opened, a named file of no known format, or when nothing is known
 */
export async function recognise(paths: readonly string[], signal?: AbortSignal): Promise<Found> {
  const files: Recognised[] = [];
  const aside: string[] = [];
  let page: Candidate | null = null;
  for (const candidate of await personalFiles(paths)) {
    throwIfCancelled(signal, 'the import');
    const beginning = await glimpse(candidate);
    const format = beginning && formatOf(beginning);
    if (beginning && format) {
      files.push({ candidate, glimpse: beginning, format });
      continue;
    }
    if (candidate.named) throw foreign(candidate, beginning);
    if (beginning && isPage(beginning)) page ??= candidate;
    aside.push(inputName(candidate.input));
  }
  if (files.length === 0) {
    if (page) throw foreign(page, { name: page.name, head: '<html' });
    throw new SegueError('FILE_UNREADABLE', {
      got: `${paths.map((path) => basename(path)).join(', ')} contains no personal export in a known format`,
      expected: `one of: ${services()}`,
      remedy: 'Check that this is the export itself',
    });
  }
  files.sort((a, b) => Number(a.format.last ?? false) - Number(b.format.last ?? false));
  return { files, aside };
}

/** Rows of one file. */
export interface RowsFromFile {
  readonly rows: readonly PersonalRow[];
  readonly file: Recognised;
}

export interface ReadPersonalOptions {
  /** Take plays of private sessions too. Default false. */
  readonly incognito?: boolean;
  readonly tally?: Tally;
  readonly signal?: AbortSignal;
  /** Refuses longer lists, except likes; where the file announces a list before its songs, without reading the rest. Default: no limit. */
  readonly longestList?: number;
  /** Numbers the songs, including those of plays that are left out. Default: a new numbering. */
  readonly songs?: SongNumbers;
  readonly onFile?: (done: number, total: number, name: string) => void;
}

/** The rows of recognised files, streamed. Repeated plays are left out across all of them. @throws SegueError FILE_UNREADABLE, COLUMNS_MISSING, CANCELLED */
export async function* readPersonal(
  files: readonly Recognised[],
  options: ReadPersonalOptions = {},
): AsyncGenerator<FromFile> {
  for await (const { rows, file } of readPersonalTogether(files, options)) for (const row of rows) yield { row, file };
}

/** The same in batches as each format returns them: awaiting each row takes longer than reading it. @throws SegueError FILE_UNREADABLE, COLUMNS_MISSING, CANCELLED */
export async function* readPersonalTogether(
  files: readonly Recognised[],
  { incognito = false, tally = new Tally(), signal, longestList, songs, onFile }: ReadPersonalOptions = {},
): AsyncGenerator<RowsFromFile> {
  const reading: Reading = { incognito, tally, plays: new SamePlays(songs), names: new Map(), signal, longestList };
  for (const [i, file] of files.entries()) {
    onFile?.(i, files.length, inputName(file.candidate.input));
    for await (const rows of together(file.format.read(file.candidate.input, file.glimpse, reading))) {
      throwIfCancelled(signal, 'the import');
      yield { rows, file };
    }
    throwIfCancelled(signal, 'the import');
  }
  onFile?.(files.length, files.length, '');
}

/** Rows that are handed over together where they come one by one. */
const TOGETHER = 256;

async function* together(
  rows: AsyncIterable<PersonalRow | readonly PersonalRow[]>,
): AsyncGenerator<readonly PersonalRow[]> {
  let open: PersonalRow[] = [];
  for await (const some of rows) {
    if ('kind' in some) open.push(some);
    if (open.length < TOGETHER && 'kind' in some) continue;
    if (open.length > 0) yield open;
    open = [];
    if (!('kind' in some)) yield some;
  }
  if (open.length > 0) yield open;
}

const isPage = (file: Glimpse): boolean => /^\s*<(?:!doctype html|html)/i.test(file.head);

const services = (): string => [...new Set(PERSONAL_FORMATS.map((format) => format.title))].join('; ');

/** Why a file cannot be imported, by its contents. */
function foreign(candidate: Candidate, file: Glimpse | null): SegueError {
  const name = inputName(candidate.input);
  if (file && isPage(file))
    return new SegueError('FILE_UNREADABLE', {
      got: `${name} is a web page, perhaps a sign-in page saved instead of the export`,
      remedy: 'Download the export again while signed in',
    });
  return new SegueError('FILE_UNREADABLE', {
    got: file ? `${name} is not a personal export in a known format` : `${name} is empty or not text`,
    expected: `one of: ${services()}`,
  });
}
