import { type Csr, transpose } from '../../math/csr.ts';
import { Region } from '../../math/kernels/memory.ts';
import { invertPositiveDefinite, solveSystems } from '../../math/kernels/solve.ts';
import { TopK } from '../../math/topk.ts';
import type { EaseConfig, EaseScorer } from './config.ts';

/** The trained arrays of the form "tracks". */
export interface TracksPart {
  /** Track numbers of the exact part, ascending. */
  head: Int32Array;
  /** B with both scalings applied, head × head: row i = what seed i adds to every track of the head. */
  weights: Float32Array;
  /** Track numbers of the sparse part, ascending. */
  tail: Int32Array;
  /** For each tail track, its regression on the head: positions in `head` (−1 = none) and coefficients, `tailNeighbours` of each. */
  neighbours: Int32Array;
  coefficients: Float32Array;
}

interface Counted {
  counts: Int32Array;
  /** Position of a track in the head, or −1. */
  position: Int32Array;
  head: Int32Array;
}

function chooseHead(matrix: Csr, most: number): Counted {
  const counts = new Int32Array(matrix.columns);
  for (const t of matrix.idx) counts[t]!++;
  const held: number[] = [];
  for (let t = 0; t < counts.length; t++) if (counts[t]! > 0) held.push(t);
  held.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const head = Int32Array.from(held.slice(0, most)).sort();
  const position = new Int32Array(matrix.columns).fill(-1);
  for (let i = 0; i < head.length; i++) position[head[i]!] = i;
  return { counts, position, head };
}

/** G = XᵀX over the head, lower triangle, scaled as described in config.ts. */
function headGram(matrix: Csr, counted: Counted, settings: EaseConfig, out: Float32Array): void {
  const { head, position, counts } = counted;
  const n = head.length;
  const inside = new Int32Array(n);
  for (let u = 0; u < matrix.rows; u++) {
    let size = 0;
    for (let e = matrix.ptr[u]!; e < matrix.ptr[u + 1]!; e++) {
      const p = position[matrix.idx[e]!]!;
      if (p >= 0) inside[size++] = p;
    }
    const scale = (matrix.ptr[u + 1]! - matrix.ptr[u]!) ** (-2 * settings.ownerExponent);
    const rows = inside.subarray(0, size).sort();
    for (let i = 0; i < size; i++) {
      const row = rows[i]! * n;
      for (let j = 0; j <= i; j++) out[row + rows[j]!] = out[row + rows[j]!]! + scale;
    }
  }
  const scales = Float32Array.from(head, (t) => counts[t]! ** -settings.popularityExponent);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) out[i * n + j] = out[i * n + j]! * scales[i]! * scales[j]!;
}

/** @param between called with 0–1, may throw to stop */
export function trainTracks(matrix: Csr, settings: EaseConfig, between: (fraction: number) => void): TracksPart {
  const counted = chooseHead(matrix, settings.headTracks);
  const { head, counts } = counted;
  const n = head.length;
  const region = new Region();
  try {
    const g = region.float32(n * n);
    headGram(matrix, counted, settings, g);
    const tail = regressTail(matrix, counted, settings, g);
    for (let i = 0; i < n; i++) g[i * n + i] = g[i * n + i]! + settings.regularisation;
    invertPositiveDefinite(g, n, between);
    const weights = Float32Array.from(g);
    const scales = Float32Array.from(head, (t) => counts[t]! ** settings.popularityExponent);
    const diagonal = Float32Array.from({ length: n }, (_, j) => weights[j * n + j]!);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        // B_ij = −P_ij / P_jj, with the scales of the seed and the answer applied
        const at = i * n + j;
        weights[at] = i === j ? 0 : ((-weights[at]! / diagonal[j]!) * scales[j]!) / scales[i]!;
      }
    }
    return { head, weights, ...tail };
  } finally {
    region.free();
  }
}

/**
 * Regresses each track outside the head on the few head tracks with which it shares the most owners (relative to the √ of theirs): b = (G_NN + λI)⁻¹
 * G_Nj, the sparse regression of Steck (2019, "Markov Random Fields for Collaborative Filtering") with one neighbourhood per track.
 */
function regressTail(
  matrix: Csr,
  counted: Counted,
  settings: EaseConfig,
  g: Float32Array,
): Pick<TracksPart, 'tail' | 'neighbours' | 'coefficients'> {
  const { head, position, counts } = counted;
  const { tailNeighbours: width, popularityExponent, ownerExponent, regularisation } = settings;
  const n = head.length;
  const tail: number[] = [];
  if (width > 0) for (let t = 0; t < matrix.columns; t++) if (counts[t]! > 0 && position[t]! < 0) tail.push(t);
  const neighbours = new Int32Array(tail.length * width).fill(-1);
  const coefficients = new Float32Array(tail.length * width);
  const order = Math.ceil(width / 8) * 8;
  const shared = new Float64Array(n);
  const touched = new Int32Array(n);
  const inverted = transpose(matrix);
  const region = new Region();
  try {
    const system = region.float32(order * order);
    const solution = region.float32(order);
    tail.forEach((track, row) => {
      let met = 0;
      for (let e = inverted.ptr[track]!; e < inverted.ptr[track + 1]!; e++) {
        const u = inverted.idx[e]!;
        const scale = (matrix.ptr[u + 1]! - matrix.ptr[u]!) ** (-2 * ownerExponent);
        for (let f = matrix.ptr[u]!; f < matrix.ptr[u + 1]!; f++) {
          const p = position[matrix.idx[f]!]!;
          if (p < 0) continue;
          if (shared[p] === 0) touched[met++] = p;
          shared[p] = shared[p]! + scale;
        }
      }
      const top = new TopK(Math.min(width, met));
      for (let i = 0; i < met; i++)
        top.push(touched[i]!, shared[touched[i]!]! / Math.sqrt(counts[head[touched[i]!]!]!));
      const chosen = top.drain().items.sort();
      system.fill(0);
      solution.fill(0);
      const own = counts[track]! ** -popularityExponent;
      for (let i = 0; i < order; i++) {
        if (i >= chosen.length) {
          system[i * order + i] = 1;
          continue;
        }
        solution[i] = shared[chosen[i]!]! * own * counts[head[chosen[i]!]!]! ** -popularityExponent;
        for (let j = 0; j <= i; j++) {
          const value = g[chosen[i]! * n + chosen[j]!]! + (i === j ? regularisation : 0);
          system[i * order + j] = value;
          system[j * order + i] = value;
        }
      }
      solveSystems(system, solution, 1, order);
      for (let i = 0; i < chosen.length; i++) {
        neighbours[row * width + i] = chosen[i]!;
        coefficients[row * width + i] = solution[i]!;
      }
      for (let i = 0; i < met; i++) shared[touched[i]!] = 0;
    });
  } finally {
    region.free();
  }
  return { tail: Int32Array.from(tail), neighbours, coefficients };
}

/**
 * Scores from the head's B and the tail's regressions. As a seed, a tail track is replaced by its neighbours in the head, weighted by its
 * coefficients; as an answer, it is the regression on the seeds of the head.
 */
export class TracksForm implements EaseScorer {
  private readonly part: TracksPart;
  private readonly width: number;
  private readonly headOf: Int32Array;
  private readonly tailOf: Int32Array;
  private readonly tailScale: Float32Array;
  private readonly headScale: Float32Array;
  private readonly sums: Float64Array;
  private readonly given: Float64Array;

  constructor(matrix: Csr, part: TracksPart, settings: EaseConfig) {
    this.part = part;
    this.width = settings.tailNeighbours;
    const counts = new Int32Array(matrix.columns);
    for (const t of matrix.idx) counts[t]!++;
    const scale = (t: number): number => Math.max(1, counts[t]!) ** settings.popularityExponent;
    this.headScale = Float32Array.from(part.head, scale);
    this.tailScale = Float32Array.from(part.tail, scale);
    this.headOf = new Int32Array(matrix.columns).fill(-1);
    this.tailOf = new Int32Array(matrix.columns).fill(-1);
    for (let i = 0; i < part.head.length; i++) this.headOf[part.head[i]!] = i;
    for (let i = 0; i < part.tail.length; i++) this.tailOf[part.tail[i]!] = i;
    this.sums = new Float64Array(part.head.length);
    this.given = new Float64Array(part.head.length);
  }

  score(seeds: Int32Array, weights: Float32Array, out: Float32Array): void {
    const { part, width, sums, given, headScale, tailScale } = this;
    const { head, tail, neighbours, coefficients } = part;
    const n = head.length;
    given.fill(0);
    for (let i = 0; i < seeds.length; i++) this.give(seeds[i]!, weights[i]!);
    sums.fill(0);
    for (let i = 0; i < n; i++) {
      const weight = given[i]!;
      if (weight === 0) continue;
      const row = i * n;
      for (let j = 0; j < n; j++) sums[j] = sums[j]! + weight * part.weights[row + j]!;
    }
    out.fill(0);
    for (let i = 0; i < n; i++) out[head[i]!] = sums[i]!;
    for (let r = 0; r < tail.length; r++) {
      let sum = 0;
      for (let e = r * width; e < (r + 1) * width; e++) {
        const h = neighbours[e]!;
        if (h < 0) break;
        if (given[h] !== 0) sum += (given[h]! * coefficients[e]!) / headScale[h]!;
      }
      out[tail[r]!] = sum * tailScale[r]!;
    }
  }

  private give(seed: number, weight: number): void {
    const { given, width, part } = this;
    const h = this.headOf[seed]!;
    if (h >= 0) given[h] = given[h]! + weight;
    const r = this.tailOf[seed]!;
    if (r < 0) return;
    for (let e = r * width; e < (r + 1) * width; e++) {
      const neighbour = part.neighbours[e]!;
      if (neighbour < 0) break;
      given[neighbour] = given[neighbour]! + weight * part.coefficients[e]!;
    }
  }

  contributions(seeds: Int32Array, track: number): Float64Array {
    this.given.fill(0);
    return Float64Array.from(seeds, (seed) => this.contribution(seed, track));
  }

  /** The contribution of one seed; `given` is all zeros before and after. */
  private contribution(seed: number, track: number): number {
    const { given, part, width, headScale, tailScale } = this;
    const n = part.head.length;
    this.give(seed, 1);
    const h = this.headOf[track]!;
    const r = this.tailOf[track]!;
    let sum = 0;
    if (h < 0 && r >= 0) {
      for (let e = r * width; e < (r + 1) * width && part.neighbours[e]! >= 0; e++) {
        const i = part.neighbours[e]!;
        sum += (given[i]! * part.coefficients[e]! * tailScale[r]!) / headScale[i]!;
      }
    }
    // Only the positions that the seed filled are non-zero.
    const take = (i: number): void => {
      if (h >= 0) sum += given[i]! * part.weights[i * n + h]!;
      given[i] = 0;
    };
    if (this.headOf[seed]! >= 0) take(this.headOf[seed]!);
    const own = this.tailOf[seed]!;
    if (own >= 0)
      for (let e = own * width; e < (own + 1) * width && part.neighbours[e]! >= 0; e++) take(part.neighbours[e]!);
    return sum;
  }

  info(): Record<string, unknown> {
    return { form: 'tracks', exactTracks: this.part.head.length, sparseTracks: this.part.tail.length };
  }
}
