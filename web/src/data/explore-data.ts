/** The exploration data as the page reads it: the parts it draws, checked. */

export interface Bin {
  from: number;
  to: number;
  count: number;
}

export interface Explore {
  gaps: { what: string; known: number; of: number }[];
  features: {
    id: string;
    title: string;
    unit: string;
    meaning: string;
    known: number;
    median: number | null;
    bins: Bin[];
  }[];
  correlations: { names: string[]; values: (number | null)[] };
  byYear: { year: number; tracks: number; means: Record<string, number | null> }[];
  byGenre: { genre: string; tracks: number; means: Record<string, number | null> }[];
  popularity: {
    curve: { rank: number; owners: number }[];
    gini: number;
    topShare: number;
    unheld: number;
    once: number;
  };
  lengths: Bin[];
}

const VERSION = 1;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** null when the value is not exploration data of this version. */
export function readExplore(value: unknown): Explore | null {
  if (!isRecord(value) || value.version !== VERSION) return null;
  const lists = [value.gaps, value.features, value.byYear, value.byGenre, value.lengths];
  if (!lists.every(Array.isArray) || !isRecord(value.correlations) || !isRecord(value.popularity)) return null;
  if (
    !Array.isArray(value.correlations.names) ||
    !Array.isArray(value.correlations.values) ||
    !Array.isArray(value.popularity.curve)
  )
    return null;
  return value as unknown as Explore;
}

export interface Cell {
  row: string;
  column: string;
  value: number | null;
}

/** A matrix as cells for a chart. */
export function cellsOf(names: readonly string[], values: readonly (number | null)[]): Cell[] {
  return names.flatMap((row, r) =>
    names.map((column, c) => ({ row, column, value: values[r * names.length + c] ?? null })),
  );
}

/** Means by genre as cells, features in the order given. */
export function genreCells(genres: Explore['byGenre'], features: readonly { id: string; title: string }[]): Cell[] {
  return genres.flatMap(({ genre, means }) =>
    features.map(({ id, title }) => ({ row: genre, column: title, value: means[id] ?? null })),
  );
}
