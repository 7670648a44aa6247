import { SegueError } from '../../errors.ts';
import { parallel } from '../pool.ts';
import { addressOf, Region } from './memory.ts';

/** Rows summed as one block; a fixed size, so that sums do not depend on the number of threads. */
const BLOCK = 4096;
/** Half the distance between 1 and the next float32. */
const ROUNDING = 2 ** -24;

export interface Assignment {
  /** Number of the nearest centroid per row; ties go to the lower number. A view, overwritten by the next call. */
  nearest: Int32Array;
  /** Sum of the rows of each centroid, k × d. */
  sums: Float64Array;
  /** Number of rows of each centroid. */
  counts: Int32Array;
  /** Sum of all squared distances, from the sums: Σ‖x‖² − 2 Σ c·Σx + Σ n‖c‖². */
  inertia: number;
}

/**
 * The assignment step of k-means for a fixed table. Call `free` when done.
 * Between calls, each row keeps an upper bound on the distance to its own centroid and a lower bound on that to any other (Hamerly, Making k-means
 * even faster, 2010); only rows whose bounds cross are compared with all centroids. The result is bitwise equal to comparing all.
 */
export class NearestCentroids {
  readonly count: number;
  readonly dimension: number;
  private readonly stride: number;
  private readonly blocks: number;
  private readonly region = new Region();
  private readonly table: Float32Array;
  private readonly nearest: Int32Array;
  private readonly upper: Float32Array;
  private readonly lower: Float32Array;
  private readonly rowNorms: Float32Array;
  private readonly queue: Int32Array;
  private readonly squares: Float64Array;
  /** State that depends on k: per-block sums and counts, and the centroids that the bounds refer to. */
  private state: State | null = null;

  /** @param data count × dimension, row by row; copied */
  constructor(data: Float32Array, count: number, dimension: number) {
    if (data.length !== count * dimension)
      throw new SegueError('INTERNAL', { got: `${data.length} numbers`, expected: `${count} × ${dimension}` });
    this.count = count;
    this.dimension = dimension;
    this.stride = Math.max(4, Math.ceil(dimension / 4) * 4);
    this.blocks = Math.ceil(count / BLOCK);
    const { region, stride } = this;
    this.table = region.float32(count * stride);
    if (stride === dimension) this.table.set(data);
    else for (let r = 0; r < count; r++) this.table.set(data.subarray(r * dimension, (r + 1) * dimension), r * stride);
    const padded = Math.ceil(count / 4) * 4;
    this.nearest = region.int32(padded);
    this.upper = region.float32(padded);
    this.lower = region.float32(padded);
    this.rowNorms = region.float32(padded);
    this.queue = region.int32(padded);
    this.squares = region.float64(this.blocks);
  }

  /** @param centroids k × dimension, k ≥ 1 */
  assign(centroids: Float32Array, k: number): Assignment {
    const { count, dimension, stride, blocks } = this;
    const first = this.state?.k !== k;
    if (first) {
      this.forget();
      this.state = newState(k, stride, blocks);
    }
    const state = this.state!;
    if (!first) measureMoves(state, centroids, dimension, stride);
    const largest = placeCentroids(state, centroids, dimension, stride);
    parallel('assignBlocks', blocks, 1, [
      addressOf(this.table),
      count,
      stride,
      BLOCK,
      first ? 1 : 0,
      addressOf(state.transposed),
      addressOf(state.norms),
      k,
      state.norms.length,
      addressOf(state.moves),
      // Each of the d products and sums of a score is rounded once or twice, its norms once.
      2 * (stride + 4) * ROUNDING,
      largest,
      addressOf(this.nearest),
      addressOf(this.upper),
      addressOf(this.lower),
      addressOf(this.rowNorms),
      addressOf(this.queue),
      addressOf(state.sums),
      addressOf(state.counts),
      addressOf(this.squares),
    ]);
    return { nearest: this.nearest.subarray(0, count), ...this.total(state, centroids) };
  }

  /** Squared Euclidean distance of each row to its centroid from the last `assign`, and their sum. */
  distances(): { distances: Float32Array; inertia: number } {
    const { count, stride, blocks, state } = this;
    if (!state) throw new SegueError('INTERNAL', { got: 'distances before the first assignment' });
    const region = new Region();
    try {
      const distances = region.float32(count);
      const inertias = region.float64(blocks);
      parallel('ownDistances', blocks, 1, [
        addressOf(this.table),
        count,
        stride,
        BLOCK,
        addressOf(state.centroids),
        addressOf(this.nearest),
        addressOf(distances),
        addressOf(inertias),
      ]);
      return { distances: distances.slice(), inertia: inertias.reduce((sum, value) => sum + value, 0) };
    } finally {
      region.free();
    }
  }

  /** Discards the bounds: the next assignment compares all rows, as if started anew. */
  forget(): void {
    this.state?.region.free();
    this.state = null;
  }

  free(): void {
    this.forget();
    this.region.free();
  }

  private total({ k, sums: ofBlocks, counts: inBlocks }: State, centroids: Float32Array): Omit<Assignment, 'nearest'> {
    const { dimension, stride, blocks } = this;
    const sums = new Float64Array(k * dimension);
    const counts = new Int32Array(k);
    let inertia = 0;
    for (let b = 0; b < blocks; b++) {
      inertia += this.squares[b]!;
      for (let c = 0; c < k; c++) {
        counts[c]! += inBlocks[b * k + c]!;
        for (let j = 0; j < dimension; j++) sums[c * dimension + j]! += ofBlocks[(b * k + c) * stride + j]!;
      }
    }
    for (let i = 0; i < k * dimension; i++) {
      const n = counts[Math.floor(i / dimension)]!;
      inertia += centroids[i]! * (n * centroids[i]! - 2 * sums[i]!);
    }
    return { sums, counts, inertia: Math.max(0, inertia) };
  }
}

interface State {
  readonly k: number;
  readonly region: Region;
  readonly sums: Float64Array;
  readonly counts: Int32Array;
  readonly centroids: Float32Array;
  readonly transposed: Float32Array;
  readonly norms: Float32Array;
  readonly moves: Float32Array;
}

function newState(k: number, stride: number, blocks: number): State {
  const region = new Region();
  const padded = Math.ceil(k / 4) * 4;
  return {
    k,
    region,
    sums: region.float64(blocks * k * stride),
    counts: region.int32(blocks * k),
    centroids: region.float32(k * stride),
    transposed: region.float32(stride * padded),
    norms: region.float32(padded).fill(Number.POSITIVE_INFINITY),
    moves: region.float32(k * 4),
  };
}

/** Writes the centroids in both layouts, and their norms. Returns the largest norm. */
function placeCentroids(state: State, centroids: Float32Array, dimension: number, stride: number): number {
  const padded = state.norms.length;
  let largest = 0;
  for (let c = 0; c < state.k; c++) {
    let norm = 0;
    for (let j = 0; j < dimension; j++) {
      const x = centroids[c * dimension + j]!;
      state.centroids[c * stride + j] = x;
      state.transposed[j * padded + c] = x;
      norm += x * x;
    }
    state.norms[c] = norm;
    largest = Math.max(largest, norm);
  }
  return largest;
}

/**
 * For each centroid: how far it moved, how far any other moved at most, and its distance to the nearest other one. Rounded so that bounds stay valid.
 */
function measureMoves(state: State, centroids: Float32Array, dimension: number, stride: number): void {
  const { k, moves } = state;
  const distance = (a: Float32Array, atA: number, b: Float32Array, atB: number): number => {
    let squared = 0;
    for (let j = 0; j < dimension; j++) squared += (a[atA + j]! - b[atB + j]!) ** 2;
    return Math.sqrt(squared);
  };
  const nearestOther = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  let most = 0;
  let second = 0;
  let mover = -1;
  for (let c = 0; c < k; c++) {
    const move = distance(centroids, c * dimension, state.centroids, c * stride) * (1 + 8 * ROUNDING);
    moves[c * 4] = move;
    if (move > most) {
      second = most;
      most = move;
      mover = c;
    } else if (move > second) second = move;
    for (let other = 0; other < c; other++) {
      const apart = distance(centroids, c * dimension, centroids, other * dimension) * (1 - 8 * ROUNDING);
      nearestOther[c] = Math.min(nearestOther[c]!, apart);
      nearestOther[other] = Math.min(nearestOther[other]!, apart);
    }
  }
  for (let c = 0; c < k; c++) {
    moves[c * 4 + 1] = c === mover ? second : most;
    moves[c * 4 + 2] = nearestOther[c]!;
  }
}
