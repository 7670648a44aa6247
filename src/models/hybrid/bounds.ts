/** Limits on the cost of an answer in a large library. */
export interface Bounds {
  /**
   * Most owners that vote by tracks, by works (songs with all their versions), by links, by artists, by the last seeds and by title: each kind
   * separately.
   */
  readonly voters: number;
  /** Most owners of similar titles whose artists are counted. */
  readonly titled: number;
  /** Tracks that stand in for seeds where a query has only a title: those that owners of similar titles hold most; 0 = none. */
  readonly titleSeeds: number;
  /** Most entries of an inverted index that are read per kind of neighbour, starting with the rarest seeds. */
  readonly entries: number;
  /** Most owners that are compared by genre, sampled evenly. */
  readonly byGenre: number;
  /** Voters that must hold a group for the low-rank base models to score it; 0 = every group of the catalogue is scored, held or not. */
  readonly leastHeld: number;
  /** Voters that must hold a group for it to get a row; a seed's group always gets one. Ignored where every group has a row. */
  readonly leastRowHeld: number;
  /** Answers of at most this many songs use the next two bounds: songs that few voters hold do not rank among the first. */
  readonly shortAnswer: number;
  readonly shortLeastHeld: number;
  readonly shortLeastRowHeld: number;
  /** Candidates that are described and ranked per song requested, best ranks first, and the least number of them. */
  readonly perSong: number;
  readonly leastRanked: number;
}

/** Everything counts: bounds that a library of up to 20,000 owners never reaches. */
export const UNBOUNDED: Bounds = {
  voters: 20_000,
  titled: 20_000,
  titleSeeds: 50,
  entries: Number.POSITIVE_INFINITY,
  byGenre: Number.POSITIVE_INFINITY,
  leastHeld: 0,
  leastRowHeld: 1,
  shortAnswer: 0,
  shortLeastHeld: 0,
  shortLeastRowHeld: 1,
  perSong: Number.POSITIVE_INFINITY,
  leastRanked: Number.POSITIVE_INFINITY,
};
/** For smaller libraries: no limits on evidence, and enough candidates are ranked that an answer of 500 loses nothing. */
const SMALL: Bounds = { ...UNBOUNDED, perSong: 4, leastRanked: 1000 };
/** For a library with more owners than `UNBOUNDED` lets vote. */
const BOUNDED: Bounds = {
  voters: 800,
  titled: 500,
  titleSeeds: 50,
  entries: 100_000,
  byGenre: 20_000,
  leastHeld: 3,
  leastRowHeld: 2,
  shortAnswer: 100,
  shortLeastHeld: 4,
  shortLeastRowHeld: 3,
  perSong: 2,
  leastRanked: 300,
};
/** Owners above which a song has so many holders that fewer voters, and only songs that more of them hold, carry as much information. */
const VERY_LARGE = 500_000;
const BOUNDED_MORE: Bounds = {
  ...BOUNDED,
  voters: 600,
  titled: 300,
  entries: 20_000,
  leastHeld: 5,
  leastRowHeld: 3,
  shortLeastHeld: 6,
  shortLeastRowHeld: 4,
  leastRanked: 150,
};

/**
 * Bounds for a library of this many owners, including those held out in training, so that the ranker learns from scores under the bounds that it will
 * rank under. They are saved with the model: a library that outgrows `UNBOUNDED` keeps its bounds until the next training.
 */
export function boundsFor(owners: number): Bounds {
  if (owners <= UNBOUNDED.voters) return SMALL;
  return owners <= VERY_LARGE ? BOUNDED : BOUNDED_MORE;
}

const NAMES = Object.keys(UNBOUNDED) as readonly (keyof Bounds)[];
/** Stands for "no bound", since JSON has no infinity. */
const NONE = 'none';

export const saveBounds = (bounds: Bounds): Record<string, number | string> =>
  Object.fromEntries(NAMES.map((name) => [name, Number.isFinite(bounds[name]) ? bounds[name] : NONE]));

/** @returns null when the value does not describe bounds */
export function loadBounds(saved: unknown): Bounds | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const values = NAMES.map((name): number => {
    // Not saved before version 12.
    const value: unknown = (saved as Record<string, unknown>)[name] ?? (name === 'titleSeeds' ? 0 : undefined);
    if (value === NONE) return Number.POSITIVE_INFINITY;
    return Number.isInteger(value) ? (value as number) : Number.NaN;
  });
  // Tables are sized by the number of voters.
  if (!values.every((value) => value >= 0) || !(values[NAMES.indexOf('voters')]! <= UNBOUNDED.voters)) return null;
  return Object.fromEntries(NAMES.map((name, i) => [name, values[i]!])) as unknown as Bounds;
}
