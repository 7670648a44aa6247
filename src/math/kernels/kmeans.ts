import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { addressOf, Region } from './memory.ts';

/** Rows whose sums are formed together; fixed, so that sums do not depend on the number of threads. */
const BLOCK = 4096;

export interface Assignment {
  /** Number of the nearest centroid per row; ties go to the lower number. A view, overwritten by the next call. */
  nearest: Int32Array;
  /** Squared Euclidean distance to it per row. A view, overwritten by the next call. */
  distances: Float32Array;
  /** Sum of the rows of each centroid, k × d. */
  sums: Float64Array;
  /** Number of rows of each centroid. */
  counts: Int32Array;
  /** Sum of all distances. */
  inertia: number;
}

/** The assignment step of k-means for a fixed table. Call `free` when done. */
export class NearestCentroids {
  readonly count: number;
  readonly dimension: number;
  private readonly stride: number;
  private readonly region = new Region();
  private readonly table: Float32Array;
  private readonly nearest: Int32Array;
  private readonly distances: Float32Array;

  /** @param data count × dimension, row by row; copied */
  constructor(data: Float32Array, count: number, dimension: number) {
    if (data.length !== count * dimension)
      throw new SegueError('INTERNAL', { got: `${data.length} numbers`, expected: `${count} × ${dimension}` });
    this.count = count;
    this.dimension = dimension;
    this.stride = Math.max(4, Math.ceil(dimension / 4) * 4);
    this.table = this.region.float32(count * this.stride);
    if (this.stride === dimension) this.table.set(data);
    else
      for (let r = 0; r < count; r++)
        this.table.set(data.subarray(r * dimension, (r + 1) * dimension), r * this.stride);
    this.nearest = this.region.int32(count);
    this.distances = this.region.float32(count);
  }

  /** @param centroids k × dimension, k ≥ 1 */
  assign(centroids: Float32Array, k: number): Assignment {
    const { count, dimension, stride, nearest, distances } = this;
    const padded = Math.ceil(k / 8) * 8;
    const blocks = Math.ceil(count / BLOCK);
    const sums = new Float64Array(k * dimension);
    const counts = new Int32Array(k);
    let inertia = 0;
    const region = new Region();
    try {
      const transposed = region.float32(stride * padded);
      const norms = region.float32(padded).fill(Number.POSITIVE_INFINITY);
      for (let c = 0; c < k; c++) {
        let norm = 0;
        for (let j = 0; j < dimension; j++) {
          const x = centroids[c * dimension + j]!;
          transposed[j * padded + c] = x;
          norm += x * x;
        }
        norms[c] = norm;
      }
      const blockSums = region.float64(blocks * k * stride);
      const blockCounts = region.int32(blocks * k);
      const inertias = region.float64(blocks);
      parallel('assignBlocks', blocks, 1, [
        addressOf(this.table),
        count,
        stride,
        BLOCK,
        addressOf(transposed),
        addressOf(norms),
        k,
        padded,
        addressOf(nearest),
        addressOf(distances),
        addressOf(blockSums),
        addressOf(blockCounts),
        addressOf(inertias),
      ]);
      for (let b = 0; b < blocks; b++) {
        inertia += inertias[b]!;
        for (let c = 0; c < k; c++) {
          counts[c]! += blockCounts[b * k + c]!;
          for (let j = 0; j < dimension; j++) sums[c * dimension + j]! += blockSums[(b * k + c) * stride + j]!;
        }
      }
    } finally {
      region.free();
    }
    return { nearest, distances, sums, counts, inertia };
  }

  free(): void {
    this.region.free();
  }
}
