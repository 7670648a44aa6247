import type { NeighbourGraph } from './neighbour-graph.ts';
import type { Rng } from './rng.ts';

export interface LayoutOptions {
  /** Passes over the edges. Default: 200 for small graphs down to 60 for large ones. */
  readonly epochs?: number;
  /** Rows repelled for each attracting edge. Default 4. */
  readonly negatives?: number;
  /** Called after each pass with the fraction done; may throw to stop. */
  readonly onProgress?: (fraction: number) => void;
}

/** Width of the initial layout: wide enough that groups can pass each other. */
const SPAN = 10;
/** Longest move of one update. */
const LONGEST = 4;

/**
 * A layout in the plane that keeps neighbours together (LargeVis, Tang et al. 2016; UMAP, McInnes et al. 2018): along each edge of the graph both
 * ends attract by the gradient of log 1/(1 + d²), and a few random rows are repelled by that of log(1 − 1/(1 + d²)). An edge is used with probability
 * exp(−(d − d₁)/mean d), d₁ the distance of the nearest neighbour. The rate falls linearly to 0.
 * @param start n × 2 coordinates, e.g. principal components @returns n × 2
 */
export function neighbourLayout(
  graph: NeighbourGraph,
  start: Float32Array,
  rng: Rng,
  options: LayoutOptions = {},
): Float32Array {
  const { k, neighbours } = graph;
  const count = start.length / 2;
  const { epochs = count > 50_000 ? 60 : count > 10_000 ? 120 : 200, negatives = 4, onProgress } = options;
  const at = spread(start, rng);
  const follow = edgeProbabilities(graph);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 1 - epoch / epochs;
    for (let r = 0; r < count; r++) {
      for (let e = r * k; e < (r + 1) * k; e++) {
        const other = neighbours[e]!;
        if (other < 0) break;
        if (rng.uniform() >= follow[e]!) continue;
        pull(at, r, other, rate);
        for (let s = 0; s < negatives; s++) push(at, r, rng.below(count), rate);
      }
    }
    onProgress?.((epoch + 1) / epochs);
  }
  return at;
}

/** −∂ log 1/(1 + d²) = 2 (a − b) / (1 + d²) */
function pull(at: Float32Array, a: number, b: number, rate: number): void {
  const dx = at[a * 2]! - at[b * 2]!;
  const dy = at[a * 2 + 1]! - at[b * 2 + 1]!;
  const force = (2 * rate) / (1 + dx * dx + dy * dy);
  // Each end moves half of it, so that a pair cannot overshoot: at distance 0 the force is the whole distance.
  const mx = bounded(0.5 * force * dx);
  const my = bounded(0.5 * force * dy);
  at[a * 2]! -= mx;
  at[a * 2 + 1]! -= my;
  at[b * 2]! += mx;
  at[b * 2 + 1]! += my;
}

/** ∂ log(1 − 1/(1 + d²)) = 2 (a − b) / (d² (1 + d²)), with 0.1 added to d² so that it stays finite. */
function push(at: Float32Array, a: number, b: number, rate: number): void {
  if (a === b) return;
  const dx = at[a * 2]! - at[b * 2]!;
  const dy = at[a * 2 + 1]! - at[b * 2 + 1]!;
  const squared = dx * dx + dy * dy;
  const force = (2 * rate) / ((0.1 + squared) * (1 + squared));
  at[a * 2]! += bounded(force * dx);
  at[a * 2 + 1]! += bounded(force * dy);
}

const bounded = (move: number): number => (move > LONGEST ? LONGEST : move < -LONGEST ? -LONGEST : move);

/** The initial layout scaled to SPAN, with a little noise so that equal rows can separate. */
function spread(start: Float32Array, rng: Rng): Float32Array {
  let reach = 0;
  for (const value of start) reach = Math.max(reach, Math.abs(value));
  const scale = reach > 0 ? SPAN / reach : 0;
  return start.map((value) => value * scale + 0.01 * rng.normal());
}

function edgeProbabilities({ k, neighbours, distances }: NeighbourGraph): Float32Array {
  const out = new Float32Array(neighbours.length);
  for (let r = 0; r < neighbours.length / k; r++) {
    let sum = 0;
    let edges = 0;
    for (let e = r * k; e < (r + 1) * k && neighbours[e]! >= 0; e++) {
      sum += Math.sqrt(distances[e]!);
      edges++;
    }
    const nearest = edges > 0 ? Math.sqrt(distances[r * k]!) : 0;
    const mean = edges > 0 ? sum / edges - nearest : 0;
    for (let e = r * k; e < r * k + edges; e++)
      out[e] = mean > 0 ? Math.exp(-(Math.sqrt(distances[e]!) - nearest) / mean) : 1;
  }
  return out;
}
