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
/** Cells that are searched for each row: its own and those whose centroids are nearest to its own cell's. */
const PROBES = 4;

/**
 * k nearest neighbours by Euclidean distance: exact for few rows, else through an inverted file (rows grouped by k-means into √n cells, and
 * each row compared with those of a few near cells), which finds most of them in O(n·√n·d).
 * @param onProgress called with the part done; may throw to stop
 */
export function neighbourGraph(
  data: Float32Array,
  d: number,
  k: number,
  rng: Rng,
  onProgress: (fraction: number) => void = () => {},
): NeighbourGraph {
  const count = data.length / d;
  const neighbours = new Int32Array(count * k).fill(-1);
  const distances = new Float32Array(count * k).fill(Number.POSITIVE_INFINITY);
  const cells = count <= EXACT ? [Int32Array.from({ length: count }, (_, r) => r)] : group(data, d, count, rng);
  const near = cells.length === 1 ? [[0]] : nearCells(data, d, cells);
  const top = new TopK(k);
  for (let c = 0; c < cells.length; c++) {
    for (const r of cells[c]!) {
      for (const cell of near[c]!) {
        for (const other of cells[cell]!) {
          if (other === r) continue;
          let squared = 0;
          for (let j = 0, a = r * d, b = other * d; j < d; j++, a++, b++) {
            const difference = data[a]! - data[b]!;
            squared += difference * difference;
          }
          if (-squared >= top.threshold) top.push(other, -squared);
        }
      }
      const { items, scores } = top.drain();
      neighbours.set(items, r * k);
      for (let i = 0; i < scores.length; i++) distances[r * k + i] = -scores[i]!;
    }
    onProgress((c + 1) / cells.length);
  }
  return { k, neighbours, distances };
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

/** For each cell the nearest cells by the means of their rows, itself first. */
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
