import { AUDIO_FEATURES } from '../dataset/audio-features.ts';
import type { Dataset } from '../dataset/dataset.ts';
import type { HistogramBin } from './explore-types.ts';

/** One number per track, NaN where missing, and the bins of its histogram. */
export interface Column {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly meaning: string;
  readonly values: Float64Array;
  readonly from: number;
  readonly to: number;
  readonly bins: number;
}

/** Histogram ranges of features that are not 0 … 1. */
const CUTS: Readonly<Record<string, readonly [from: number, to: number, bins: number]>> = {
  key: [0, 12, 12],
  mode: [0, 2, 2],
  timeSignature: [3, 8, 5],
  loudness: [-40, 2, 42],
  tempo: [40, 220, 45],
};

/** The twelve features, duration, year and popularity. */
export function columnsOf(dataset: Dataset): Column[] {
  const { tracks } = dataset;
  const known = (values: ArrayLike<number>, scale = 1): Float64Array =>
    Float64Array.from(values, (value) => (value < 0 ? Number.NaN : value * scale));
  const features = AUDIO_FEATURES.map(({ id, unit, meaning }, f): Column => {
    const [from, to, bins] = CUTS[id] ?? [0, 1, 40];
    const values = Float64Array.from({ length: tracks.count }, (_, t) => dataset.feature(t, f));
    return { id, title: id === 'timeSignature' ? 'time signature' : id, unit, meaning, values, from, to, bins };
  });
  const year = known(tracks.year);
  const first = Math.floor(year.reduce((least, y) => (y < least ? y : least), 2000) / 10) * 10;
  return [
    ...features,
    {
      id: 'duration',
      title: 'duration',
      unit: 'minutes',
      meaning: 'length of the track',
      values: known(tracks.durationMs, 1 / 60_000),
      from: 0,
      to: 10,
      bins: 40,
    },
    {
      id: 'year',
      title: 'release year',
      unit: '',
      meaning: 'year of release',
      values: year,
      from: Math.max(1900, first),
      to: 2030,
      bins: Math.max(1, (2030 - Math.max(1900, first)) / 2),
    },
    {
      id: 'popularity',
      title: 'popularity',
      unit: 'of 100',
      meaning: 'popularity as the source states it',
      values: known(tracks.popularity),
      from: 0,
      to: 100,
      bins: 40,
    },
  ];
}

/** Histogram with equal bins; values outside count in the end bins, NaN nowhere. */
export function histogramOf(values: Float64Array, from: number, to: number, bins: number): HistogramBin[] {
  const width = (to - from) / bins;
  const out = Array.from({ length: bins }, (_, i) => ({
    from: from + i * width,
    to: from + (i + 1) * width,
    count: 0,
  }));
  for (const value of values)
    if (!Number.isNaN(value)) out[Math.max(0, Math.min(bins - 1, Math.floor((value - from) / width)))]!.count++;
  return out;
}

export interface Summary {
  known: number;
  /** null when nothing is known. */
  mean: number | null;
  median: number | null;
  deviation: number | null;
}

export function summaryOf(values: Float64Array): Summary {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return { known: 0, mean: null, median: null, deviation: null };
  let sum = 0;
  for (const value of known) sum += value;
  const mean = sum / known.length;
  let squares = 0;
  for (const value of known) squares += (value - mean) ** 2;
  return { known: known.length, mean, median: known[known.length >> 1]!, deviation: Math.sqrt(squares / known.length) };
}

/** Pearson's correlations over the tracks that have both values; key is left out, since it is not a scale. */
export function correlationsOf(columns: readonly Column[]): { names: string[]; values: (number | null)[] } {
  const scales = columns.filter(({ id }) => id !== 'key');
  const k = scales.length;
  const values = new Array<number | null>(k * k).fill(null);
  for (let a = 0; a < k; a++)
    for (let b = a; b < k; b++) {
      const r = a === b ? 1 : correlation(scales[a]!.values, scales[b]!.values);
      values[a * k + b] = r;
      values[b * k + a] = r;
    }
  return { names: scales.map(({ title }) => title), values };
}

export function correlation(x: Float64Array, y: Float64Array): number | null {
  let n = 0;
  let meanX = 0;
  let meanY = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let t = 0; t < x.length; t++) {
    const a = x[t]!;
    const b = y[t]!;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    n++;
    const dx = a - meanX;
    const dy = b - meanY;
    meanX += dx / n;
    meanY += dy / n;
    xx += dx * (a - meanX);
    yy += dy * (b - meanY);
    xy += dx * (b - meanY);
  }
  return n >= 3 && xx > 0 && yy > 0 ? Math.round((xy / Math.sqrt(xx * yy)) * 1000) / 1000 : null;
}

export function meansByYear(
  columns: readonly Column[],
  years: Int16Array,
  least: number,
): { year: number; tracks: number; means: Record<string, number | null> }[] {
  const tracks = new Map<number, number>();
  for (const year of years) if (year >= 0) tracks.set(year, (tracks.get(year) ?? 0) + 1);
  const shown = [...tracks].filter(([, count]) => count >= least).sort((a, b) => a[0] - b[0]);
  const scales = columns.filter(({ id }) => id !== 'key' && id !== 'year');
  const sums = new Map(
    shown.map(([year]) => [year, { sum: new Float64Array(scales.length), known: new Int32Array(scales.length) }]),
  );
  for (let t = 0; t < years.length; t++) {
    const entry = sums.get(years[t]!);
    if (!entry) continue;
    scales.forEach(({ values }, c) => {
      if (Number.isNaN(values[t]!)) return;
      entry.sum[c]! += values[t]!;
      entry.known[c]!++;
    });
  }
  return shown.map(([year, count]) => {
    const { sum, known } = sums.get(year)!;
    const means: Record<string, number | null> = {};
    scales.forEach(({ id }, c) => {
      means[id] = known[c]! > 0 ? sum[c]! / known[c]! : null;
    });
    return { year, tracks: count, means };
  });
}
