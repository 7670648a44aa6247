import { gemm } from './kernels/gemm.ts';
import { Region } from './kernels/memory.ts';
import { kMeans } from './kmeans.ts';
import type { Rng } from './rng.ts';
import { gatherRows } from './rows.ts';
import { TopK } from './topk.ts';

/** The k nearest other rows of each row, nearest first; −1 where there are fewer. */
export interface NeighbourGraph {
  readonly k: number;
  /** count × k */
  readonly neighbours: Int32Array;
  /** count × k squared distances. */
  readonly distances: Float32Array;
}

/** Below this many rows all pairs are compared. */
const EXACT = 4000;
/** Cells searched for each row: its own and those with the centroids nearest to its own cell's. */
const PROBES = 4;
/** Products held in memory at a time: 4 MB. */
const PRODUCTS = 2 ** 20;

/**
 * k nearest neighbours by Euclidean distance: exact for few rows, else through an inverted file (rows grouped by k-means into √n cells, and
 * each row compared with those of a few near cells), which finds most of them in O(n·√n·d). Rows are compared by float32 matrix products; the
 * distances of the neighbours kept are then computed exactly.
 * @param onProgress called with the fraction done; may throw to stop
 */
export function neighbourGraph(
  data: Float32Array,
  d: number,
  k: number,
  rng: Rng,
  onProgress: (fraction: number) => void = () => {},
): NeighbourGraph {
  const count = data.length / d;
  const graph: NeighbourGraph = {
    k,
    neighbours: new Int32Array(count * k).fill(-1),
    distances: new Float32Array(count * k).fill(Number.POSITIVE_INFINITY),
  };
  const cells = count <= EXACT ? [Int32Array.from({ length: count }, (_, r) => r)] : group(data, d, count, rng);
  const near = cells.length === 1 ? [[0]] : nearCells(data, d, cells);
  for (let c = 0; c < cells.length; c++) {
    compare(
      data,
      d,
      cells[c]!,
      near[c]!.map((cell) => cells[cell]!),
      graph,
    );
    onProgress((c + 1) / cells.length);
  }
  return graph;
}

/** Finds the neighbours of the rows within some cells and writes them to `graph`. */
function compare(
  data: Float32Array,
  d: number,
  rows: Int32Array,
  cells: readonly Int32Array[],
  { k, neighbours, distances }: NeighbourGraph,
): void {
  const others = Int32Array.from(cells.flatMap((cell) => [...cell]));
  const n = others.length;
  const at = Math.max(1, Math.min(rows.length, Math.floor(PRODUCTS / n)));
  const top = new TopK(k);
  const region = new Region();
  try {
    const all = region.place(gatherRows(data, d, others));
    const some = region.float32(at * d);
    const products = region.float32(at * n);
    const norms = Float32Array.from(others, (_, i) => squaredDistance(all, i * d, null, 0, d));
    for (let from = 0; from < rows.length; from += at) {
      const chunk = rows.subarray(from, from + at);
      some.set(gatherRows(data, d, chunk));
      gemm({ m: chunk.length, n, k: d, a: some, b: all, transposeB: true, c: products });
      for (let i = 0; i < chunk.length; i++) {
        const row = chunk[i]!;
        let least = Number.NEGATIVE_INFINITY;
        // ‖x − y‖² = ‖x‖² − (2 x·y − ‖y‖²)
        for (let j = 0, p = i * n; j < n; j++, p++) {
          const score = 2 * products[p]! - norms[j]!;
          if (score < least || others[j] === row) continue;
          top.push(others[j]!, score);
          least = top.threshold;
        }
        const found = [...top.drain().items].map((other) => ({
          other,
          distance: squaredDistance(data, row * d, data, other * d, d),
        }));
        found.sort((x, y) => x.distance - y.distance || x.other - y.other);
        found.forEach(({ other, distance }, place) => {
          neighbours[row * k + place] = other;
          distances[row * k + place] = distance;
        });
      }
    }
  } finally {
    region.free();
  }
}

/** Squared distance of two rows; of one row and 0 when the second is null. */
function squaredDistance(a: Float32Array, atA: number, b: Float32Array | null, atB: number, d: number): number {
  let squared = 0;
  for (let j = 0; j < d; j++) squared += (a[atA + j]! - (b ? b[atB + j]! : 0)) ** 2;
  return squared;
}

function group(data: Float32Array, d: number, count: number, rng: Rng): Int32Array[] {
  const cells = Math.round(Math.sqrt(count));
  const { nearest, k } = kMeans(data, count, d, cells, {
    rng,
    maxIterations: 8,
    start: gatherRows(data, d, rng.sample(count, cells)),
  });
  const lists: number[][] = Array.from({ length: k }, () => []);
  for (let r = 0; r < count; r++) lists[nearest[r]!]!.push(r);
  return lists.filter((list) => list.length > 0).map((list) => Int32Array.from(list));
}

/** For each cell, the cells with the nearest means, itself first. */
function nearCells(data: Float32Array, d: number, cells: readonly Int32Array[]): number[][] {
  const means = new Float64Array(cells.length * d);
  cells.forEach((rows, c) => {
    for (const r of rows) for (let j = 0; j < d; j++) means[c * d + j]! += data[r * d + j]! / rows.length;
  });
  return cells.map((_, c) => {
    const top = new TopK(PROBES);
    for (let other = 0; other < cells.length; other++) {
      let squared = 0;
      for (let j = 0; j < d; j++) squared += (means[c * d + j]! - means[other * d + j]!) ** 2;
      top.push(other, other === c ? Number.MAX_VALUE : -squared);
    }
    return [...top.drain().items];
  });
}
