import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { columnsOf, correlation, meansByYear } from '../../src/explore/explore-statistics.ts';

/** Years with fewer songs are left out, as their means fluctuate. */
const LEAST = 100;
/** Columns of the published table, and our value of one of its units. */
const PUBLISHED: readonly (readonly [id: string, column: string, unit: number])[] = [
  ['loudness', 'loudness', 1],
  ['speechiness', 'speechiness', 1],
  ['valence', 'valence', 1],
  ['acousticness', 'acousticness', 1],
  ['danceability', 'danceability', 1],
  ['energy', 'energy', 1],
  ['tempo', 'tempo', 1],
  ['duration', 'duration_ms', 1 / 60_000],
  ['instrumentalness', 'instrumentalness', 1],
  ['liveness', 'liveness', 1],
  ['popularity', 'popularity', 1],
];

/** A feature's yearly means in two collections. */
export interface YearFigures {
  readonly id: string;
  readonly years: number;
  readonly r: number;
  readonly mean: number;
  readonly published: number;
  /** The year with the largest difference, and both means. */
  readonly gap: { readonly year: number; readonly mean: number; readonly published: number };
}

/** Compares the library's means by year with published ones. @param file CSV with a column `year` and one per feature */
export async function compareYears(dataset: Dataset, file: string): Promise<YearFigures[]> {
  const rows = parse(await readFile(file, 'utf8'), { columns: true }) as Record<string, string>[];
  const published = new Map(rows.map((row) => [Number(row.year), row]));
  const years = meansByYear(columnsOf(dataset), dataset.tracks.year, LEAST);
  return PUBLISHED.flatMap(([id, column, unit]): YearFigures[] => {
    const pairs = years.flatMap(({ year, means }) => {
      const other = Number(published.get(year)?.[column] ?? Number.NaN) * unit;
      const own = means[id];
      return own == null || Number.isNaN(other) ? [] : [{ year, mean: own, published: other }];
    });
    const ours = Float64Array.from(pairs, (pair) => pair.mean);
    const theirs = Float64Array.from(pairs, (pair) => pair.published);
    const r = correlation(ours, theirs);
    if (r === null) return [];
    const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value) / values.length;
    const apart = (pair: (typeof pairs)[number]): number => Math.abs(pair.mean - pair.published);
    const gap = pairs.reduce((widest, pair) => (apart(pair) > apart(widest) ? pair : widest));
    return [{ id, years: pairs.length, r, mean: mean(ours), published: mean(theirs), gap }];
  });
}
