import type { Bounds } from './camera.ts';

/** The map's points by cell, to find the point under the pointer and the points inside a line. */
export interface Grid {
  readonly bounds: Bounds;
  readonly cells: number;
  /** Cell c holds order[start[c] … start[c + 1]). */
  readonly start: Uint32Array;
  readonly order: Uint32Array;
}

/** Builds a grid with about four points per cell by counting sort: a million points take some tens of milliseconds. */
export function buildGrid(xs: Float32Array, ys: Float32Array, bounds: Bounds): Grid {
  const cells = Math.max(1, Math.min(1_024, Math.ceil(Math.sqrt(xs.length / 4))));
  const cellOf = cellFinder(bounds, cells);
  const start = new Uint32Array(cells * cells + 1);
  for (let i = 0; i < xs.length; i++) {
    const c = cellOf(xs[i]!, ys[i]!);
    if (c >= 0) start[c + 1]!++;
  }
  for (let c = 0; c < cells * cells; c++) start[c + 1]! += start[c]!;
  const order = new Uint32Array(start[cells * cells]!);
  const next = start.slice();
  for (let i = 0; i < xs.length; i++) {
    const c = cellOf(xs[i]!, ys[i]!);
    if (c >= 0) order[next[c]!++] = i;
  }
  return { bounds, cells, start, order };
}

function cellFinder(bounds: Bounds, cells: number): (x: number, y: number) => number {
  const sx = cells / Math.max(bounds.maxX - bounds.minX, 1e-9);
  const sy = cells / Math.max(bounds.maxY - bounds.minY, 1e-9);
  return (x, y) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return -1;
    const cx = Math.min(cells - 1, Math.max(0, Math.floor((x - bounds.minX) * sx)));
    const cy = Math.min(cells - 1, Math.max(0, Math.floor((y - bounds.minY) * sy)));
    return cy * cells + cx;
  };
}

/** Calls back with every point whose cell intersects the rectangle. */
function visit(
  grid: Grid,
  minX: number,
  maxX: number,
  minY: number,
  maxY: number,
  each: (point: number) => void,
): void {
  const cellOf = cellFinder(grid.bounds, grid.cells);
  const low = cellOf(minX, minY);
  const high = cellOf(maxX, maxY);
  for (let cy = Math.floor(low / grid.cells); cy <= Math.floor(high / grid.cells); cy++)
    for (let cx = low % grid.cells; cx <= high % grid.cells; cx++) {
      const c = cy * grid.cells + cx;
      for (let at = grid.start[c]!; at < grid.start[c + 1]!; at++) each(grid.order[at]!);
    }
}

/** The nearest point within `radius` world units of a position, −1 when there is none. */
export function nearest(grid: Grid, xs: Float32Array, ys: Float32Array, x: number, y: number, radius: number): number {
  let best = -1;
  let least = radius * radius;
  visit(grid, x - radius, x + radius, y - radius, y + radius, (i) => {
    const d = (xs[i]! - x) ** 2 + (ys[i]! - y) ** 2;
    if (d > least || (d === least && best >= 0 && i > best)) return;
    least = d;
    best = i;
  });
  return best;
}

/** Whether a position is inside a closed line (even–odd rule). @param line x, y, x, y, … */
export function inside(line: readonly number[], x: number, y: number): boolean {
  let odd = false;
  for (let i = 0, j = line.length - 2; i < line.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [line[i]!, line[i + 1]!, line[j]!, line[j + 1]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

/** The points inside a closed line, ascending. @param line in world units */
export function select(grid: Grid, xs: Float32Array, ys: Float32Array, line: readonly number[]): number[] {
  if (line.length < 6) return [];
  let [minX, maxX, minY, maxY] = [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (let i = 0; i < line.length; i += 2) {
    minX = Math.min(minX, line[i]!);
    maxX = Math.max(maxX, line[i]!);
    minY = Math.min(minY, line[i + 1]!);
    maxY = Math.max(maxY, line[i + 1]!);
  }
  const found: number[] = [];
  visit(grid, minX, maxX, minY, maxY, (i) => {
    if (inside(line, xs[i]!, ys[i]!)) found.push(i);
  });
  return found.sort((a, b) => a - b);
}
