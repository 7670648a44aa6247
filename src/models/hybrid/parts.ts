/** The hybrid's retrievers, in the order of their columns in the table of scores. Owners vote for the first ten and for `spectral`; the others are computed. */
export const RETRIEVERS = [
  'tracks',
  'links',
  'artists',
  'title',
  'titleArtists',
  'blend',
  'genres',
  'recent',
  'works',
  'titleGenres',
  'spread',
  'spectral',
  'als',
  'alsTitle',
  'near',
  'named',
] as const;
export type Part = (typeof RETRIEVERS)[number];

/** Columns of the table of scores: one cache line a row, what the parts leave over is 0. */
export const STRIDE = 16;
export const LANE = Object.fromEntries(RETRIEVERS.map((part, lane) => [part, lane])) as Readonly<Record<Part, number>>;
