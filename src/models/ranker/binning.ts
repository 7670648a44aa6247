import type { Region } from '../../math/kernels/memory.ts';
import { binTable } from '../../math/kernels/trees.ts';

/**
 * Features as small integers, so that a split is found by counting. Bin 0 holds missing values (NaN); bin b ≥ 1 holds
 * edges[b − 1] < x ≤ edges[b]; the last edge is +∞. A split "at bin b" sends x ≤ edges[b] and missing values to the left.
 */
export interface BinnedMatrix {
  readonly rows: number;
  readonly columns: number;
  /** rows × columns, row by row, in the kernels' memory */
  readonly bins: Uint8Array;
  /** Per column; edges[0] = −∞ for missing values. */
  readonly edges: readonly Float32Array[];
}

const SAMPLE_ROWS = 50_000;

/**
 * Bin edges from the quantiles of an evenly spaced sample of rows; columns with few distinct values get one bin each.
 * @param features rows × columns, row by row, NaN = missing
 * @param maxBins 3–256, including the bin for missing values
 */
export function binEdges(features: Float32Array, rows: number, columns: number, maxBins: number): Float32Array[] {
  const step = Math.max(1, Math.floor(rows / SAMPLE_ROWS));
  const column = new Float32Array(Math.ceil(rows / step));
  const edges: Float32Array[] = [];
  for (let c = 0; c < columns; c++) {
    let n = 0;
    for (let r = 0; r < rows; r += step) {
      const value = features[r * columns + c]!;
      if (!Number.isNaN(value)) column[n++] = value;
    }
    edges.push(columnEdges(column.subarray(0, n).sort(), maxBins));
  }
  return edges;
}

function columnEdges(sorted: Float32Array, maxBins: number): Float32Array {
  const distinct: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct.push(sorted[i]!);
    if (distinct.length > maxBins - 1) break;
  }
  const edges = [Number.NEGATIVE_INFINITY];
  if (distinct.length <= maxBins - 1) {
    for (let i = 0; i + 1 < distinct.length; i++) edges.push(middle(distinct[i]!, distinct[i + 1]!));
  } else {
    const cuts = maxBins - 2;
    for (let q = 1; q <= cuts; q++) {
      const edge = sorted[Math.floor((q * sorted.length) / (cuts + 1))]!;
      if (edge > edges.at(-1)! && edge < sorted.at(-1)!) edges.push(edge);
    }
  }
  edges.push(Number.POSITIVE_INFINITY);
  return Float32Array.from(edges);
}

/** A float32 m with a ≤ m < b, halfway when there is room. */
function middle(a: number, b: number): number {
  const m = Math.fround(a / 2 + b / 2);
  return m < b ? m : a;
}

/** @param region receives the bins @throws SegueError MODEL_UNUSABLE when the kernels' memory is full */
export function binRows(
  features: Float32Array,
  rows: number,
  edges: readonly Float32Array[],
  region: Region,
): BinnedMatrix {
  const columns = edges.length;
  const bins = region.uint8(rows * columns);
  // Bin b ≥ 1 is the first with edge ≥ x: 1 + the number of smaller edges among all but the first and the last, which are infinite.
  const inner = edges.map((list) => list.subarray(1, -1));
  binTable(features, inner, bins);
  return { rows, columns, bins, edges };
}
