/**
 * Encodes a number on a scale (a year, a popularity) as a vector whose cosines mean "about the same": a one-hot bucket as in the original systems,
 * plus a smooth part of Gaussian bumps, which keeps close values similar across the edge of a bucket.
 */
export interface ScaleSettings {
  /** First and last value; values outside are clamped. */
  readonly min: number;
  readonly max: number;
  /** Width of a bucket. */
  readonly step: number;
  /** Standard deviation of the bumps, and their spacing. */
  readonly width: number;
  /** The bucket's share of the cosine, 0 = smooth only, 1 = bucket only. */
  readonly bucketShare: number;
}

export class ScaleEncoding {
  readonly settings: ScaleSettings;
  readonly dimension: number;
  private readonly buckets: number;
  /** Unit vector of each value min … max, row by row. */
  private readonly table: Float32Array;

  constructor(settings: ScaleSettings) {
    const { min, max, step, width, bucketShare } = settings;
    this.settings = settings;
    this.buckets = Math.floor((max - min) / step) + 1;
    // Bumps beyond both ends, so that values at the ends are encoded like those in the middle.
    const bumps = Math.ceil((max - min) / width) + 5;
    this.dimension = this.buckets + bumps;
    const values = max - min + 1;
    this.table = new Float32Array(values * this.dimension);
    const smooth = new Float64Array(bumps);
    for (let v = 0; v < values; v++) {
      const row = v * this.dimension;
      this.table[row + Math.floor(v / step)] = Math.sqrt(bucketShare);
      let squared = 0;
      for (let b = 0; b < bumps; b++) {
        const distance = (v - (b - 2) * width) / width;
        smooth[b] = Math.exp(-0.5 * distance * distance);
        squared += smooth[b]! * smooth[b]!;
      }
      const scale = Math.sqrt((1 - bucketShare) / squared);
      for (let b = 0; b < bumps; b++) this.table[row + this.buckets + b] = smooth[b]! * scale;
    }
  }

  /** Index of a value in tables over the scale. */
  position(value: number): number {
    const { min, max } = this.settings;
    return Math.max(min, Math.min(max, value)) - min;
  }

  /** query += weight · vector(value) */
  add(value: number, weight: number, query: Float64Array): void {
    const row = this.position(value) * this.dimension;
    for (let i = 0; i < this.dimension; i++) query[i]! += weight * this.table[row + i]!;
  }

  /** Cosine of every value of the scale to the query; zeros when the query is zero. */
  cosines(query: Float64Array): Float32Array {
    const values = this.table.length / this.dimension;
    const out = new Float32Array(values);
    let squared = 0;
    for (let i = 0; i < this.dimension; i++) squared += query[i]! * query[i]!;
    if (squared <= 0) return out;
    const scale = 1 / Math.sqrt(squared);
    for (let v = 0; v < values; v++) {
      let sum = 0;
      for (let i = 0; i < this.dimension; i++) sum += this.table[v * this.dimension + i]! * query[i]!;
      out[v] = sum * scale;
    }
    return out;
  }
}
