import type { Explore } from '../api/types.ts';

/** Version of the exploration data that these charts support; a server of another release may send another. */
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
