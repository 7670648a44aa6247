import type { Dataset } from '../dataset/dataset.ts';
import { type MeasureTable, type MeasureTableId, widthOf } from '../dataset/measure-tables.ts';

/** Deviations are clamped to this many standard deviations: a single outlier must not decide a cosine. */
const FARTHEST = 4;

/** One axis of a block before standardising. */
export interface Axis {
  /** Variance of the axis over the catalogue: its share of the cosine. */
  readonly weight: number;
  /** Index of the measure in a row of the table, or a function that computes the axis from the row. */
  readonly value: number | ((row: Float32Array) => number);
}

/** The axes of a block and where their values come from. */
export interface AxesOf {
  readonly table: MeasureTableId;
  readonly axes: readonly Axis[];
}

/** The saved statistics: mean and scale of every axis. JSON values. */
export interface StandardRecord {
  mean: number[];
  scale: number[];
}

/** Reads the axes of a table's rows. */
function axesReader(
  { axes }: AxesOf,
  { values }: MeasureTable,
  width: number,
): (row: number, out: Float64Array) => void {
  return (row, out) => {
    const measures = values.subarray(row * width, (row + 1) * width);
    for (let a = 0; a < axes.length; a++) {
      const { value } = axes[a]!;
      out[a] = typeof value === 'number' ? measures[value]! : value(measures);
    }
  };
}

/** Mean and scale of each axis over the rows of a catalogue; null when no track has a row. */
export function standardRecord(of: AxesOf, dataset: Dataset): StandardRecord | null {
  const table = dataset.tracks[of.table];
  if (!table) return null;
  const width = widthOf(of.table);
  const count = of.axes.length;
  const mean = new Array<number>(count).fill(0);
  const squares = new Float64Array(count);
  const known = new Int32Array(count);
  const axes = new Float64Array(count);
  const read = axesReader(of, table, width);
  for (let r = 0; r < table.values.length / width; r++) {
    read(r, axes);
    for (let a = 0; a < count; a++) {
      if (Number.isNaN(axes[a]!)) continue;
      const delta = axes[a]! - mean[a]!;
      mean[a]! += delta / ++known[a]!;
      squares[a]! += delta * (axes[a]! - mean[a]!);
    }
  }
  const scale = mean.map((value, a) => {
    const variance = known[a]! > 0 ? squares[a]! / known[a]! : 0;
    // float32 noise around a constant is no variance
    return variance > 1e-10 * (1 + value * value) ? 1 / Math.sqrt(variance) : 0;
  });
  return { mean, scale };
}

export function isStandardRecord({ axes }: AxesOf, value: unknown): value is StandardRecord {
  const { mean, scale } = (value ?? {}) as Partial<StandardRecord>;
  return [mean, scale].every(
    (list) => Array.isArray(list) && list.length === axes.length && list.every((n) => Number.isFinite(n)),
  );
}

/**
 * The tracks with measures, as rows of standardised and weighted axes; the plain cosine of two rows is their similarity. Missing measures are set to
 * the mean, 0.
 */
export class StandardRows {
  readonly record: StandardRecord;
  /** Floats per row. */
  readonly width: number;
  /** Sum of the variances of the axes that vary. */
  readonly variance: number;
  /** Row of each track, −1 without one. */
  readonly rowOf: Int32Array;
  /** rows × width */
  readonly rows: Float32Array;
  /** 1/length of each row, 0 for a row of zeros. */
  protected readonly inverse: Float32Array;

  /** @param record of the same axes */
  protected constructor(of: AxesOf, table: MeasureTable, record: StandardRecord) {
    const { axes } = of;
    const measures = widthOf(of.table);
    const count = table.values.length / measures;
    const width = axes.length;
    this.record = record;
    this.width = width;
    this.variance = axes.reduce((sum, { weight }, a) => sum + (record.scale[a]! > 0 ? weight : 0), 0);
    this.rowOf = table.row;
    this.rows = new Float32Array(count * width);
    this.inverse = new Float32Array(count);
    const values = new Float64Array(width);
    const read = axesReader(of, table, measures);
    for (let r = 0; r < count; r++) {
      read(r, values);
      let squared = 0;
      for (let a = 0; a < width; a++) {
        const z = (values[a]! - record.mean[a]!) * record.scale[a]!;
        const value = Number.isNaN(z) ? 0 : Math.max(-FARTHEST, Math.min(FARTHEST, z)) * Math.sqrt(axes[a]!.weight);
        this.rows[r * width + a] = value;
        squared += value * value;
      }
      this.inverse[r] = squared > 0 ? 1 / Math.sqrt(squared) : 0;
    }
  }

  knows(track: number): boolean {
    return this.rowOf[track]! >= 0;
  }

  /** The weighted mean of the seeds' directions as a unit vector; null when no seed has a row. */
  query(seeds: Int32Array, weights: Float32Array): Float32Array | null {
    const { width } = this;
    const sum = new Float64Array(width);
    for (let s = 0; s < seeds.length; s++) {
      const row = this.rowOf[seeds[s]!]!;
      if (row < 0) continue;
      const weight = weights[s]! * this.inverse[row]!;
      for (let a = 0; a < width; a++) sum[a]! += weight * this.rows[row * width + a]!;
    }
    const length = Math.hypot(...sum);
    return length > 1e-6 ? Float32Array.from(sum, (value) => value / length) : null;
  }

  /** Cosine of a unit vector and a track, NaN for a track without a row. */
  cosine(query: Float32Array, track: number): number {
    const row = this.rowOf[track]!;
    if (row < 0) return Number.NaN;
    const { width } = this;
    let dot = 0;
    for (let a = 0, at = row * width; a < width; a++, at++) dot += query[a]! * this.rows[at]!;
    return dot * this.inverse[row]!;
  }

  /** Cosine of two tracks; NaN when one has no row. */
  alike(a: number, b: number): number {
    const first = this.rowOf[a]!;
    return first < 0
      ? Number.NaN
      : this.cosine(this.rows.subarray(first * this.width, (first + 1) * this.width), b) * this.inverse[first]!;
  }
}
