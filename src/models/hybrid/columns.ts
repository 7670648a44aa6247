import { RETRIEVERS, type Retriever } from './retrievers.ts';

/** Retrievers whose scores are also summed by artist. */
export const BY_ARTIST = ['tracks', 'artists', 'title', 'blend', 'spectral', 'als', 'near', 'alsTitle'] as const;
/** Retrievers whose scores are also given relative to their 100th best. */
export const ABOVE = ['blend', 'spectral', 'als', 'near', 'alsTitle'] as const;

/** What a group's owners have in common with the query. These columns are adjacent, so that they can be copied for the group's next track. */
export const NEIGHBOUR_COLUMNS = [
  'largest overlap',
  'mean overlap',
  'share of owners with overlap',
  'mean similarity of owners',
  'largest similarity of owners',
  'mean title similarity of owners',
  'largest title similarity of owners',
  'mean blend of owners',
  'largest blend of owners',
  'share of owners with last seed',
  'share of seeds linked',
  'strongest link',
  'mean link',
] as const;

const SINGLE = [
  'popularity',
  'artist popularity',
  'share of artist',
  'listed popularity of artist',
  'seeds',
  'ordered',
  'title given',
  'artists per seed',
  'popularity of seeds',
  'popularity above seeds',
  'share of seeds by artist',
  'seeds by artist',
  'song is a seed',
  'artist of last seeds',
  ...NEIGHBOUR_COLUMNS,
  'artist in title',
  'title names artist',
  'title names genre',
  'title in name',
  'title in artist',
  'genre cosine',
  'best title similarity',
  'equal titles',
  'best similarity',
  'owners with two seeds',
  'rank in artist',
  'best blend',
  'share of song',
  'work popularity',
  'share of work',
] as const;

/** Columns for tracks whose files were analysed; missing everywhere when none was. */
const OF_FILES = ['sound cosine', 'embedding cosine'] as const;

/** Columns that distinguish songs that nobody holds; 0 everywhere in libraries where these are not candidates. */
const OF_COLD = ['listed popularity', 'content fit', 'cold songs of artist'] as const;

export type Column =
  | `${Retriever} ${'score' | 'rank'}`
  | `artist by ${(typeof BY_ARTIST)[number]}`
  | `${(typeof ABOVE)[number]} above the 100th`
  | (typeof SINGLE)[number]
  | (typeof OF_FILES)[number]
  | (typeof OF_COLD)[number];

/**
 * The ranker's features of a candidate. Scores are relative to the query's best, so that they mean the same in libraries of any size. A trained
 * ranker is saved with these names and is refused when they differ in any way, order included.
 */
export const COLUMNS: readonly Column[] = [
  ...RETRIEVERS.flatMap((retriever): Column[] => [`${retriever} score`, `${retriever} rank`]),
  ...BY_ARTIST.map((retriever): Column => `artist by ${retriever}`),
  ...ABOVE.map((retriever): Column => `${retriever} above the 100th`),
  ...SINGLE,
  ...OF_FILES,
  ...OF_COLD,
];

/** Number of leading columns in rankers saved before files were analysed, and before cold songs were candidates. */
export const FORMER_COLUMNS: readonly number[] = [
  COLUMNS.length - OF_COLD.length - OF_FILES.length,
  COLUMNS.length - OF_COLD.length,
];

/** Index of each column in a candidate's row. */
export const AT = Object.fromEntries(COLUMNS.map((name, c) => [name, c])) as Readonly<Record<Column, number>>;
