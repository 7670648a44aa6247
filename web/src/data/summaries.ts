import type { Points } from '../map/points.ts';

/** Counts for the charts, from the columns of the map. Pure. */

export interface Bin {
  from: number;
  to: number;
  count: number;
}

/** Equal bins over the known values; values outside fall into the end bins. */
export function histogram(
  values: ArrayLike<number>,
  known: (value: number) => boolean,
  from: number,
  to: number,
  bins: number,
): Bin[] {
  const width = (to - from) / bins;
  const out = Array.from(
    { length: bins },
    (_, i): Bin => ({ from: from + i * width, to: from + (i + 1) * width, count: 0 }),
  );
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!known(value)) continue;
    out[Math.min(bins - 1, Math.max(0, Math.floor((value - from) / width)))]!.count++;
  }
  return out;
}

/** Energy from the map's column as 0–1, NaN when unknown; the column is a float, or a byte with 255 for unknown. */
export function energies(points: Points): Float32Array {
  const column = points.columns.get('energy');
  if (!column) return new Float32Array(0);
  if (column instanceof Uint8Array) return Float32Array.from(column, (v) => (v === 255 ? Number.NaN : v / 254));
  return Float32Array.from(column);
}

export interface YearMean {
  year: number;
  mean: number;
  count: number;
}

/** Mean of a value by release year, for years with at least `least` songs. */
export function meanByYear(years: ArrayLike<number>, values: ArrayLike<number>, least = 5): YearMean[] {
  const sums = new Map<number, { sum: number; count: number }>();
  for (let i = 0; i < values.length; i++) {
    const year = years[i]!;
    const value = values[i]!;
    if (!(year > 0) || Number.isNaN(value)) continue;
    const entry = sums.get(year) ?? { sum: 0, count: 0 };
    entry.sum += value;
    entry.count++;
    sums.set(year, entry);
  }
  return [...sums]
    .filter(([, { count }]) => count >= least)
    .map(([year, { sum, count }]) => ({ year, mean: sum / count, count }))
    .sort((a, b) => a.year - b.year);
}
