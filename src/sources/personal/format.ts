import type { PersonalRow } from './rows.ts';
import type { SamePlays } from './same-plays.ts';
import type { Tally } from './tally.ts';

/** What a file shows before it is read as a whole. */
export interface Glimpse {
  /** Path inside the folder or archive, with forward slashes. */
  readonly name: string;
  /** The first characters of the text, without a byte order mark. */
  readonly head: string;
}

/** What the formats of one import share. */
export interface Reading {
  /** Take plays of private sessions too; they are left out by default. */
  readonly incognito: boolean;
  readonly tally: Tally;
  readonly plays: SamePlays;
  /** Names of songs by an id that other files of the same export refer to. */
  readonly names: Map<string, { readonly title: string; readonly artists: readonly string[] }>;
  readonly signal?: AbortSignal;
  /** The most songs that a list may have, likes apart; none = any number. */
  readonly longestList?: number;
}

/** One format of personal exports. */
export interface PersonalFormat {
  readonly id: string;
  /** The service or program, for people and for event ids: the same plays in two of a service's formats are one. */
  readonly service: string;
  readonly title: string;
  /** Where a person gets such a file. */
  readonly obtain: string;
  /** Read after the others, because it refers to names in them. */
  readonly last?: boolean;
  /** Whether the content is of this format; the name only decides where contents look alike. */
  recognises(file: Glimpse): boolean;
  /** The rows, one by one or in batches. Unusable rows are counted by cause. @throws SegueError FILE_UNREADABLE, COLUMNS_MISSING */
  read(input: string, file: Glimpse, reading: Reading): AsyncIterable<PersonalRow | readonly PersonalRow[]>;
}
