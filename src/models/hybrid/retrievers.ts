/**
 * The hybrid's retrievers, in the order of their columns in the table of scores. The first ten and `spectral` are filled by owners' votes; the others
 * are computed.
 */
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
export type Retriever = (typeof RETRIEVERS)[number];

/** Floats in a row of the table of scores: one cache line. SLOT gives each retriever's index in it; unused places are 0. */
export const STRIDE = 16;
export const SLOT = Object.fromEntries(RETRIEVERS.map((retriever, slot) => [retriever, slot])) as Readonly<
  Record<Retriever, number>
>;
